"""A new head takes over: the rights pass on to the day, and nothing of the history goes."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from evaluation.evaluations.models import Evaluation
from placements.agreement.actions import contracts
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from staff.accounts import tasks
from staff.accounts.actions import heads, people
from staff.accounts.models import RoleAssignment, User
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import MatchFactory, PostFactory, RequestFactory, SchoolFactory, person
from tests.placements import stories
from tests.schools.pages import boxes
from tests.staff.accounts.test_accounts import fresh, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

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


def test_r_17_7_the_page_lists_what_waits_for_the_head_and_each_thing_goes_on(cast: Cast, client: Client) -> None:
    placement = stories.issued(cast)
    returned = RequestFactory(host=cast.host, status="returned", created_by=cast.host_head)
    draft = RequestFactory(host=cast.host, status="draft", created_by=cast.host_head, submitted_at=None)
    open_ = RequestFactory(host=cast.host, status="under_review", created_by=cast.host_head)
    day = OutreachDay.objects.create(placement=placement, on=date(2026, 11, 3), days=Decimal(1))
    form = Evaluation.objects.create(
        placement=placement, kind="interim", asked_of="host_head", opens_on=date(2026, 10, 1), due_on=date(2026, 12, 1)
    )
    client.force_login(cast.coordinator)
    page = client.get(url("hand_over"), {"school": cast.host.pk}).content.decode()
    for words in (
        f"{returned.reference}, Waiting for the headteacher’s answers",
        f"{draft.reference}, Draft",
        "Rowan Oakhanger stays named as who made it",
        "contract to sign",
        "1 outreach day to confirm",
        reverse("evaluation:evaluation", args=[form.pk]),
        reverse("placements:request_detail", args=[open_.pk]),
    ):
        assert words in page
    handover(cast, starts_on=date(2026, 10, 6))
    new = User.objects.get(email="nerys@marlshire.example")
    told = Message.objects.get(kind="what-waits", to_email=new.email)
    assert f"{returned.reference}, Waiting" in told.body
    assert open_.reference not in told.body
    client.force_login(new)
    first = client.get("/").content.decode()
    assert reverse("placements:contract", args=[placement.pk]) in first
    contracts.sign(placement=placement, version_number=1, party="host_head", by=new, declared=True)
    assert client.get(reverse("placements:request_step", args=[draft.pk, "subject"])).status_code == 200
    day.refresh_from_db()
    assert day.status == "planned"


def test_r_17_7_signatures_stay_and_the_home_heads_yes_waits_for_the_next(cast: Cast) -> None:
    placement = stories.active(cast)
    signed = stories.in_force(placement).signatures.get(party="host_head")
    match = MatchFactory(post=cast.post, request=RequestFactory(host=cast.elsewhere, status="proposed"))
    handover(cast, starts_on=date(2026, 10, 6))
    handover(cast, school=cast.home, name="Merle Ashdown", email="merle@marlshire.example", starts_on=date(2026, 10, 6))
    assert signed.user == cast.host_head
    assert stories.in_force(placement).signatures.get(party="host_head").user == cast.host_head
    told = Message.objects.get(kind="what-waits", to_email="merle@marlshire.example")
    assert "Wren Castellow for Stonecross Primary School" in told.body
    assert match.status == "proposed"


def test_r_17_7_a_head_to_come_begins_on_the_day_by_itself_and_once(cast: Cast, clock: Any) -> None:
    RequestFactory(host=cast.host, status="returned", created_by=cast.host_head)
    waiting = Message.objects.create(
        key="x", kind="request-returned", to_name="Rowan Oakhanger", to_email=cast.host_head.email,
        subject="A question",
        body="Dear Rowan Oakhanger\n\nWhich years?\n", message_id="<x@x>", about=cast.host,
        due_at=datetime(2027, 9, 3, tzinfo=UTC), give_up_at=datetime(2027, 9, 9, tzinfo=UTC),
    )  # fmt: skip
    done = handover(cast)
    assert heads.begin_headships(date(2027, 8, 31)) == 0
    cast.host.refresh_from_db()
    assert cast.host.head_name == "Ms R Oakhanger"
    clock.move_to(datetime(2027, 9, 2, 6, 0, tzinfo=UTC))
    assert tasks.begin_headships() == 1
    assert tasks.begin_headships() == 0
    for row in (cast.host, waiting):
        row.refresh_from_db()
    assert cast.host.head_name == "Nerys Holloway"
    assert (waiting.to_email, waiting.body) == ("nerys@marlshire.example", "Dear Nerys Holloway\n\nWhich years?\n")
    assert Message.objects.filter(kind="what-waits", to_email=done.begun.user.email).count() == 1


def test_r_17_7_first_heads_of_schools_are_no_handover(cast: Cast) -> None:
    person("Sorrel Wick", "sorrel@marlshire.example", Role.HEADTEACHER, SchoolFactory(), starts_on=date(2026, 10, 6))
    assert heads.begin_headships(date(2026, 10, 6)) == 0


def test_r_17_7_an_acting_head_has_a_last_day_and_the_head_comes_back(cast: Cast, client: Client, clock: Any) -> None:
    client.force_login(cast.coordinator)
    sent = {"school": cast.host.pk, "name": "Nerys Holloway", "email": "nerys@marlshire.example", "comes_back": "on"}
    days = boxes("starts_on", date(2026, 10, 12))
    refused = client.post(url("hand_over"), {**sent, **days})
    assert "Enter the last day, after which" in refused.content.decode()
    wrong = client.post(url("hand_over"), {**sent, **days, **boxes("until", date(2026, 10, 1))})
    assert "The last day must be on or after the first day" in wrong.content.decode()
    assert not User.objects.filter(email="nerys@marlshire.example").exists()
    client.post(url("hand_over"), {**sent, **days, **boxes("until", date(2027, 1, 31))})
    new = User.objects.get(email="nerys@marlshire.example")
    for on, head in ((11, cast.host_head), (12, new)):
        clock.move_to(datetime(2026, 10, on, 12, 0, tzinfo=UTC))
        assert list(RoleAssignment.objects.heads_of(cast.host, date(2026, 10, on)).values_list("user", flat=True)) == [
            head.pk
        ]
    clock.move_to(datetime(2027, 2, 1, 12, 0, tzinfo=UTC))
    assert fresh(cast.host_head).has_role(Role.HEADTEACHER)
    assert not fresh(new).has_role(Role.HEADTEACHER)
    assert tasks.begin_headships() == 1
    cast.host.refresh_from_db()
    assert cast.host.head_name == "Rowan Oakhanger"


def test_the_handover_page_asks_for_the_school_first(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    assert "Which school gets a new headteacher?" in client.get(url("hand_over")).content.decode()
    led = client.post(url("hand_over"), {"school": cast.host.pk})
    assert led.headers["Location"].endswith(f"?school={cast.host.pk}")
    assert "Select the school" in client.post(url("hand_over"), {"school": ""}).content.decode()


def test_r_17_7_the_handover_page_costs_the_same_for_one_and_thirty(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)

    def cost(more: int) -> int:
        for _ in range(more):
            RequestFactory(host=cast.host)
            cast.placement()
            MatchFactory(post__home=cast.host)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(url("hand_over"), {"school": cast.host.pk}).status_code == 200
        return len(counted)

    assert cost(1) == cost(29)
