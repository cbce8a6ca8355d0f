"""What happens to a placement is told to each person once, with all that is asked of them by it (N19, N20, R-18.2)."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from astcoord.core.models.messages import Message
from evaluation.evaluations.lifecycle import AskedOf
from placements.days.actions import days
from placements.endings.actions import completing, early
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.evaluations.telling import concluded, form_of, with_addresses
from tests.placements import stories
from tests.placements.changes.changing import offered, signed_by, started

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def told(placement: Placement, since: int) -> Counter[str]:
    """How many messages have gone to each address since then."""
    return Counter(Message.objects.filter(pk__gt=since).values_list("to_email", flat=True))


def newest() -> int:
    return Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_n_19_the_final_evaluation_is_open_and_a_form_is_asked_in_one_message(cast: Cast, placement: Placement) -> None:
    people = with_addresses(placement)
    since = newest()
    completing.open_final_evaluation(placement=placement, by=cast.coordinator)
    counts = told(placement, since)
    accounts = {cast.host_head.email, cast.home_head.email, cast.ast.email, cast.coordinator.email}
    assert counts == dict.fromkeys([*accounts, *(p.email for p in people)], 1)
    head = Message.objects.get(pk__gt=since, to_email=cast.host_head.email).body
    form = form_of(placement, AskedOf.HOST_HEAD)
    assert "ends on 12 February 2027" in head
    assert "What is needed from you: Do your part of it." in head
    assert form.get_absolute_url() in head
    home = Message.objects.get(pk__gt=since, to_email=cast.home_head.email).body
    assert "Nothing is needed from you." in home
    link = Message.objects.get(pk__gt=since, to_email=people[0].email)
    assert "/my-evaluation/" in link.body
    assert "12 February 2027" in link.body


def test_n_19_opened_again_after_it_went_on_each_hears_once(cast: Cast, placement: Placement) -> None:
    concluded(cast, placement)
    completing.resume(placement=placement, by=None, reason="Extended")
    since = newest()
    completing.open_final_evaluation(placement=placement, by=cast.coordinator)
    assert set(told(placement, since).values()) == {1}
    own = form_of(placement, AskedOf.COORDINATOR)
    assert own.get_absolute_url() in Message.objects.get(pk__gt=since, to_email=cast.coordinator.email).body


def test_n_20_an_early_end_is_one_message_with_the_form_and_the_days_called_off(
    cast: Cast, placement: Placement
) -> None:
    days.plan_day(placement=placement, on=date(2026, 12, 8), days=Decimal(1), by=cast.ast)
    people = with_addresses(placement)
    since = newest()
    early.end_early(
        placement=placement, by=cast.host_head, ended_on=date(2026, 11, 24), category="staffing", reason="A new post"
    )
    counts = told(placement, since)
    assert {email: n for email, n in counts.items() if n > 1} == {}
    assert counts.keys() >= {cast.host_head.email, cast.ast.email, people[0].email}
    head = Message.objects.get(pk__gt=since, to_email=cast.host_head.email).body
    assert form_of(placement, AskedOf.HOST_HEAD).get_absolute_url() in head


def test_n_20_completed_is_one_message_with_the_form_that_policy_asks_for(cast: Cast, placement: Placement) -> None:
    cast.policy.immediate_evaluation, cast.policy.return_visit_terms = True, 1
    cast.policy.save()
    concluded(cast, placement)
    since = newest()
    completing.complete(placement=placement, by=cast.coordinator)
    assert set(told(placement, since).values()) == {1}
    head = Message.objects.get(pk__gt=since, to_email=cast.host_head.email).body
    assert form_of(placement, AskedOf.HOST_HEAD, "immediate").get_absolute_url() in head


def test_n_20_an_extension_in_force_is_one_message_to_each(cast: Cast) -> None:
    placement = stories.signed(cast)
    started(cast, placement)
    amendment = offered(cast, placement)
    for party in stories.PARTIES[:-1]:
        signed_by(cast, amendment, party)
    since = newest()
    signed_by(cast, amendment, stories.PARTIES[-1])
    assert set(told(amendment.placement, since).values()) == {1}
