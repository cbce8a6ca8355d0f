"""A new head takes over: the rights pass on to the day, and nothing of the history goes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from placements.placement.models import Placement
from staff.accounts.actions import heads, people
from staff.accounts.models import RoleAssignment, User
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory
from tests.staff.accounts.test_accounts import fresh, url

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2027, 9, 1)


def handover(cast: Cast, **changes: Any) -> heads.Handover:
    given = {"name": "Nerys Holloway", "email": "nerys@marlshire.example", "starts_on": SEPTEMBER}
    return heads.hand_over(**{"school": cast.host, "by": cast.coordinator, **given, **changes})


def test_r_16_2_a_headship_passes_on_from_september_with_all_rights(cast: Cast, client: Client, clock: Any) -> None:
    placement = cast.placement()
    page = reverse("placements:placement_detail", args=[placement.pk])
    done = handover(cast)
    assert [role.ends_on for role in done.ended] == [date(2027, 8, 31)]
    new = done.begun.user
    invitation = Message.objects.get(kind="invitation", to_email=new.email)
    assert "begins on 1 September 2027" in invitation.body

    clock.move_to(datetime(2027, 8, 31, 12, 0, tzinfo=UTC))
    assert visible(cast.host_head, placement, client, page)
    assert not visible(new, placement, client, page)
    clock.move_to(datetime(2027, 9, 1, 12, 0, tzinfo=UTC))
    assert not visible(cast.host_head, placement, client, page)
    assert visible(new, placement, client, page)
    assert cast.host not in type(cast.host).objects.cannot_yet_host(SEPTEMBER)
    kept = RoleAssignment.objects.filter(school=cast.host, role=Role.HEADTEACHER).count()
    assert kept == 2, "the old headship stays on record"


def visible(person: User, placement: Placement, client: Client, page: str) -> bool:
    """Whether the list and the page agree that this person may see the placement."""
    listed = Placement.objects.visible_to(fresh(person)).filter(pk=placement.pk).exists()
    client.force_login(fresh(person))
    status = client.get(page).status_code
    assert (status == 200) == listed, status
    return listed


def test_the_old_head_reads_only_what_is_still_theirs(cast: Cast, client: Client, clock: Any) -> None:
    mine, theirs = PostFactory(home=cast.elsewhere), cast.post
    people.add_person(
        name="x", email=cast.home_head.email, role=Role.HEADTEACHER, school=cast.elsewhere, by=cast.coordinator
    )
    handover(cast, school=cast.home)
    clock.move_to(datetime(2027, 9, 1, 12, 0, tzinfo=UTC))
    seen = set(Post.objects.visible_to(fresh(cast.home_head)))
    assert mine in seen
    assert theirs not in seen


def test_a_head_who_governs_elsewhere_keeps_that(cast: Cast, clock: Any) -> None:
    people.add_person(
        name="x", email=cast.host_head.email, role=Role.GOVERNOR, school=cast.elsewhere, by=cast.coordinator
    )
    handover(cast)
    clock.move_to(datetime(2027, 9, 1, 12, 0, tzinfo=UTC))
    assert fresh(cast.host_head).role_set == {Role.GOVERNOR}


def test_a_handover_that_has_begun_renames_the_head_in_letters(cast: Cast) -> None:
    handover(cast, starts_on=date(2026, 10, 6))
    cast.host.refresh_from_db()
    assert cast.host.head_name == "Nerys Holloway"
    assert fresh(cast.host_head).role_set == frozenset()


def test_a_handover_is_refused_where_the_days_or_the_person_are_wrong(cast: Cast) -> None:
    with pytest.raises(Refused, match="head of the school already"):
        handover(cast, email=cast.host_head.email.upper())
    RoleAssignment.objects.filter(user=cast.host_head).update(starts_on=SEPTEMBER)
    with pytest.raises(Refused, match="after the day"):
        handover(cast)
    with pytest.raises(Refused, match="within the last year"):
        handover(cast, starts_on=date(2020, 9, 1))
    assert not User.objects.filter(email="nerys@marlshire.example").exists()


def test_the_handover_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    page = client.get(url("hand_over"), {"school": cast.host.pk}).content.decode()
    assert "Headteacher now: <strong>Rowan Oakhanger" in page
    for odd in ("x", "9" * 30, "-1", ""):
        assert client.get(url("hand_over"), {"school": odd}).status_code == 200
    sent = {"school": cast.host.pk, "name": "Nerys Holloway", "email": "nerys@marlshire.example"}
    days = {"starts_on_day": "1", "starts_on_month": "9", "starts_on_year": "2027"}
    response = client.post(url("hand_over"), {**sent, **days}, follow=True)
    assert "Rowan Oakhanger is head until the day before." in response.content.decode()
    assert "Roles to come" in response.content.decode()
