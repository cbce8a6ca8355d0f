"""Scenario B8, the guide for heads and governors, through the pages: what a post is, and what it brings home."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from astcoord.core import presets
from astcoord.core.models.messages import Message
from astcoord.core.roles import Role
from evaluation.ideas.actions import IDEAS
from staff.openings.models import Opening
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.teams.models import Team
from tests.cast import Cast
from tests.evaluation import stories
from tests.factories import PostFactory, person
from tests.placements.active import active
from tests.staff.appointing.telling import MET, NAMED, appointed, named, opened, passing
from tests.staff.openings.sending import At
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
JUDGES = re.compile(r"grade|rating|score|judge|competen|capab|unsatisf|inadequa", re.IGNORECASE)


@pytest.fixture(autouse=True)
def guide(cast: Cast) -> None:
    """Marlshire goes about it as the department's guide says."""
    for name, value in presets.settings_of("dfes").items():
        setattr(cast.policy, name, value)
    cast.policy.save()


def test_b8_an_enquiry_leads_to_a_colleague_and_a_part_time_peripatetic_candidate_is_accepted(cast: Cast) -> None:
    """R-1.7, R-2.3: only heads who agreed to talk are proposed; 0.6 of a peripatetic teacher is enough."""
    head, office = At(cast.outsider), At(cast.coordinator)
    head.send("opening_add", subject="music", wanted="A peripatetic teacher of strings.", reasons=["retain"])
    opening = Opening.objects.get()
    assert "No other headteacher has agreed to talk" in office.sees("opening_introduce", opening)
    assert "Thank you." in At(cast.home_head).send("talk_offer")
    form = office.sees("opening_introduce", opening)
    assert "Tamsin Ashgrove" in form
    assert "Rowan Oakhanger" not in form, "who has not agreed is not proposed"
    refused = office.send("opening_introduce", opening, colleague=cast.host_head.roles.get().pk)
    assert "There is a problem" in refused
    office.send("opening_introduce", opening, colleague=cast.home_head.roles.get().pk)
    told = Message.objects.filter(kind="heads-introduced").values_list("to_email", flat=True)
    assert set(told) == {cast.outsider.email, cast.home_head.email}

    office.send("opening_discuss", opening, discussed_on=date(2026, 9, 7), informed="on")
    head.send("opening_decide", opening, governors_decided_on=MET, governors_minute="7.2", responsible_for="Strings.")
    page = head.send("opening_candidate", opening, **{**NAMED, "subjects": ["music"], "fte": "0.6"})
    assert "Linnet Harrowgate is named." in page
    assert Post.objects.get(opening=opening).fte == Decimal("0.60")


def test_b8_a_school_with_four_asts_has_a_fifth_and_they_are_a_team(cast: Cast) -> None:
    """R-1.5, R-3.18, R-14.3: no limit to a school; the share of its teachers is advice: 4 of 100 is 4%, within."""
    cast.elsewhere.teacher_count = 100
    cast.elsewhere.save()
    four = [PostFactory(home=cast.elsewhere) for _ in range(4)]
    office, head = At(cast.coordinator), At(cast.outsider)
    assert "4%, within" in office.sees("share_of_teachers")
    fifth = appointed(passing(cast, named(cast, opened(cast))), cast.coordinator)
    assert fifth.status == PostStatus.IN_POST
    assert Post.objects.filter(home=cast.elsewhere, status=PostStatus.IN_POST).count() == 5
    members = [post.pk for post in four]
    head.send("team_add", name="All five", aim="One way to teach ratio", lead=four[0].pk, members=members)
    team = Team.objects.get()
    assert (team.lead, team.members.count()) == (four[0], 4)


def test_b8_cover_is_recorded_and_home_governors_read_what_came_back(cast: Cast, clock: time_machine.Traveller) -> None:
    """R-4.12, R-13.3: how classes are covered is the home head’s to say; the page and the paper have what came back."""
    clock.move_to(stories.NOVEMBER)
    placement = active(cast, objectives=3)
    head = At(cast.home_head)
    cover = reverse("placements:cover", args=[placement.pk])
    assert "Select how the AST’s classes are covered" in text(head.client.post(cover, {}))
    assert head.client.post(cover, {"cover": ["extra_day"], "note": "A retired colleague."}).status_code == 302
    placement.refresh_from_db()
    assert (list(placement.cover), placement.cover_note) == (["extra_day"], "A retired colleague.")
    idea = "Pupils plan their own investigations: we try it in Year 8"
    stories.write_up(cast, placement)
    IDEAS.save(by=cast.ast, placement=placement, text=idea)
    governor = At(person("Bettina Longacre", "bettina@marlshire.example", Role.GOVERNOR, cast.home))
    for page in ("own_asts", "own_asts_pdf"):
        shown = governor.client.get(reverse(f"evaluation:{page}"))
        assert shown.status_code == 200, page
        assert idea in shown.content.decode(), page


def labels(response: Any) -> list[str]:
    """The questions that a page asks, and the names of its fields."""
    body = response.content.decode().split("<main", 1)[1]
    asked = re.findall(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", body, re.DOTALL)
    return [*(re.sub(r"<[^>]+>", " ", each) for each in asked), *re.findall(r'name="([^"]+)"', body)]


def test_b8_nothing_that_an_ast_writes_judges_anybodys_performance(cast: Cast, clock: time_machine.Traveller) -> None:
    """No form of the AST asks for a grade or a judgement of a teacher: diary, review, evidence, idea, material."""
    clock.move_to(stories.NOVEMBER)
    placement = active(cast, objectives=3)
    review = stories.opened(placement)
    ast = At(cast.ast)
    pages = {
        "write_up": placement.pk,
        "review_write": review.pk,
        "idea_add": None,
        "material_add": None,
        "evidence_add": placement.pk,
    }
    for page, key in pages.items():
        shown = ast.client.get(reverse(f"evaluation:{page}", args=[key] if key else []))
        assert shown.status_code == 200, page
        asked = labels(shown)
        assert len(asked) > 2, page
        assert [words for words in asked if JUDGES.search(words)] == [], page
