"""What cannot be is refused clearly, and nothing of it is half-saved (issue 8): no row of any table is another."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal as D
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from evaluation.evaluations.actions import asking
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind
from evaluation.evaluations.models import Evaluation
from evaluation.returns.models import ReturnVisit
from placements.activities.actions import inreach
from placements.days import ledger
from placements.days.actions import days as day_actions
from placements.placement.models import Placement
from placements.supported import actions as supported
from placements.variations import actions as variations
from schools.register.models import School
from staff.accounts.models import RoleAssignment
from staff.feeds import actions as feeds
from staff.feeds import links
from tests.cast import Cast
from tests.evaluation.evaluations.telling import by_link, link_of, with_addresses
from tests.placements import stories
from tests.placements.active import active

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
TUESDAY = date(2026, 11, 3)
PASSING = {"sessions.Session", "usersessions.UserSession"}
"""Who has the browser open is no fact of a placement."""


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    models = [model for model in apps.get_models() if model._meta.label not in PASSING]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


@contextmanager
def nothing_saved() -> Iterator[None]:
    before = everything()
    yield
    after = everything()
    assert [label for label in before if before[label] != after[label]] == []


def as_(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def posted(client: Client, name: str, pk: int, sent: dict[str, str]) -> str:
    """What the page says after the form was sent."""
    return client.post(reverse(name, args=[pk]), sent, follow=True).content.decode()


def held(cast: Cast, placement: Placement, clock: Any, on: date = TUESDAY) -> None:
    clock.move_to(datetime(on.year, on.month, on.day, 18, tzinfo=UTC))
    day = day_actions.plan_day(placement=placement, on=on, days=D(1), by=cast.ast)
    day_actions.deliver_day(day=day, on=on, days=D(1), venue="host", by=cast.ast)


def test_r_8_14_an_end_before_the_last_delivered_day(cast: Cast, client: Client, clock: Any) -> None:
    placement = active(cast)
    held(cast, placement, clock, date(2026, 11, 10))
    browser = as_(client, cast.ast)
    sent = {"ended_on": TUESDAY.isoformat(), "ended_category": "time", "ended_reason": "No cover is found."}
    with nothing_saved():
        page = posted(browser, "placements:placement_end", placement.pk, sent)
    assert "held on 10 November 2026. Enter that date or a later one" in page


def test_r_4_7_a_variation_with_one_yes(cast: Cast, client: Client) -> None:
    span = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 3, 24)}
    asked = variations.ask(post=cast.post, share=D("0.10"), reason="The first term at home", by=cast.home_head, **span)
    assert asked.status == "half_agreed"
    assert ledger.balance(cast.post, cast.year).budget == 38
    browser = as_(client, cast.home_head)
    with nothing_saved():  # nobody answers for both sides
        page = posted(browser, "placements:variation_answer", asked.pk, {"answer": "yes"})
    assert "It waits for the co-ordinator. Until both have agreed, the usual 20% holds." in page


def test_r_4_8_r_4_11_an_inreach_day_in_a_full_week_and_in_a_full_year(cast: Cast, client: Client) -> None:
    span = {"starts_on": date(2026, 10, 12), "ends_on": date(2026, 12, 18)}
    agreed = inreach.ask_inreach(post=cast.post, aims="Plan together", time_source="outreach", by=cast.ast, **span)
    inreach.decide_inreach(agreement=agreed, yes=True, by=cast.coordinator)
    placement = active(cast)
    day_actions.plan_day(placement=placement, on=TUESDAY, days=D(1), by=cast.ast)
    sent = {"on": "2026-11-05", "days": "0.5", "what": "Twilight session", "time_source": "outreach"}
    browser = as_(client, cast.ast)
    before = ledger.placement_sums(placement)
    assert "That week’s outreach is full" in posted(browser, "placements:inreach_add", cast.post.pk, sent)
    assert ledger.placement_sums(placement) == before
    left = ledger.balance(cast.post, cast.year).remaining
    ledger.set_days_under_contract(placement, placement.days + left, by=cast.coordinator, reason="a long one")
    with nothing_saved():
        page = posted(browser, "placements:inreach_add", cast.post.pk, {**sent, "on": "2026-11-12"})
    assert "0 days left" in page


def test_r_18_3_a_calendar_address_that_was_revoked(cast: Cast, client: Client) -> None:
    day_actions.plan_day(placement=active(cast), on=TUESDAY, days=D(1), by=cast.ast)
    path = urlsplit(links.address(feeds.open_feed(by=cast.ast))).path
    assert b"BEGIN:VEVENT" in client.get(path).content
    feeds.close_feed(by=cast.ast)
    with nothing_saved():
        answer = client.get(path)
    assert answer.status_code == 410
    assert answer.content == b"This calendar address no longer works. Sign in for a new one."


def test_r_8_15_an_extension_nobody_has_budget_for(cast: Cast, client: Client) -> None:
    placement = stories.active(cast)
    browser = as_(client, cast.host_head)
    sent = {"ends_on": "2027-07-20", "days": "39", "reason": "Two more units."}
    with nothing_saved():
        page = posted(browser, "placements:extension", placement.pk, sent)
    assert "There is a problem" in page


def test_r_11_1_an_evaluation_by_somebody_who_left(cast: Cast, client: Client, placement: Placement) -> None:
    people = with_addresses(placement)
    first = placement.starts_on
    asking.ask(placement=placement, kind=EvaluationKind.INTERIM, whom=asking.school(placement), opens=first, on=first)
    supported.withdraw(person=people[0])
    with nothing_saved():
        by_link(people[0])
        page = Client().get(link_of(people[0])).content.decode()
    assert "You have withdrawn. Nothing more is asked" in page
    form = Evaluation.objects.get(asked_of=AskedOf.HOST_HEAD)
    RoleAssignment.objects.filter(user=cast.host_head).update(ends_on=date(2026, 10, 1))
    browser = as_(client, cast.host_head)
    address = reverse("evaluation:evaluation_write", args=[form.pk])
    with nothing_saved():
        assert browser.post(address, {"practice": "As before"}).status_code in (403, 404)


def test_r_11_9_a_return_visit_after_the_host_has_closed(cast: Cast, client: Client) -> None:
    over = cast.placement(status="completed", ends_on=date(2026, 9, 29), starts_on=date(2026, 9, 8))
    visit = ReturnVisit.objects.create(
        placement=over, term="Autumn", opens_on=date(2026, 10, 1), due_on=date(2026, 12, 18)
    )
    School.objects.filter(pk=cast.host.pk).update(status="closed")
    browser = as_(client, cast.ast)
    with nothing_saved():
        page = posted(browser, "evaluation:return_day", visit.pk, {"visit_on": "2026-11-10", "days": "0"})
    assert "Fernleigh Primary School has closed" in page
