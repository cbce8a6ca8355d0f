"""Briefing sessions: heads and potential ASTs book places (R-2.21)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from astcoord.core import retention
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from schools.register.models import School
from staff.accounts.models import User
from staff.briefings import actions
from staff.briefings.lifecycle import BookingStatus
from staff.briefings.models import Booking, Briefing
from tests.cast import Cast
from tests.staff.secondments.telling import Reader, day

pytestmark = pytest.mark.django_db
S = BookingStatus
WHEN = date(2026, 11, 10)


def session(cast: Cast, **changed: Any) -> Briefing:
    said = {"title": "Becoming an AST", "on": WHEN, "hours": "4pm", "place": "Shire Hall", "places": 1}
    return actions.save(by=cast.coordinator, **{**said, **changed})


def book(row: Briefing, school: School, by: User, name: str = "Ada Penhaligon") -> Booking:
    email = f"{name.split(maxsplit=1)[0].lower().replace('ë', 'e')}@marlshire.example"
    return actions.book(briefing=row, school=school, attends="teacher", name=name, email=email, by=by)


def test_r_2_21_a_full_session_puts_on_the_waiting_list(cast: Cast) -> None:
    row = session(cast)
    head = Reader(cast.host_head)
    sent = {"attends": "head", "name": "Rowan Oakhanger", "email": "rowan@marlshire.example"}
    assert head.send("briefing_book", row.pk, **sent) == ""
    assert "already" in head.send("briefing_book", row.pk, **sent), "twice"
    assert book(row, cast.elsewhere, cast.outsider).status == S.WAITING
    assert Booking.objects.get(email="rowan@marlshire.example").status == S.BOOKED
    assert "On the waiting list" in Reader(cast.outsider).text("briefing", row.pk)
    kinds = Message.objects.filter(kind="briefing-booked")
    assert {each.to_email for each in kinds} == {
        "rowan@marlshire.example",
        "ada@marlshire.example",
        cast.outsider.email,
    }


def test_r_2_21_a_place_given_back_goes_to_the_first_who_waits_and_is_told(cast: Cast) -> None:
    row = session(cast)
    first = book(row, cast.host, cast.host_head, "Ada Penhaligon")
    second = book(row, cast.elsewhere, cast.outsider, "Bea Penhaligon")
    third = book(row, cast.host, cast.host_head, "Cyd Penhaligon")
    assert Reader(cast.host_head).send("booking_cancel", first.pk) == ""
    for each in (first, second, third):
        each.refresh_from_db()
    assert [each.status for each in (first, second, third)] == [S.CANCELLED, S.BOOKED, S.WAITING]
    told = set(Message.objects.filter(kind="briefing-place").values_list("to_email", flat=True))
    assert told == {"bea@marlshire.example", cast.outsider.email}
    Reader(cast.host_head).send("booking_cancel", first.pk)
    third.refresh_from_db()
    assert third.status == S.WAITING, "given back twice frees one place"


def test_r_2_21_more_places_go_to_those_who_wait(cast: Cast) -> None:
    row = session(cast)
    found = [book(row, cast.host, cast.host_head, f"{name} Penhaligon") for name in ("Ada", "Bea", "Cyd")]
    session(cast, briefing=row, places=2)
    assert [Booking.objects.get(pk=each.pk).status for each in found] == [S.BOOKED, S.BOOKED, S.WAITING]
    assert not Message.objects.filter(kind="briefing-moved").exists()
    with pytest.raises(Refused, match="2 places are booked"):
        session(cast, briefing=row, places=1)


def test_r_2_21_a_session_is_moved_or_cancelled_and_all_are_told(cast: Cast) -> None:
    row = session(cast)
    book(row, cast.host, cast.host_head)
    book(row, cast.elsewhere, cast.outsider, "Bea Penhaligon")
    office = Reader(cast.coordinator)
    sent = {"title": "Becoming an AST", "hours": "4pm", "place": "Shire Hall", "places": "1"}
    assert "today or later" in office.send("briefing_change", row.pk, **sent, **day("on", date(2026, 10, 1)))
    assert office.send("briefing_change", row.pk, **sent, **day("on", date(2026, 11, 12))) == ""
    assert Message.objects.filter(kind="briefing-moved").count() == 4, "two schools, two teachers"
    assert office.send("briefing_change", row.pk, **sent, **day("on", date(2026, 11, 12))) == ""
    assert Message.objects.filter(kind="briefing-moved").count() == 4
    assert "short reason" in office.send("briefing_cancel", row.pk)
    assert office.send("briefing_cancel", row.pk, reason="The hall is closed.") == ""
    assert Message.objects.filter(kind="briefing-cancelled").count() == 4
    assert "is cancelled" in office.send("briefing_cancel", row.pk, reason="Again")
    with pytest.raises(Refused, match="is cancelled"):
        book(row, cast.host, cast.host_head, "Cyd Penhaligon")
    assert "The hall is closed." in Reader(cast.host_head).text("briefing", row.pk)


def test_r_2_21_nobody_books_for_another_school_or_for_a_session_that_is_over(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    row = session(cast)
    for user in (cast.coordinator, cast.administrator, cast.outsider, cast.ast):
        with pytest.raises(PermissionDenied):
            book(row, cast.host, user)
    with pytest.raises(PermissionDenied):
        actions.save(title="x", on=WHEN, hours="", place="x", places=1, by=cast.administrator)
    clock.move_to(datetime(2026, 11, 11, 9, 0, tzinfo=UTC))
    with pytest.raises(Refused, match="is over"):
        book(row, cast.host, cast.host_head)


def test_g_who_may_become_an_ast_is_read_by_the_co_ordinator_and_the_own_head(cast: Cast) -> None:
    row = session(cast)
    book(row, cast.host, cast.host_head, "Zoë Ångström")
    reads = {
        user.name
        for user in (cast.coordinator, cast.administrator, cast.host_head, cast.outsider)
        if "Ångström" in Reader(user).text("briefing", row.pk)
    }
    assert reads == {cast.coordinator.name, cast.host_head.name}


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_and_the_page_cost_the_same_at_one_and_thirty(
    cast: Cast, rows: int, django_assert_max_num_queries: Any
) -> None:
    row = session(cast, places=100)
    for number in range(rows):
        session(cast, title=f"Session {number}")
        book(row, cast.host, cast.host_head, f"t{number} Penhaligon")
    office = Reader(cast.coordinator)
    with django_assert_max_num_queries(12):
        office.get("briefings")
    with django_assert_max_num_queries(15):
        office.get("briefing", row.pk)


def test_places_are_forgotten_a_year_after_the_session(cast: Cast, clock: time_machine.Traveller) -> None:
    row = session(cast)
    book(row, cast.host, cast.host_head)
    line = next(each for each in retention.schedule() if each.what == "Places at briefing sessions")
    assert line.apply is not None
    assert line.apply(date(2027, 11, 10)) == 0
    assert line.apply(date(2027, 11, 11)) == 1
    assert not Booking.objects.exists()
