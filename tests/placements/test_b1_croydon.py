"""Scenario B1 on its preset, through the pages: what the journey in the browser leaves out, and what Croydon refuses.

The journey (tests/journeys/test_to_the_end.py) walks under the settings of a new installation, with one teacher and a
post that is entered when it has begun. Here are the rest of the scenario's words: that those settings are Croydon's,
the post from its opening to its range, the summer's letters, two teachers, six documents and a day at the AST's school.
"""

from datetime import UTC, date, datetime, time
from email.utils import getaddresses
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from astcoord.core import delivery, presets
from astcoord.core.models.policy import Policy
from astcoord.core.roles import Role
from placements.days.models import OutreachDay
from placements.letters import tasks
from placements.letters.models import LetterRound
from placements.matching.models import Match
from placements.papers.models import PaperFile
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.calendar.models import Term
from schools.register.models import School
from staff.descriptions.models import JobDescription
from staff.openings.models import Opening
from staff.pay.models import PayRange
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import SchoolFactory, person
from tests.placements import stories
from tests.placements.papers.paper_files import PDF
from tests.placements.requests.asking import PAGES, PERSON, begun, url
from tests.schools.pages import signed_in
from tests.staff.appointing.telling import BODY, HELD, MET, NAMED
from tests.staff.descriptions.writing import SENT
from tests.staff.openings.sending import At
from tests.staff.pay.paying import WHY
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
FIRST_DAY = date(2026, 10, 7)
RECOMMENDED = {**PERSON, "name": "Sorrel Ambleforth", "selection": "head", "willingness": ["develop", "continue"]}


@pytest.fixture(autouse=True)
def croydon(cast: Cast) -> None:
    """Marlshire goes about it as Croydon does."""
    call_command("load_preset", "croydon", "--from", "2026-10-06", verbosity=0)


def test_b1_the_settings_under_which_the_journeys_walk_are_croydons() -> None:
    """R-16.1: the browser's cast says nothing of its own about how the authority works."""
    fresh = Policy()
    croydon = presets.settings_of("croydon")
    assert {name: getattr(fresh, name) for name in croydon} == croydon


def test_b1_a_post_is_opened_passed_described_and_paid_from_10_to_14(cast: Cast) -> None:
    """R-1.4, R-2.2, R-2.5, R-2.7, R-2.10, R-2.11: each before it is held; without the pass nobody is in post."""
    head, office = At(cast.outsider), At(cast.coordinator)
    board = At(person("Edda Brockhurst", "edda@marlshire.example", Role.GOVERNOR, cast.elsewhere))
    head.send("opening_add", subject="mathematics", wanted="One AST for mathematics.", reasons=["attainment"])
    opening = Opening.objects.get()
    head.send("opening_candidate", opening, **NAMED)
    assert not Post.objects.filter(opening=opening).exists(), "the governors have not decided"
    office.send("opening_discuss", opening, discussed_on=date(2026, 9, 7), informed="on")
    head.send("opening_decide", opening, governors_decided_on=MET, governors_minute="7.2", responsible_for="Maths.")
    assert "is named." in head.send("opening_candidate", opening, **NAMED)
    post = Post.objects.get(opening=opening)

    assert "Nobody can be in post without a pass" in office.send("candidate_appoint", post, starts_on=FIRST_DAY)
    office.send("candidate_book", post, on=HELD, body=BODY)
    office.send("candidate_result", post, passed="yes", on=HELD, body=BODY)

    # The job description, agreed by both; the range, put by the head and approved by the governors.
    head.send("description_begin", post)
    description = JobDescription.objects.get(post=post)
    head.send("description_change", description, **SENT)
    head.send("description_put", description)
    At(post.user).send("description_agree", description, seen="1")
    proposed: dict[str, Any] = {"lowest": "10", "starts_on": FIRST_DAY, "talked_on": MET, **WHY}
    refused = head.send("pay_range_add", post, **proposed, highest="15")
    assert "A range is exactly 5 points one after another: from 10 to 14" in refused
    assert not PayRange.objects.exists()
    head.send("pay_range_add", post, **proposed, highest="14")
    board.send("pay_range_approve", PayRange.objects.get(), decided_on=date(2026, 10, 1), minute="8.1")
    head.send("pay_point_add", post, point="10", starts_on=FIRST_DAY)
    head.send("pay_allowances", post, held=["none"], on=FIRST_DAY)
    head.send("pay_contract", post, kind="permanent")
    office.send("funding", post, funding="standards_fund")

    assert "is recorded as in post" in office.send("candidate_appoint", post, starts_on=FIRST_DAY, first_post="on")
    post.refresh_from_db()
    description.refresh_from_db()
    assert (post.status, description.status) == (PostStatus.IN_POST, "in_force")
    pay = office.sees("pay", post)
    for words in ("Pay range 10 to 14", "Standards Fund, through the authority"):
        assert words in pay


def test_b1_the_summer_letter_goes_to_every_school_once_it_is_approved(
    cast: Cast, clock: time_machine.Traveller, mailoutbox: list[Any]
) -> None:
    """R-5.1, R-5.4: the clock prepares it, and not one goes before the co-ordinator’s yes."""
    SchoolFactory.create_batch(2)
    clock.move_to(datetime.combine(Term.objects.get(slug="summer-2027").starts_on, time(9), UTC))
    tasks.build_letters()
    built = LetterRound.objects.get()
    schools = set(School.objects.values_list("email", flat=True))

    def written_to() -> set[str]:
        delivery.deliver_all()
        return schools & {address for email in mailoutbox for _, address in getaddresses(email.to)}

    assert written_to() == set()
    signed_in(cast.coordinator).post(url("letters_approve", built.pk))
    assert len(schools) == 5
    assert written_to() == schools


def test_b1_a_primary_head_asks_for_two_and_all_three_agree(cast: Cast) -> None:
    """R-6.10, R-7.5: one came forward, one is recommended and willing in both points; four answers are refused."""
    cast.elsewhere.statuses.create(kind="category", name="special_measures", starts_on=date(2026, 9, 1))
    refused = signed_in(cast.outsider).post(url("request_new"))
    assert "special measures cannot have outreach" in refused.content.decode()
    assert not OutreachRequest.objects.exists()

    assert cast.host.phase == "primary"
    head = signed_in(cast.host_head)
    draft = begun(head)
    supply = head.post(url("request_step", draft.pk, "work"), {"work_types": ["supply"]})
    assert "An AST cannot cover for absence" in text(supply)
    planning = {"work": {"work_types": ["subject_leader", "willing_teachers"]}}
    for slug, answers in (PAGES | planning).items():
        assert head.post(url("request_step", draft.pk, slug), answers).status_code == 302, slug
    add = url("request_person_add", draft.pk)
    capable = head.post(add, {**PERSON, "situation": "capability"})
    assert "An AST cannot support somebody in a capability procedure." in text(capable)
    for point in ("develop", "continue"):
        assert "There is a problem" in text(head.post(add, {**RECOMMENDED, "willingness": [point]})), point
    assert not draft.staff.exists()
    for one in (PERSON, RECOMMENDED):
        assert head.post(add, one).status_code == 302
    head.post(url("request_check", draft.pk))
    draft.refresh_from_db()
    assert (draft.status, draft.confirmed_by) == ("submitted", cast.host_head)

    office = signed_in(cast.coordinator)
    office.post(url("request_take_up", draft.pk))
    office.post(url("match_propose", draft.pk, cast.post.pk), {"days": "6"})
    match = Match.objects.get()
    signed_in(cast.ast).post(url("match_ast", match.pk), {"reply": "yes"})
    assert not Placement.objects.exists(), "the AST's own head has not answered"
    signed_in(cast.home_head).post(url("match_home", match.pk), {"reply": "yes"})
    supported = Placement.objects.get().supported.values_list("name", "selection")
    assert set(supported) == {("Juno Pettifer", "self"), ("Sorrel Ambleforth", "head")}


def test_b1_six_documents_are_shown_to_the_ast(cast: Cast) -> None:
    """R-9.1, R-9.4: asked for under P10; planning that names a teacher only with that teacher's yes."""
    placement = stories.active(cast)
    head, page = signed_in(cast.host_head), url("papers", placement.pk)
    for kind in stories.Kind.values:
        file = SimpleUploadedFile(f"{kind}.pdf", PDF + kind.encode())
        assert head.post(url("paper_add", placement.pk, kind), {"file": file}).status_code == 302, kind
    held = PaperFile.objects.get(paper__kind="teacher_records")
    ast = signed_in(cast.ast)
    assert ast.get(url("paper_download", held.pk)).status_code == 404
    assert "5 of 6" in text(head.get(page))
    head.post(url("paper_consent", held.pk))
    assert "6 of 6" in text(head.get(page))
    assert {ast.get(url("paper_download", file.pk)).status_code for file in PaperFile.objects.all()} == {200}
    assert PaperFile.objects.count() == 6


def test_b1_a_day_a_week_and_one_of_them_at_the_asts_school(cast: Cast) -> None:
    """R-4.3, R-10.2: a second day in the week is refused there, too."""
    placement = stories.active(cast)
    ast, plan = signed_in(cast.ast), url("day_plan", placement.pk)
    host, home = {"days": "1", "venue": "host"}, {"days": "1", "venue": "home"}
    assert ast.post(plan, {**host, "on": "2026-11-03"}).status_code == 302
    assert "That week already holds 1 day of outreach" in text(ast.post(plan, {**home, "on": "2026-11-05"}))
    assert ast.post(plan, {**home, "on": "2026-11-10"}).status_code == 302
    assert list(OutreachDay.objects.order_by("on").values_list("on", "venue")) == [
        (date(2026, 11, 3), "host"),
        (date(2026, 11, 10), "home"),
    ]
