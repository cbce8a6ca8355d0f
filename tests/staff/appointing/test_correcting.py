"""What was entered of an appointment is put right by the co-ordinator, with what hangs on it first (R-2.1)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from astcoord.core.wording import days_words
from placements.activities.models import InreachAgreement
from placements.days import ledger
from placements.days.models import LedgerEntry, OutreachDay
from placements.requests.models import OutreachRequest
from placements.variations.models import TimeVariation
from staff.accounts.models import User
from staff.appointing.actions import correcting
from staff.appointing.actions.correcting import Facts
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.secondments.models import Secondment
from tests.cast import Cast
from tests.factories import RequestFactory
from tests.placements.matching.matching_stories import propose
from tests.staff.appointing.telling import BODY, HELD, appointed, named, opened, passing
from tests.staff.openings.sending import At, sent
from tests.staff.posts.changing import Asked, text
from tests.staff.secondments.telling import begun, norfolk, round_of

pytestmark = pytest.mark.django_db


def answers(post: Post, **changes: Any) -> dict[str, Any]:
    """The page as it is drawn, with some answers changed."""
    facts = Facts.of(post)
    shown = {name: getattr(facts, name) for name in Facts.__dataclass_fields__}
    said = {**shown, "reason": "Read from the letter", **changes}
    said["first_post"] = "on" if said["first_post"] else ""
    return sent({name: "" if value is None else value for name, value in said.items()})


def at(cast: Cast) -> Asked:
    return Asked("post_correct", cast.post, cast.coordinator)


def test_r_2_1_every_fact_is_corrected_and_the_trail_keeps_both(cast: Cast) -> None:
    at(cast).do(
        **answers(
            cast.post,
            fte="0.6",
            starts_on=date(2025, 10, 1),
            passed_on=date(2025, 3, 13),
            assessor="Another agency",
            first_post=True,
            management_duties="Head of mathematics",
            governors_decided_on=date(2025, 1, 16),
            governors_minute="2025/4",
            responsible_for="Mathematics.",
        )
    )
    post = Post.objects.get(pk=cast.post.pk)
    assert (post.fte, post.starts_on, post.passed_on) == (Decimal("0.60"), date(2025, 10, 1), date(2025, 3, 13))
    assert (post.assessor, post.first_post, post.management_duties) == ("Another agency", True, "Head of mathematics")
    assert post.opening.decision == "16 January 2025, minute 2025/4: Mathematics."
    assert post.opening.status == "filled"
    event = AuditEvent.objects.about(post).get(verb="Appointment corrected")
    assert event.reason == "Read from the letter"
    assert (event.before["in post from"], event.after["in post from"]) == ("2025-09-01", "2025-10-01")
    assert ledger.balance(post, cast.year).budget == Decimal("22.75")


def test_r_4_1_what_hangs_on_it_is_shown_first(cast: Cast) -> None:
    said = answers(cast.post, fte="0.5")
    response = at(cast).ask(**said)
    page = text(response)
    assert "Nothing is recorded yet." in page
    assert "38 days become 19 days." in page
    assert Post.objects.get(pk=cast.post.pk).fte == 1
    assert at(cast).confirm(response, **said).status_code == 302
    assert ledger.balance(cast.post, cast.year).budget == 19


def test_r_17_7_days_outside_the_new_span_are_named_and_it_is_refused(cast: Cast) -> None:
    placement = cast.placement()
    OutreachDay.objects.create(placement=placement, on=date(2026, 9, 29), days=1, status="done")
    page = text(at(cast).ask(**answers(cast.post, starts_on=date(2026, 10, 1))))
    assert f"an outreach day at {cast.host.name} on 29 September 2026" in page
    assert Post.objects.get(pk=cast.post.pk).starts_on == date(2025, 9, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Enter"),
        ({"fte": "2"}, "from 0.1 to 1"),
        ({"passed_on": date(2025, 9, 2)}, "on or after the date of the pass"),
        ({"passed_on": date(2026, 12, 1)}, "today or in the past"),
        ({"governors_minute": "7"}, "enter its date"),
        ({"assessor": ""}, "Enter"),
    ],
)
def test_r_2_1_wrong_answers_are_said_at_their_field(cast: Cast, changes: dict[str, Any], words: str) -> None:
    page = text(at(cast).ask(**answers(cast.post, **changes)))
    assert "There is a problem" in page
    assert words in page


def test_the_first_day_does_not_lie_after_the_last(cast: Cast) -> None:
    Post.objects.update(ends_on=date(2026, 12, 18))
    page = text(at(cast).ask(**answers(cast.post, starts_on=date(2027, 1, 4), passed_on=date(2025, 3, 12))))
    assert "on or before the last one" in page


def test_the_role_begins_with_the_post(cast: Cast) -> None:
    cast.ast.roles.update(starts_on=cast.post.starts_on)
    facts = Facts(**{**vars(Facts.of(cast.post)), "starts_on": date(2025, 11, 3)})
    correcting.facts(post=cast.post, facts=facts, reason="x", by=cast.coordinator)
    assert cast.ast.roles.get().starts_on == date(2025, 11, 3)
    correcting.facts(post=cast.post, facts=facts, reason="x", by=cast.coordinator)
    assert AuditEvent.objects.filter(verb="Appointment corrected").count() == 1


def test_nobody_but_the_co_ordinator_corrects(cast: Cast) -> None:
    for by in (cast.administrator, cast.home_head, cast.ast):
        with pytest.raises(PermissionDenied):
            correcting.facts(post=cast.post, facts=Facts.of(cast.post), reason="x", by=by)


def test_an_administrator_reads_no_correction_in_the_history(cast: Cast) -> None:
    facts = Facts(**{**vars(Facts.of(cast.post)), "assessor": "Another agency"})
    correcting.facts(post=cast.post, facts=facts, reason="The letter says so", by=cast.coordinator)
    mine, theirs = (Asked("post", cast.post, by).get() for by in (cast.coordinator, cast.administrator))
    assert "The letter says so" in mine
    assert "The letter says so" not in theirs


@pytest.fixture
def passed(cast: Cast) -> Post:
    return passing(cast, named(cast, opened(cast)))


def test_r_2_1_a_first_day_recorded_by_mistake_is_taken_back_with_a_reason(cast: Cast, passed: Post) -> None:
    """In post is corrected to “passed”: role, days and the filled post go back with it; then it is recorded anew."""
    post = appointed(passed, cast.coordinator)
    office = At(cast.coordinator)
    page = office.sees("candidate_stage", post)
    assert "takes the first day in post back" in page
    assert "Date of the pass" not in page
    budget = ledger.balance(post, cast.year).budget
    assert f"Budget of 2026/27: {days_words(budget)} become 0 days." in page
    assert "Enter" in office.send("candidate_stage", post, stage="passed", reason=" ")
    assert "The stage is now: Passed" in office.send("candidate_stage", post, stage="passed", reason="Of January.")
    post.refresh_from_db()
    assert (post.status, post.starts_on, post.passed_on, post.assessor) == (PostStatus.PASSED, None, HELD, BODY)
    assert post.opening.status == "selected"
    assert [each.result for each in post.assessments.all()] == ["pass"]
    assert not User.objects.get(pk=post.user_id).has_role(Role.AST)
    assert ledger.balance(post, cast.year).budget == 0
    assert Transition.objects.about(post).last().reason == "Of January."
    again = appointed(post, cast.coordinator, starts_on=HELD)
    assert again.opening.status == "filled"
    assert User.objects.get(pk=post.user_id).has_role(Role.AST)
    assert ledger.balance(again, cast.year).budget == ledger.budget_of(cast.year, again.spell)


def test_r_2_1_a_first_day_on_which_something_hangs_is_not_taken_back(cast: Cast) -> None:
    stage = {"stage": "passed", "reason": "Entered for somebody else."}
    placement = cast.placement()
    page = At(cast.coordinator).send("candidate_stage", cast.post, **stage)
    assert "There is a problem" in page
    assert f"This AST has placements ({placement.reference}, {cast.host.name}). Record instead" in page
    Post.objects.filter(pk=cast.post.pk).update(ends_on=date(2027, 7, 21))
    assert "Take the leaving back first." in At(cast.coordinator).send("candidate_stage", cast.post, **stage)
    cast.post.refresh_from_db()
    assert cast.post.status == PostStatus.IN_POST
    for by in (cast.administrator, cast.home_head, cast.ast):
        with pytest.raises(PermissionDenied):
            correcting.stage(post=cast.post, by=by, **stage)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("hours", "a change of hours is recorded"),
        ("absence", "a time away is recorded"),
        ("time", "Time of this AST is recorded"),
        ("inreach", "Inreach of this AST is agreed or asked for"),
        ("share", "Another share of time of this AST is agreed or asked for"),
        ("secondment", "came into post by a secondment"),
    ],
)
def test_r_2_1_what_else_is_recorded_keeps_the_first_day(cast: Cast, what: str, words: str) -> None:
    if what == "hours":
        cast.post.hours.create(starts_on=date(2026, 10, 1), fte="0.5")
    elif what == "absence":
        cast.post.absences.create(kind="family", starts_on=date(2026, 10, 1))
    elif what == "time":
        entry = {"kind": "activity", "days": 1, "on": date(2026, 10, 1), "source": "activity 1"}
        LedgerEntry.objects.create(post=cast.post, year=cast.year, **entry)
    elif what in ("inreach", "share"):
        span = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 12, 18)}
        about: dict[str, Any] = {"post": cast.post, "asked_by": cast.ast, **span}
        if what == "inreach":
            InreachAgreement.objects.create(aims="Planning", time_source="other", **about)
        else:
            TimeVariation.objects.create(share="0.1", reason="Illness at home", **about)
    else:
        norfolk(cast)
        found = begun(cast, round_of(cast))
        Secondment.objects.filter(proposal=found).update(post=cast.post)
    page = At(cast.coordinator).send("candidate_stage", cast.post, stage="passed", reason="Entered twice.")
    assert words in page
    assert Post.objects.get(pk=cast.post.pk).status == PostStatus.IN_POST


def test_r_2_1_a_match_that_waits_is_withdrawn_first(cast: Cast) -> None:
    asked: OutreachRequest = RequestFactory(host=cast.host, created_by=cast.host_head, status="under_review")
    propose(cast, asked)
    page = At(cast.coordinator).send("candidate_stage", cast.post, stage="passed", reason="Entered twice.")
    assert "A match waits for answers" in page


def test_r_2_1_of_two_who_take_it_back_at_once_the_second_is_told(cast: Cast, passed: Post) -> None:
    post = appointed(passed, cast.coordinator)
    correcting.stage(post=post, stage="passed", reason="x", by=cast.coordinator)
    with pytest.raises(Refused, match="now “Passed”"):
        correcting.stage(post=post, stage="passed", reason="x", by=cast.coordinator)
