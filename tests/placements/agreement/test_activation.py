"""R-8.13 and R-1.3: what must be true before the first day, and the races at the last signature."""

import threading
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.agreement import tasks
from placements.agreement.actions import contracts, placements, progress, protocol
from placements.days.actions import days
from staff.accounts.models import RoleAssignment
from staff.posts.models import InductionItem
from tests.cast import Cast, make_cast
from tests.placements import stories
from tests.placements.changes.changing import started

pytestmark = pytest.mark.usefixtures("quick_print")

TODAY = date(2026, 10, 6)


@pytest.mark.django_db
def test_r_8_13_it_starts_when_the_last_thing_is_done(cast: Cast) -> None:
    placement = stories.signed(cast)
    protocol.send_role_statement(placement=placement, by=cast.coordinator)
    placements.save_cover(placement=placement, by=cast.home_head, cover=("extra_day",))
    placement.refresh_from_db()
    assert placement.status == "signed"

    left = progress.record_circulation(placement=placement, by=cast.host_head, circulated_on=TODAY)

    placement.refresh_from_db()
    assert left == []
    assert placement.status == "active"
    assert Transition.objects.about(placement).get(move="activate").by is None


@pytest.mark.django_db
def test_r_8_13_three_of_four_signatures_admit_no_day(cast: Cast) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "host_head", "ast", "coordinator")

    with pytest.raises(Refused) as refused:
        days.plan_day(placement=placement, on=date(2026, 11, 3), days=Decimal(1), by=cast.ast)
    assert [p.rule for p in refused.value.problems] == ["R-8.13"]
    assert "Home headteacher" in placements.activate_if_ready(placement)[0].message


@pytest.mark.django_db
def test_r_1_3_a_host_without_a_chair_contact_is_refused_naming_the_gap(cast: Cast) -> None:
    placement = stories.issued(cast)
    type(cast.host).objects.filter(pk=cast.host.pk).update(chair_email="")
    placement.refresh_from_db()

    stories.sign(cast, placement, *stories.PARTIES)

    problems = placements.activate_if_ready(placement)
    assert "no chair of governors" in " ".join(p.message for p in problems)
    assert placement.status == "signed"
    assert not Message.objects.filter(kind="chair-notice").exists()


@pytest.mark.django_db
def test_r_8_3_the_notice_goes_as_soon_as_the_chair_is_known(cast: Cast) -> None:
    placement = stories.issued(cast)
    schools = type(cast.host).objects.filter(pk=cast.host.pk)
    schools.update(chair_email="")
    placement.refresh_from_db()
    stories.sign(cast, placement, *stories.PARTIES)
    schools.update(chair_email="chair@marlshire.example")
    placement.refresh_from_db()

    placements.activate_if_ready(placement)
    placements.activate_if_ready(placement)

    assert Message.objects.get(kind="chair-notice").to_email == "chair@marlshire.example"
    assert placement.protocol.get(number=3).fulfilment == "fulfilled"


@pytest.mark.django_db
def test_r_3_2_an_unfinished_induction_keeps_it_from_starting(cast: Cast) -> None:
    InductionItem.objects.filter(post=cast.post, step="practices").update(done_on=None, done_by=None)

    placement = stories.active(cast)

    assert placement.status == "signed"
    assert [p.code for p in placements.activate_if_ready(placement)] == ["induction"]


@pytest.mark.django_db
def test_r_4_10_without_outreach_time_it_does_not_start(cast: Cast) -> None:
    cast.home.phase = "primary"
    cast.home.save(update_fields=["phase"])
    placement = stories.signed(cast)
    cast.post.patterns.all().delete()
    started(cast, placement)

    assert [p.code for p in placements.activate_if_ready(placement)] == ["pattern"]
    placement.refresh_from_db()
    assert placement.status == "signed"


@pytest.mark.django_db
def test_r_1_3_a_host_between_heads_does_not_start(cast: Cast) -> None:
    placement = stories.signed(cast)
    RoleAssignment.objects.filter(user=cast.host_head).update(ends_on=date(2026, 10, 5))

    assert "host-head" in {p.code for p in placements.activate_if_ready(placement)}


@pytest.mark.django_db
def test_r_8_13_the_coordinator_overrides_p2_with_a_reason(cast: Cast) -> None:
    placement = stories.signed(cast)
    protocol.send_role_statement(placement=placement, by=cast.coordinator)
    placements.save_cover(placement=placement, by=cast.home_head, cover=("extra_day",))
    with pytest.raises(PermissionDenied):
        placements.override(placement=placement, by=cast.host_head, reason="No time")
    with pytest.raises(Refused):
        placements.override(placement=placement, by=cast.coordinator, reason=" ")

    placement.refresh_from_db()
    placements.override(placement=placement, by=cast.coordinator, reason="All staff meet on Friday")

    placement.refresh_from_db()
    assert placement.status == "active"
    event = AuditEvent.objects.about(placement).get(reason="All staff meet on Friday")
    assert event.by == cast.coordinator


@pytest.mark.django_db
def test_r_4_12_daily_supply_is_saved_with_a_warning_that_the_home_head_and_the_coordinator_see(
    cast: Cast, client: Client
) -> None:
    placement = stories.issued(cast)

    warnings = placements.save_cover(placement=placement, by=cast.home_head, cover=("supply",))

    assert [w.code for w in warnings] == ["cover-supply"]
    for reader, sees in ((cast.home_head, True), (cast.coordinator, True), (cast.host_head, False)):
        client.force_login(reader)
        page = client.get(placement.get_absolute_url()).content.decode()
        assert (warnings[0].message in page) == sees, reader
    with pytest.raises(PermissionDenied):
        placements.save_cover(placement=placement, by=cast.host_head, cover=("supply",))


@pytest.mark.django_db
def test_r_16_4_the_daily_task_starts_what_is_ready_once(cast: Cast) -> None:
    placement = stories.signed(cast)
    type(placement).objects.filter(pk=placement.pk).update(
        role_statement_sent_on=TODAY, circulated_on=TODAY, cover="|extra_day|"
    )

    assert tasks.activate_placements() == 1
    assert tasks.activate_placements() == 0

    placement.refresh_from_db()
    assert placement.status == "active"


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_last_signatures_at_once_make_one_signed_contract_and_one_notice() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("rows are locked on PostgreSQL")
    cast = make_cast()
    placement = stories.issued(cast)
    stories.sign(cast, placement, "host_head", "ast")
    gate = threading.Barrier(2)
    failed: list[Exception] = []

    def sign(party: str) -> None:
        user: Any = type(cast.ast).objects.get(pk=stories.signer(cast, party).pk)
        fresh = type(placement).objects.get(pk=placement.pk)
        gate.wait()
        try:
            contracts.sign(placement=fresh, version_number=1, party=party, by=user, declared=True)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=(party,)) for party in ("coordinator", "home_head")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    placement.refresh_from_db()
    assert failed == []
    assert placement.status == "signed"
    assert Transition.objects.about(placement).filter(move="sign_last").count() == 1
    assert Message.objects.filter(kind="chair-notice").count() == 1


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_one_party_signing_twice_at_once_leaves_one_signature() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("rows are locked on PostgreSQL")
    cast = make_cast()
    placement = stories.issued(cast)
    gate = threading.Barrier(2)
    failed: list[Exception] = []

    def sign() -> None:
        fresh = type(placement).objects.get(pk=placement.pk)
        user = type(cast.ast).objects.get(pk=cast.ast.pk)
        gate.wait()
        try:
            contracts.sign(placement=fresh, version_number=1, party="ast", by=user, declared=True)
        except Refused as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(failed) == 1
    assert stories.in_force(placement).signatures.count() == 1
