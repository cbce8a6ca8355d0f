"""Scenario B3 through the pages: East Sussex, from the list of aspirants to the 36th post and a deputy headship."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from placements.agreement.models import Signature
from staff.aspirants.models import Aspirant
from staff.cpd.models import CpdEntry, CpdOffer
from staff.cpd.tasks import remind_of_cpd_visits
from staff.expertise.vocabulary import InductionStep
from staff.openings.models import Opening
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory
from tests.placements import stories
from tests.placements.requests.asking import PAGES, PERSON
from tests.placements.requests.test_requests_office import entered
from tests.schools.pages import boxes
from tests.staff.appointing.telling import BODY, HELD, MET, NAMED
from tests.staff.descriptions.writing import agreed_for
from tests.staff.openings.sending import At
from tests.staff.pay.paying import whole
from tests.staff.posts.changing import Asked, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
FIRST_DAY = date(2026, 10, 7)


def candidate(cast: Cast, **said: Any) -> Post:
    """The school asks, the governors decide, and the head names the candidate."""
    head, office = At(cast.outsider), At(cast.coordinator)
    head.send("opening_add", subject="mathematics", wanted="One AST for mathematics.", reasons=["attainment"])
    opening = Opening.objects.latest("pk")
    office.send("opening_discuss", opening, discussed_on=date(2026, 9, 7), informed="on")
    head.send("opening_decide", opening, governors_decided_on=MET, governors_minute="7.2", responsible_for="Maths.")
    assert "is named." in head.send("opening_candidate", opening, **{**NAMED, **said})
    return Post.objects.get(opening=opening)


def passed(cast: Cast, post: Post) -> Post:
    """Booked and passed, with what a post needs before it is held."""
    office = At(cast.coordinator)
    assert "Nobody can be in post without a pass" in office.send("candidate_appoint", post, starts_on=FIRST_DAY)
    assert "Log the meeting before the assessment is booked." in office.send("candidate_book", post, on=HELD, body=BODY)
    meeting = {"led_by": cast.coordinator.pk, "head": "Ivo Saltmarsh", "line_manager": "Ada Winterbourne"}
    topics = ["expectations", "context"]
    office.send("induction_meeting_add", post, on=date(2026, 9, 21), shared=topics, **meeting)
    assert "The assessment is booked." in office.send("candidate_book", post, on=HELD, body=BODY)
    office.send("candidate_result", post, passed="yes", on=HELD, body=BODY)
    agreed_for(post, cast.outsider)
    whole(cast, post)
    post.refresh_from_db()
    assert post.status == PostStatus.PASSED
    return post


def test_b3_from_the_list_of_aspirants_to_the_36th_post(cast: Cast) -> None:
    """R-2.22, R-2.1, R-14.4: the 35th post fills the capacity, and the 36th needs the co-ordinator’s reason."""
    call_command("load_preset", "east_sussex", "--from", "2026-10-06")
    PostFactory.create_batch(33, home=cast.home)
    head, office = At(cast.outsider), At(cast.coordinator)

    # An aspirant is listed, and found when a school has a post in the subject.
    said = {"name": NAMED["name"], "subject": "mathematics", "readiness": "now", "school": cast.elsewhere.pk}
    head.send("aspirant_add", **said, **boxes("since", MET))
    aspirant = Aspirant.objects.get()
    office.send("aspirant_confirm", aspirant)
    assert "Linnet Harrowgate" in office.sees("aspirants", query="?subject=mathematics&state=listed")
    assert "Linnet Harrowgate" not in office.sees("aspirants", query="?subject=music")

    # The candidate is off the list, and on the way to the post; the 35th has a place.
    post = candidate(cast)
    office.send("aspirant_off", aspirant, because="candidate", post=post.pk)
    aspirant.refresh_from_db()
    assert (aspirant.post, aspirant.off_because) == (post, "candidate")
    post = passed(cast, post)
    assert "capacity" not in office.sees("candidate_appoint", post)
    assert "is recorded as in post" in office.send("candidate_appoint", post, starts_on=FIRST_DAY, first_post="on")

    # The maths consultant, who sees only that group, goes through the four parts; the administrator does not.
    english = PostFactory(home=cast.home, subjects=("english",), inducted=False, status=PostStatus.LEFT)
    group = At(cast.consultant)
    assert "Linnet Harrowgate" in group.sees("inductions", query="?check=steps")
    assert english.name not in group.sees("inductions")
    assert group.status("induction", english) == 404
    assert At(cast.administrator).status("induction_tick", post) == 403
    for step in InductionStep.values:
        assert not Post.objects.get(pk=post.pk).inducted
        assert "The induction is recorded." in group.send("induction_tick", post, done=[step], on=date(2026, 10, 6))
    assert Post.objects.get(pk=post.pk).inducted
    assert "recorded by Orla Thistlethwaite" in At(cast.administrator).sees("induction", post)

    # The 36th is refused without a reason, and accepted with one, which is kept.
    second = passed(cast, candidate(cast, name="Ottoline Marsh", email="ottoline@marlshire.example"))
    refused = office.send("candidate_appoint", second, starts_on=FIRST_DAY, capacity_reason=" ")
    assert "The authority has places for 35 ASTs, and this would be number 36. Enter why it is passed" in refused
    second.refresh_from_db()
    assert second.status == PostStatus.PASSED
    why = "Two schools share the salary."
    assert "is recorded as in post" in office.send(
        "candidate_appoint", second, starts_on=FIRST_DAY, capacity_reason=why
    )
    event = AuditEvent.objects.get(verb="Capacity passed")
    assert (event.about, event.by, event.reason) == (second, cast.coordinator, why)
    assert event.after == {"capacity": 35, "ASTs in post": 36}

    # The administrator enters what came on paper, and at last where the AST goes.
    ad = At(cast.administrator)
    offer = {"subjects": ["mathematics"], "key_stages": ["ks2"], "work_types": ["materials"], "pupil_groups": ["all"]}
    assert "There is a problem" not in ad.send("profile", post, **offer, years_teaching="9", level_mathematics="3")
    assert Post.objects.get(pk=post.pk).years_teaching == 9
    leaving = {**boxes("last_day", date(2026, 12, 18)), "destination": "deputy", "reason": "Deputy at Oxlip School"}
    Asked("post_leave", post, cast.administrator).do(**leaving)
    post.refresh_from_db()
    assert (post.ends_on, post.left_to) == (date(2026, 12, 18), "deputy")


def test_b3_an_administrator_enters_and_approves_nothing(cast: Cast) -> None:
    """R-3.3: profiles are entered and inductions read; what others decide, tick or sign is not the administrator’s.

    Given the administrator, when opening the signing of a contract, then forbidden.
    """
    call_command("load_preset", "east_sussex", "--from", "2026-10-06")
    post, at = candidate(cast), At(cast.administrator)
    profile = {"subjects": ["mathematics"], "key_stages": ["ks2"], "work_types": ["materials"]}
    changed = at.send("profile", cast.post, **profile, pupil_groups=["all"], years_teaching="9", level_mathematics="3")
    assert "There is a problem" not in changed
    assert Post.objects.get(pk=cast.post.pk).years_teaching == 9
    assert at.status("induction", cast.post) == 200
    assert at.status("induction_tick", cast.post) == 403
    for page in ("opening_decide", "opening_discuss", "opening_candidate"):
        assert at.status(page, post.opening) == 403, page
    for page in ("candidate_book", "candidate_result", "candidate_appoint", "candidate_stage", "candidate_close"):
        assert at.status(page, post) == 403, page
    placement = stories.issued(cast)
    contract = reverse("placements:contract", args=[placement.pk])
    before = Signature.objects.count()
    assert "I agree to it" not in text(at.client.get(contract))
    assert "I agree to it" in text(At(cast.coordinator).client.get(contract))
    for party in ("coordinator", "host_head", "ast", "home_head"):
        assert at.client.post(contract, {"version": "1", "party": party, "declared": "on"}).status_code == 403, party
    assert Signature.objects.count() == before
    assert at.client.post(reverse("placements:contract_issue", args=[placement.pk])).status_code == 403


def test_b3_an_administrator_enters_a_form_that_came_on_paper_and_the_head_confirms_it(cast: Cast) -> None:
    """R-3.3, R-5.7: what is entered waits for the head; the administrator neither confirms it nor takes it up."""
    call_command("load_preset", "east_sussex", "--from", "2026-10-06")
    at = At(cast.administrator).client
    form = entered(at, cast)
    check, take_up = (reverse(f"placements:request_{page}", args=[form.pk]) for page in ("check", "take_up"))
    for _ in range(2):
        at.post(check)
        form.refresh_from_db()
        assert (form.status, form.confirmed_by) == ("awaiting_confirmation", None)
    assert at.post(take_up).status_code == 403
    head = At(cast.host_head).client
    head.post(reverse("placements:request_person_add", args=[form.pk]), PERSON)
    head.post(reverse("placements:request_step", args=[form.pk, "exclusions"]), PAGES["exclusions"])
    head.post(check)
    form.refresh_from_db()
    assert (form.status, form.confirmed_by) == ("submitted", cast.host_head)


def test_b3_a_leadership_offer_is_taken_up_and_stands_on_the_cpd_log(cast: Cast) -> None:
    """R-3.9, R-3.12: the mathematics consultant offers it to the own group; an AST of another subject reads none."""
    call_command("load_preset", "east_sussex", "--from", "2026-10-06")
    other = PostFactory(subjects=("music",))
    consultant, ast = At(cast.consultant), At(cast.ast)
    offer = {"kind": "leadership", "title": "Leading a department", "about": "Two days.", "subject": "mathematics"}
    dates = boxes("on", date(2026, 11, 9)) | boxes("closes_on", date(2026, 10, 30))
    consultant.send("cpd_offer_add", **offer, **dates, days="1", places="2")
    made = CpdOffer.objects.get()
    assert "Leading a department" not in At(other.user).sees("cpd_offers")
    ast.send("cpd_offer_accept", made)
    assert "Leading a department" in ast.sees("cpd_log")
    assert cast.ast.name in consultant.sees("cpd_offer", made)
    visited = {"kind": "visit", "what": "A day at a theatre", "keeps_up": "Drama in algebra", "days": "1"}
    ast.send("cpd_entry_add", **visited, **boxes("on", date(2026, 9, 15)))
    assert remind_of_cpd_visits() == 1
    visit = CpdEntry.objects.get(kind="visit")
    ast.send("cpd_entry_evaluate", visit, evaluation="Two ideas for the lower years.")
    assert "Two ideas for the lower years." in consultant.sees("cpd_entry", visit)


def test_b3_the_destination_deputy_head_is_recorded_and_counted(cast: Cast) -> None:
    """R-3.16: the administrator records it, and the report of leavers counts it."""
    call_command("load_preset", "east_sussex", "--from", "2026-10-06")
    leaving = {**boxes("last_day", date(2026, 10, 5)), "destination": "deputy", "reason": "Deputy at Oxlip School"}
    Asked("post_leave", cast.post, cast.administrator).do(**leaving)
    cast.post.refresh_from_db()
    assert (cast.post.status, cast.post.left_to) == (PostStatus.LEFT, "deputy")
    lines = b"".join(At(cast.coordinator).client.get(At.url("leavers"), {"export": "csv"})).decode("utf-8-sig")
    header, secondary, *_ = (line.split(",") for line in lines.splitlines())
    assert dict(zip(header, secondary, strict=True))["Deputy headteacher"] == "1"
