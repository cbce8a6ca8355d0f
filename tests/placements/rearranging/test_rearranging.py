"""Several days move or are called off in one go (R-20.5)."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.days import ledger
from placements.days.actions import days
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from placements.rearranging import actions, reads
from tests.cast import Cast
from tests.placements.active import active, elsewhere
from tests.placements.stories import active as whole_story
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
FIRST = date(2026, 11, 3)
TUESDAYS = [FIRST + timedelta(weeks=week) for week in range(6)]
THURSDAY = 3
NOW = date(2026, 10, 6)


@pytest.fixture
def six(cast: Cast) -> Placement:
    """Six Tuesdays at the host school."""
    placement = active(cast)
    days.plan_series(placement=placement, dates=TUESDAYS, days=1, by=cast.coordinator)
    Message.objects.all().delete()
    return placement


def dates(placement: Placement) -> list[date]:
    return list(placement.outreach_days.counting().order_by("on").values_list("on", flat=True))


def asked(placement: Placement, **more: Any) -> dict[str, Any]:
    mine = [day.pk for day in reads.to_come(placement, NOW)]
    return {"days": mine, "weekday": THURSDAY, "weeks": 0, **more}


def saved(page: Any, **more: Any) -> dict[str, Any]:
    """What the preview sends on."""
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    sent: dict[str, Any] = {name: value for name, value in fields if name != "days"}
    return {**sent, "days": [value for name, value in fields if name == "days"], "save": "1", **more}


def test_r_20_5_six_tuesdays_move_to_thursdays_with_one_preview_and_one_message_per_party(
    cast: Cast, six: Placement
) -> None:
    client, url = signed_in(cast.coordinator), reverse("placements:days_move", args=[six.pk])
    page = client.post(url, asked(six))
    assert "6 days will be moved" in text(page)
    assert "Tue 3 November 2026 Thursday 5 November 2026" in text(page)
    assert dates(six) == TUESDAYS
    assert client.post(url, saved(page)).status_code == 302
    assert dates(six) == [day + timedelta(days=2) for day in TUESDAYS]
    for reader in (cast.host_head, cast.ast, cast.home_head):
        (message,) = Message.objects.filter(to_email=reader.email)
        assert "Tuesday 3 November 2026 is now Thursday 5 November 2026, whole day" in message.body
    assert ledger.placement_sums(six)["plan"] == Decimal(6)


def test_r_20_5_clashes_are_named_and_those_days_stay(cast: Cast, six: Placement) -> None:
    other = elsewhere(cast)
    OutreachDay.objects.filter(placement=six, on=TUESDAYS[1]).update(days=Decimal("0.5"))
    OutreachDay.objects.create(placement=other, on=TUESDAYS[1] + timedelta(days=2), days=1)
    client, url = signed_in(cast.ast), reverse("placements:days_move", args=[six.pk])
    page = client.post(url, asked(six))
    assert "Tue 10 November 2026 Stays" in text(page)
    assert "5 days will be moved" in text(page)
    client.post(url, saved(page))
    assert TUESDAYS[1] in dates(six)
    assert TUESDAYS[2] + timedelta(days=2) in dates(six)


def test_r_20_5_a_week_later_passes_no_day_over_another_and_names_holidays(cast: Cast, six: Placement) -> None:
    client, url = signed_in(cast.coordinator), reverse("placements:days_move", args=[six.pk])
    page = client.post(url, asked(six, weekday=1, weeks=1))
    assert client.post(url, saved(page)).status_code == 302
    assert dates(six) == [day + timedelta(weeks=1) for day in TUESDAYS]
    page = client.post(url, asked(six, weekday=1, weeks=2))
    assert "is not a school day" in text(page)


def test_r_20_5_what_somebody_else_changed_meanwhile_stops_all_of_it(cast: Cast, six: Placement) -> None:
    client, url = signed_in(cast.coordinator), reverse("placements:days_move", args=[six.pk])
    page = client.post(url, asked(six))
    gone = six.outreach_days.order_by("on").first()
    assert gone is not None
    days.cancel_day(day=gone, side="host", reason="Snow", by=cast.host_head)
    Message.objects.all().delete()
    again = client.post(url, saved(page))
    assert "moved, called off or written up meanwhile" in text(again)
    assert dates(six) == TUESDAYS[1:]
    assert not Message.objects.exists()


def test_r_20_5_half_done_never(cast: Cast, six: Placement) -> None:
    first, second, *_ = reads.to_come(six, NOW)
    moves = {first.pk: date(2026, 11, 5), second.pk: date(2026, 12, 25)}
    with pytest.raises(Refused, match="not a school day"):
        actions.move_days(placement=six, moves=moves, by=cast.coordinator)
    assert dates(six) == TUESDAYS
    assert not Message.objects.exists()


@pytest.mark.parametrize("moves", ["", "nonsense", "1:yesterday", "999999:2026-11-05"])
def test_r_20_5_what_the_preview_did_not_say_moves_nothing(cast: Cast, six: Placement, moves: str) -> None:
    client, url = signed_in(cast.coordinator), reverse("placements:days_move", args=[six.pk])
    again = client.post(url, {**asked(six), "moves": moves, "save": "1"})
    assert "There is a problem" in text(again)
    assert dates(six) == TUESDAYS


def test_r_20_5_the_contract_s_weekday_is_changed_with_them_as_every_change_is(cast: Cast) -> None:
    placement = whole_story(cast)
    Placement.objects.filter(pk=placement.pk).update(weekday=1)
    placement.refresh_from_db()
    cast.post.patterns.create(weekday=THURSDAY, share=1, starts_on=date(2025, 9, 1))
    first = placement.starts_on
    assert first is not None
    on = first + timedelta(days=(1 - first.weekday()) % 7)
    days.plan_day(placement=placement, on=on, days=placement.day_share, by=cast.coordinator)
    client, url = signed_in(cast.coordinator), reverse("placements:days_move", args=[placement.pk])
    lacking = client.post(url, asked(placement, amend="on"))
    assert "Enter why the contract is changed" in text(lacking)
    page = client.post(url, asked(placement, amend="on", reason="The class has moved to Thursdays"))
    assert "A change of the contract’s weekday is prepared" in text(page)
    done = client.post(url, saved(page))
    assert done.status_code == 302, text(done)
    (amendment,) = placement.amendments.all()
    assert (amendment.weekday, amendment.status) == (THURSDAY, "draft")
    assert done["Location"] == amendment.get_absolute_url()
    placement.refresh_from_db()
    assert placement.weekday == 1


def test_r_20_5_several_days_are_cancelled_with_one_reason_and_one_message(cast: Cast, six: Placement) -> None:
    client, url = signed_in(cast.host_head), reverse("placements:days_cancel", args=[six.pk])
    mine = [day.pk for day in reads.to_come(six, NOW)][:3]
    assert "Enter why the day cannot happen" in text(client.post(url, {"days": mine, "side": "host"}))
    assert client.post(url, {"days": mine, "side": "host", "reason": "Building work"}).status_code == 302
    gone = six.outreach_days.filter(status="cancelled")
    assert {(day.pk, day.cancelled_reason) for day in gone} == {(pk, "Building work") for pk in mine}
    assert Message.objects.filter(to_email=cast.ast.email).count() == 1
    assert ledger.placement_sums(six)["plan"] == Decimal(3)


def test_r_20_5_only_who_plans_moves_and_only_the_parties_cancel(cast: Cast, six: Placement) -> None:
    move, cancel = (reverse(f"placements:days_{what}", args=[six.pk]) for what in ("move", "cancel"))
    assert signed_in(cast.host_head).get(move).status_code == 403
    assert signed_in(cast.home_head).get(cancel).status_code == 403
    assert signed_in(cast.outsider).get(cancel).status_code == 404
    assert signed_in(cast.ast).get(move).status_code == 200


def test_r_20_5_the_preview_asks_no_more_for_six_days_than_for_one(
    cast: Cast, six: Placement, django_assert_max_num_queries: Any
) -> None:
    client, url = signed_in(cast.coordinator), reverse("placements:days_move", args=[six.pk])
    mine = asked(six)["days"]
    with django_assert_max_num_queries(24) as one:
        client.post(url, asked(six, days=mine[:1]))
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.post(url, asked(six))
