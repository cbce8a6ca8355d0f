"""A contract in force is changed by a new version with new signatures; the old one counts until then (R-8.12)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from evaluation.diary.models import DiaryEntry
from placements.changes.actions import asking, deciding
from placements.changes.documents import changes_between
from placements.changes.models import Amendment
from placements.days import ledger
from placements.days.actions import days
from placements.placement.models import Placement
from staff.expertise.vocabulary import WORDED_BEFORE
from tests.cast import Cast
from tests.placements import stories
from tests.placements.changes.changing import signed_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

FIRST = date(2026, 11, 3)
WHOLE = Decimal(1)


@pytest.fixture
def placement(cast: Cast) -> Placement:
    """Six Tuesdays from 3 November to 12 February, signed and active."""
    return stories.active(cast)


def propose(cast: Cast, placement: Placement, **more: Any) -> Amendment:
    by = more.pop("by", cast.ast)
    return asking.propose_change(placement=placement, by=by, reason="The timetable has changed.", **more)


def plan(cast: Cast, placement: Placement, on: date) -> Any:
    return days.plan_day(placement=placement, on=on, days=WHOLE, by=cast.ast)


def all_sign(cast: Cast, amendment: Amendment) -> Amendment:
    amendment = deciding.offer(amendment=amendment, by=cast.coordinator)
    signed_by(cast, amendment, *stories.PARTIES)
    amendment.refresh_from_db()
    return amendment


def test_r_8_12_days_of_an_active_placement_change_by_a_new_version_that_all_sign_anew(
    cast: Cast, placement: Placement
) -> None:
    amendment = propose(cast, placement, days=Decimal(8), weekday=3)
    asking.send(amendment=amendment, by=cast.ast)
    amendment = deciding.offer(amendment=amendment, by=cast.coordinator)
    assert amendment.version.signatures.count() == 0
    plan(cast, placement, FIRST)  # a Tuesday: days go on under the contract in force
    signed_by(cast, amendment, *stories.PARTIES)
    placement.refresh_from_db()
    assert (placement.days, placement.weekday, placement.status) == (Decimal(8), 3, "active")
    assert stories.in_force(placement).amends.number == 1
    assert ledger.placement_sums(placement)["contract"] == Decimal(8)


def test_r_8_12_a_party_says_no_with_a_reason_and_the_old_version_stands(cast: Cast, placement: Placement) -> None:
    amendment = propose(cast, placement, days=Decimal(8))
    deciding.offer(amendment=amendment, by=cast.coordinator)
    with pytest.raises(Refused, match="reason"):
        deciding.refuse(amendment=amendment, by=cast.home_head, reason=" ")
    with pytest.raises(PermissionDenied):
        deciding.refuse(amendment=amendment, by=cast.outsider, reason="No")
    amendment.refresh_from_db()
    amendment = deciding.refuse(amendment=amendment, by=cast.home_head, reason="Eight days are too many for us.")
    placement.refresh_from_db()
    assert (amendment.status, amendment.answer) == ("refused", "Eight days are too many for us.")
    assert (placement.days, stories.in_force(placement).number) == (Decimal(6), 1)
    with pytest.raises(Refused):
        signed_by(cast, amendment, "ast")


def test_r_8_12_not_fewer_days_than_are_given_or_planned(cast: Cast, placement: Placement) -> None:
    for week in range(4):
        plan(cast, placement, FIRST + timedelta(weeks=week))
    with pytest.raises(Refused, match="4 days are given or planned"):
        propose(cast, placement, days=Decimal(3))


def test_r_8_12_days_planned_outside_the_new_dates_are_moved_first(cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement, date(2027, 2, 2))
    with pytest.raises(Refused, match="2 February 2027 would lie outside"):
        propose(cast, placement, ends_on=date(2027, 1, 29))
    days.cancel_day(day=day, side="ast", reason="Ends sooner", by=cast.ast)
    assert propose(cast, placement, ends_on=date(2027, 1, 29)).status == "draft"


def test_r_8_12_while_a_sooner_end_waits_no_day_is_planned_after_it(cast: Cast, placement: Placement) -> None:
    deciding.offer(amendment=propose(cast, placement, ends_on=date(2027, 1, 29)), by=cast.coordinator)
    with pytest.raises(Refused, match="waits for signatures"):
        plan(cast, placement, date(2027, 2, 2))
    assert plan(cast, placement, date(2027, 1, 26)).on == date(2027, 1, 26)


@pytest.mark.parametrize("terms", [{"starts_on": date(2026, 11, 10)}, {"ends_on": date(2026, 11, 2)}])
def test_r_8_12_no_change_leaves_a_delivered_day_outside(
    cast: Cast, placement: Placement, clock: Any, terms: dict[str, date]
) -> None:
    plan(cast, placement, FIRST)
    clock.move_to("2026-11-05 12:00")
    with pytest.raises(Refused):
        propose(cast, placement, **terms)


def test_r_8_12_objectives_change_with_the_new_version_and_not_before(cast: Cast, placement: Placement) -> None:
    amendment = propose(cast, placement)
    with pytest.raises(Refused, match="Nothing would change"):
        asking.send(amendment=amendment, by=cast.ast)
    changed = {**stories.OBJECTIVE, "criterion": "Eight in ten attempt every problem by July."}
    asking.save_objective(amendment=amendment, by=cast.ast, number=1, **changed)
    asking.save_objective(amendment=amendment, by=cast.ast, **{**stories.OBJECTIVE, "text": "Books show reasoning."})
    first = placement.objectives.get()
    assert first.criterion == stories.OBJECTIVE["criterion"]
    amendment = all_sign(cast, amendment)
    assert [o.number for o in placement.objectives.all()] == [1, 2]
    first.refresh_from_db()
    assert first.criterion == changed["criterion"]
    assert amendment.version.change == "objective 1, objective 2"


def test_r_8_11_an_objective_under_which_work_was_written_up_is_not_taken_out(cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement, FIRST)
    DiaryEntry.objects.create(day=day, author=cast.ast).objectives.add(placement.objectives.get())
    amendment = propose(cast, placement)
    asking.save_objective(amendment=amendment, by=cast.ast, **{**stories.OBJECTIVE, "text": "Books show reasoning."})
    with pytest.raises(Refused, match="written up under this objective"):
        asking.remove_objective(amendment=amendment, number=1, by=cast.ast)
    asking.remove_objective(amendment=amendment, number=2, by=cast.ast)
    with pytest.raises(Refused):
        asking.remove_objective(amendment=amendment, number=1, by=cast.ast)


def test_r_8_11_work_written_up_while_a_change_waits_keeps_its_objective(cast: Cast, placement: Placement) -> None:
    amendment = propose(cast, placement)
    asking.save_objective(amendment=amendment, by=cast.ast, **{**stories.OBJECTIVE, "text": "Books show reasoning."})
    asking.remove_objective(amendment=amendment, number=1, by=cast.ast)
    day = plan(cast, placement, FIRST)
    DiaryEntry.objects.create(day=day, author=cast.ast).objectives.add(placement.objectives.get())
    with pytest.raises(Refused, match="meanwhile been written up under objective 1"):
        all_sign(cast, amendment)
    assert placement.objectives.count() == 1
    assert placement.contracts.in_force().get().number == 1


def test_r_8_12_a_person_taken_off_stays_until_all_have_signed(cast: Cast, placement: Placement) -> None:
    first, second = placement.supported.all()
    amendment = propose(cast, placement)
    with pytest.raises(Refused, match="Nobody would be left"):
        asking.save_people(amendment=amendment, by=cast.ast, leaving=[first, second])
    asking.save_people(amendment=amendment, by=cast.ast, leaving=[second])
    amendment = deciding.offer(amendment=amendment, by=cast.coordinator)
    assert placement.supported.taking_part().count() == 2
    assert (
        amendment.version.document.facts["staff"] == [[first.initials, "Teacher", "Chose to take part"]]
        or len(amendment.version.document.facts["staff"]) == 1
    )
    signed_by(cast, amendment, *stories.PARTIES)
    assert list(placement.supported.taking_part()) == [first]
    second.refresh_from_db()
    assert second.taken_off
    bodies = "".join(Message.objects.filter(kind__startswith="amendment").values_list("body", flat=True))
    assert second.name not in bodies


def test_r_8_12_who_may_prepare_and_when(cast: Cast, placement: Placement) -> None:
    amendment = propose(cast, placement, days=Decimal(8), by=cast.host_head)
    with pytest.raises(PermissionDenied):
        asking.save_terms(amendment=amendment, by=cast.home_head, reason="x", days=Decimal(7))
    asking.save_terms(amendment=amendment, by=cast.ast, reason="We have talked.", days=Decimal(7))
    asking.send(amendment=amendment, by=cast.host_head)
    with pytest.raises(Refused):
        asking.save_terms(amendment=amendment, by=cast.ast, reason="Too late", days=Decimal(9))
    amendment.refresh_from_db()
    assert amendment.days == Decimal(7)


def test_r_8_12_before_the_start_a_change_is_a_new_version_as_before(cast: Cast) -> None:
    placement = stories.signed(cast)
    with pytest.raises(Refused):
        propose(cast, placement, days=Decimal(8))


def test_r_8_12_a_kind_of_work_that_only_reads_otherwise_since_is_no_change(cast: Cast, placement: Placement) -> None:
    signed = propose(cast, placement, days=Decimal(7)).cites.document.facts
    then = {**signed, "work": list(WORDED_BEFORE)}
    now = {**signed, "work": list(WORDED_BEFORE.values())}
    assert changes_between(then, now) == []
    assert [row[0] for row in changes_between(then, {**now, "work": now["work"][:1]})] == ["Kinds of work"]


def test_r_20_13_a_signature_under_a_change_is_taken_back_until_the_next_party_signs(
    client: Client, cast: Cast, placement: Placement
) -> None:
    amendment = propose(cast, placement, days=Decimal(8))
    asking.send(amendment=amendment, by=cast.ast)
    amendment = deciding.offer(amendment=amendment, by=cast.coordinator)
    signed_by(cast, amendment, "host_head", "ast")
    url = reverse("placements:amendment_unsign", args=[amendment.pk])
    client.force_login(cast.host_head)
    assert "Somebody has signed after you" in client.post(url, follow=True).content.decode()
    client.force_login(cast.ast)
    assert "Take your signature back" in client.get(amendment.get_absolute_url()).content.decode()
    page = client.post(url, follow=True).content.decode()
    assert "You can sign again" in page
    assert "Sign as Wren Castellow" in page
    assert [s.party for s in amendment.version.signatures] == ["host_head"]
    assert "Sign: change of a contract" in client.get(reverse("home")).content.decode()
    signed_by(cast, amendment, "ast", "coordinator", "home_head")
    amendment.refresh_from_db()
    assert amendment.status == "in_force"
    client.post(url)
    assert amendment.version.signatures.count() == 4
