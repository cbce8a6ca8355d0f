"""Somebody stands in for somebody of the office, from a day until a day (R-20.9)."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core import timeline
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.notes.actions import NOTES
from placements.requests.actions import decisions, owning
from placements.requests.models import OutreachRequest
from staff.accounts import second_step
from staff.accounts.actions import accounts, people
from staff.accounts.models import RoleAssignment, User
from staff.deputies import actions
from tests.cast import Cast
from tests.factories import RequestFactory, UserFactory, person

pytestmark = pytest.mark.django_db

FORTNIGHT = timedelta(days=13)


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    client.force_login(cast.coordinator)
    return client


def words(response: Any) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def days(starts: date, ends: date) -> dict[str, str]:
    return {"starts_on": starts.isoformat(), "ends_on": ends.isoformat()}


def fresh(user: User) -> User:
    """As the next request has them."""
    return User.objects.get(pk=user.pk)


def named(cast: Cast, **fields: Any) -> RoleAssignment:
    """Somebody new stands in for the co-ordinator for a fortnight from today."""
    said = {"person": cast.coordinator, "email": "li@marlshire.example", "name": "Li", "by": cast.coordinator}
    dates = {"starts_on": today(), "ends_on": today() + FORTNIGHT}
    return actions.name_deputy(**{**said, **dates, **fields})


def test_r_20_9_a_fortnight_over_the_role_has_ended_by_itself(cast: Cast, office: Client) -> None:
    """From the page that names the deputy to the day after."""
    mine = RequestFactory(host=cast.host, status="under_review", owner=cast.coordinator)
    sent = {"person": cast.coordinator.pk, "email": "Li@Marlshire.example", "name": "Li"}
    page = office.post(reverse("staff:deputy_name"), {**sent, **days(today(), today() + FORTNIGHT)}, follow=True)
    assert "Li stands in for" in words(page)
    deputy = User.objects.get(email="li@marlshire.example")
    assert f"Li stands in for {cast.coordinator}" in words(office.get(reverse("home"))), "the office's page says so"
    mail = Message.objects.get(to_email="li@marlshire.example")
    assert f"standing in for {cast.coordinator}" in mail.body
    assert "It ends with" in mail.body

    deputys = Client()
    deputys.force_login(deputy)
    queue = words(deputys.get(reverse("placements:queue"), {"owner": "me"}))
    assert mine.reference in queue
    assert f"{cast.coordinator}, now Li" in queue
    later = today() + timedelta(days=9)
    decisions.wait(request=mine, by=fresh(deputy), ending="no_expertise", note="", look_again_on=later)
    told = timeline.events(OutreachRequest.objects.get(pk=mine.pk), reader=cast.coordinator)[0]
    assert told["by"] == f"Li for {cast.coordinator}"
    assert f"Li for {cast.coordinator}" in words(office.get(reverse("placements:request_detail", args=[mine.pk])))
    assert f"Li for {cast.coordinator}" in words(office.get(reverse("staff:audit")))
    mine.refresh_from_db()
    assert mine.owner == cast.coordinator, "the case was never anybody else's"

    with time_machine.travel(today() + FORTNIGHT + timedelta(days=1)):
        assert not fresh(deputy).role_set
        assert fresh(deputy).looks_after == {deputy.pk}
        assert deputys.get(reverse("placements:queue")).status_code in {302, 403}, "the session has ended with the role"
        with pytest.raises(PermissionDenied):
            owning.hand_over(requests=[mine], owner=None, by=fresh(deputy))


def test_r_20_9_a_deputy_takes_cases_on_for_the_one_who_comes_back(cast: Cast) -> None:
    deputy = fresh(named(cast).user)
    asked = RequestFactory(host=cast.host, status="submitted")
    moved = decisions.take_up(request=asked, by=deputy)
    assert moved.owner == cast.coordinator
    moves = Transition.objects.about(asked).latest("pk")
    assert (moves.by, moves.done_for) == (deputy, cast.coordinator)
    with pytest.raises(Refused):
        owning.hand_over(requests=[asked], owner=deputy, by=cast.coordinator)


def test_r_20_9_notes_of_the_one_who_is_away_stand_on_the_deputys_first_page(cast: Cast, client: Client) -> None:
    deputy = fresh(named(cast).user)
    NOTES.save(by=cast.coordinator, text="Ring about the hall", due_on=today(), owner=cast.coordinator)
    client.force_login(deputy)
    assert "note of your own" in words(client.get(reverse("home")))
    assert "Ring about the hall" in words(client.get(reverse("placements:notes"), {"whose": "me"}))


def test_r_20_9_a_deputy_needs_a_second_step(cast: Cast, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    deputy = named(cast, starts_on=today() + timedelta(days=1)).user
    assert not second_step.is_wanting(fresh(deputy))
    with time_machine.travel(today() + timedelta(days=1)):
        assert second_step.is_wanting(fresh(deputy))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first": -1}, "The first day must be today or later"),
        ({"first": 5, "last": 4}, "The last day must be on or after the first day"),
        ({"email": "coordinator"}, "Nobody is their own deputy"),
        ({"name": ""}, "Enter the name, too"),
        ({"email": "host_head"}, "This person belongs to a school"),
        ({"email": "ast"}, "This person belongs to a school"),
        ({"email": "left"}, "This account is suspended"),
        ({"person": "left"}, "Select who is away from the list"),
    ],
)
def test_r_20_9_who_and_when_cannot_be(cast: Cast, office: Client, changes: dict[str, Any], said: str) -> None:
    gone = UserFactory(name="Bo", email="bo@marlshire.example", is_active=False)
    known = {"left": gone, "coordinator": cast.coordinator, "host_head": cast.host_head, "ast": cast.ast}
    first = today() + timedelta(days=changes.get("first", 0))
    last = today() + timedelta(days=changes.get("last", 10))
    whose = known.get(changes.get("person", "coordinator"), cast.coordinator)
    email = known[changes["email"]].email if "email" in changes else "li@marlshire.example"
    sent = {"person": whose.pk, "email": email, "name": changes.get("name", "Li"), **days(first, last)}
    before = User.objects.count()
    shown = words(office.post(reverse("staff:deputy_name"), sent))
    assert said in shown, shown[shown.find("There is a problem") :][:300]
    assert not RoleAssignment.objects.deputies().exists()
    assert User.objects.count() == before, "nothing half-done"


def test_r_20_9_deputies_do_not_overlap(cast: Cast) -> None:
    """Neither two for one person, nor one for two; on the day after the last the next may begin."""
    named(cast)
    with pytest.raises(Refused, match="already"):
        named(cast, email="mo@marlshire.example", name="Mo", starts_on=today() + FORTNIGHT)
    with pytest.raises(Refused, match="already"):
        named(cast, person=cast.administrator)
    later = named(
        cast,
        email="mo@marlshire.example",
        name="Mo",
        starts_on=today() + FORTNIGHT + timedelta(days=1),
        ends_on=today() + FORTNIGHT + timedelta(days=9),
    )
    with pytest.raises(Refused, match="already"):
        actions.change_days(deputy=later, starts_on=today() + FORTNIGHT, ends_on=later.ends_on, by=cast.coordinator)


def test_r_20_9_changed_half_way_and_ended_early(cast: Cast, office: Client) -> None:
    deputy = named(cast)
    last = today() + timedelta(days=20)
    with time_machine.travel(today() + timedelta(days=3)):
        office.force_login(cast.coordinator)
        sent = {"ends_on": last.isoformat()}
        page = office.post(reverse("staff:deputy_change", args=[deputy.pk]), sent, follow=True)
        deputy.refresh_from_db()
        assert deputy.ends_on == last, words(page)
        assert Message.objects.filter(kind="deputy-changed").count() == 1
        page = office.post(reverse("staff:deputy_end", args=[deputy.pk]), {}, follow=True)
        assert "no longer stands in" in words(page)
        assert not fresh(deputy.user).role_set
        deputy.refresh_from_db()
        assert deputy.ends_on == today() - timedelta(days=1)
        assert "already" in words(office.post(reverse("staff:deputy_end", args=[deputy.pk]), {}))


def test_r_20_9_undone_before_it_begins(cast: Cast) -> None:
    """Two at once: the second is told that nothing is left to end."""
    deputy = named(cast, starts_on=today() + timedelta(days=2))
    user = deputy.user
    key = deputy.pk
    actions.end_deputy(deputy=deputy, by=cast.coordinator)
    assert not RoleAssignment.objects.filter(pk=key).exists()
    ended = AuditEvent.objects.about(user).filter(verb="Deputy ended").get()
    assert ended.before["last day"] == (today() + FORTNIGHT).isoformat()
    with pytest.raises(Refused, match="over already"):
        actions.end_deputy(deputy=RoleAssignment(pk=key), by=cast.coordinator)


def test_r_20_9_a_deputy_cannot_lengthen_the_own_time(cast: Cast) -> None:
    role = named(cast)
    deputy = fresh(role.user)
    with pytest.raises(Refused, match="ask whom you stand in for"):
        actions.change_days(deputy=role, starts_on=role.starts_on, ends_on=date(2027, 5, 1), by=deputy)
    with pytest.raises(Refused, match="A deputy’s role ends"):
        people.add_person(name="Li", email=deputy.email, role="coordinator", by=deputy)


def test_r_20_9_another_co_ordinator_acts_in_the_own_right(cast: Cast) -> None:
    """The own decisions are not marked as somebody else's; the cases are seen as one's own."""
    second = person("Mo", "mo@marlshire.example", "coordinator")
    named(cast, email=second.email, name="")
    acting = fresh(second)
    asked = RequestFactory(host=cast.host, status="submitted")
    decisions.take_up(request=asked, by=acting)
    assert Transition.objects.about(asked).latest("pk").who == "Mo"
    assert acting.looks_after == {second.pk, cast.coordinator.pk}


def test_r_20_9_the_last_co_ordinator_is_not_the_deputy(cast: Cast) -> None:
    named(cast)
    with pytest.raises(Refused, match="only co-ordinator"):
        accounts.leave(person=cast.coordinator, last_day=today(), by=cast.coordinator)


def test_r_20_9_pressed_twice_there_is_one_deputy(cast: Cast, office: Client) -> None:
    sent = {"person": cast.coordinator.pk, "email": "li@marlshire.example", "name": "Li"}
    sent |= {**days(today(), today() + FORTNIGHT)}
    office.post(reverse("staff:deputy_name"), sent)
    assert "already" in words(office.post(reverse("staff:deputy_name"), sent))
    assert RoleAssignment.objects.deputies().count() == 1


def test_r_20_9_an_administrator_reads_who_stands_in_and_changes_nothing(cast: Cast, office: Client) -> None:
    change = reverse("staff:deputy_change", args=[named(cast).pk])
    assert change in office.get(reverse("staff:deputies")).content.decode()
    office.force_login(cast.administrator)
    page = office.get(reverse("staff:deputies")).content.decode()
    assert "Li" in page
    assert change not in page
    assert office.get(change).status_code == 403


@pytest.mark.parametrize("many", [1, 30])
def test_r_20_9_the_list_asks_the_same_for_thirty(
    cast: Cast, office: Client, many: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(many):
        first = today() + timedelta(days=20 * n)
        named(cast, email=f"d{n}@marlshire.example", name=f"D{n}", starts_on=first, ends_on=first + FORTNIGHT)
    with django_assert_max_num_queries(12):
        assert "Stands in now" in words(office.get(reverse("staff:deputies")))
