"""What was entered of an appointment is put right by the co-ordinator, with what hangs on it first (R-2.1)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from astcoord.core.models.history import AuditEvent
from placements.days import ledger
from placements.days.models import OutreachDay
from staff.appointing.actions import correcting
from staff.appointing.actions.correcting import Facts
from staff.posts.models import Post
from tests.cast import Cast
from tests.staff.openings.sending import sent
from tests.staff.posts.changing import Asked, text

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
