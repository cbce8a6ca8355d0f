"""Acceptance examples that run through several rooms (R-8.14, R-11.1, R-13.1, N17)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astcoord.core.models.messages import Message
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind
from evaluation.evaluations.tasks import look_after_evaluations
from placements.days import ledger
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.evaluations.telling import form_of, with_addresses
from tests.evaluation.stories import write_up
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

HALF_TERM_ENDED = datetime(2026, 12, 18, 17, tzinfo=UTC)


def chairs_letters(cast: Cast) -> list[str]:
    return list(Message.objects.filter(to_email=cast.host.chair_email).values_list("kind", flat=True))


def test_n_17_an_interim_form_is_asked_then_overdue_then_the_co_ordinators_to_chase(
    cast: Cast, placement: Placement, client: Client, clock: object
) -> None:
    people = with_addresses(placement)
    told: dict[str, list[str]] = {}
    for days in (0, 15, 29):
        clock.move_to(HALF_TERM_ENDED + timedelta(days=days))  # type: ignore[attr-defined]
        look_after_evaluations()
        look_after_evaluations()
    for message in Message.objects.filter(kind__startswith="evaluation"):
        told.setdefault(message.to_email, []).append(message.kind)
    assert told[cast.host_head.email] == ["evaluation-asked", "evaluation-overdue"]
    assert told[people[0].email] == ["evaluation-link-asked", "evaluation-link-overdue"]
    assert told[cast.coordinator.email] == ["evaluation-late"] * 3, "once for each of three forms"
    client.force_login(cast.host_head)
    form = form_of(placement, AskedOf.HOST_HEAD, EvaluationKind.INTERIM)
    assert "Overdue: was due by" in client.get(form.get_absolute_url()).content.decode()


def test_r_13_1_signed_and_activated_the_chairs_notice_predates_day_one(cast: Cast) -> None:
    placement = stories.active(cast)
    notice = Message.objects.get(kind="chair-notice")
    assert placement.status == "active"
    assert notice.to_email == cast.host.chair_email
    assert placement.starts_on is not None
    assert timezone.localdate(notice.queued_at) < placement.starts_on


def test_r_13_1_the_chair_hears_of_an_early_end_with_its_kind_of_reason_only(
    cast: Cast, placement: Placement, client: Client
) -> None:
    client.force_login(cast.host_head)
    ended = {"ended_on": "2026-11-24", "ended_category": "staffing"}
    why = {"ended_reason": "Juno Pettifer leaves", "form_told": "ended_reason"}
    client.post(reverse("placements:placement_end", args=[placement.pk]), {**ended, **why})
    placement.refresh_from_db()
    assert (placement.status, placement.ended_on) == ("ended_early", date(2026, 11, 24))
    assert chairs_letters(cast) == ["placement-ended"]
    letter = Message.objects.get(to_email=cast.host.chair_email)
    assert "Staffing at one of the schools has changed" in letter.body
    assert "Pettifer" not in letter.body


def test_r_8_14_the_host_head_ends_with_five_days_left_and_five_return(
    cast: Cast, placement: Placement, client: Client
) -> None:
    write_up(cast, placement)  # one of six days
    before = ledger.balance(cast.post, cast.year).remaining
    client.force_login(cast.host_head)
    ended = {"ended_on": "2026-11-24", "ended_category": "time", "ended_reason": "No cover is found."}
    page = client.post(reverse("placements:placement_end", args=[placement.pk]), ended, follow=True).content.decode()
    assert "unused days have gone back" in page
    assert ledger.balance(cast.post, cast.year).remaining == before + 5
    assert form_of(placement, AskedOf.HOST_HEAD).status == "due"  # the evaluation is asked all the same
