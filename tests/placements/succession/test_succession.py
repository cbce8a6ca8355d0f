"""A school closes and opens again under a new URN: everything goes over in one step, through the pages (R-17.6)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from placements.letters import actions as letters
from placements.letters.models import Letter
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.calendar.models import Term
from schools.register.lifecycle import LinkKind, RegisterStatus
from schools.register.models import Cluster, School, SchoolLink
from schools.succession.actions import settle
from schools.succession.models import Succession
from schools.succession.reads import what_goes
from staff.accounts.models import RoleAssignment, User
from tests.cast import Cast
from tests.factories import MatchFactory, PlacementFactory, PostFactory, RequestFactory, SchoolFactory, person
from tests.placements import stories
from tests.schools.pages import boxes, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

CLOSED, OPENED, TODAY = date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 6)


def close(school: School, on: date | None = CLOSED) -> School:
    """As the register's import does."""
    School.objects.filter(pk=school.pk).update(status=RegisterStatus.CLOSED, closed_on=on)
    school.refresh_from_db()
    return school


def academy(name: str = "Fernleigh Academy", **fields: Any) -> School:
    return SchoolFactory(**{"name": name, "opened_on": OPENED, "email": "", "chair_name": "", **fields})


def follow(cast: Cast, school: School, successor: School | None, **changes: Any) -> Succession:
    given = {"on": OPENED, "by": cast.coordinator}
    return settle(**{"school": school, "successor": successor, **given, **changes})


def user(someone: User) -> User:
    """Without what it remembers of its roles."""
    return User.objects.get(pk=someone.pk)


def confirm_page(school: School, successor: School | None) -> str:
    return reverse("schools:follows_settle", args=[school.urn, successor.urn if successor else 0])


def titles(school: School, successor: School | None, **more: Any) -> dict[str, list[str]]:
    """What the page lists: the heading, and each row with its fate."""
    sections = what_goes(school, successor, OPENED, **more)
    return {each.title: [f"{row.what}: {row.fate}" for row in each.rows] for each in sections}


def test_r_17_6_host_closed_with_a_successor_is_moved_through_the_pages(cast: Cast) -> None:
    """Given a host closed with a successor, when moved, then the old head sees the placement and can ask again."""
    placement = stories.active(cast)
    contract = stories.in_force(placement).document
    close(cast.host)
    new = academy()
    SchoolLink.objects.create(
        school=cast.host, other_urn=new.urn, other_name=new.name, kind=LinkKind.SUCCESSOR, words="Successor"
    )
    office, head = signed_in(cast.coordinator), signed_in(cast.host_head)

    first = text(office.get(reverse("tasks")))
    follows = reverse("schools:follows", args=[cast.host.urn])
    assert "Fernleigh Primary School: say what follows" in first
    assert follows in first
    shown = text(office.get(placement.get_absolute_url()))
    assert "The host school, Fernleigh Primary School, closed on" in shown
    assert follows in shown
    told = text(head.get(placement.get_absolute_url()))
    assert "The co-ordinator says which school goes on with its work" in told
    assert follows not in told

    asked = office.get(follows)
    assert "Fernleigh Academy, as the national register proposes" in text(asked)
    led = office.post(follows, {"choice": str(new.urn)})
    assert led.headers["Location"] == confirm_page(cast.host, new)
    page = text(office.get(confirm_page(cast.host, new)))
    for words in ("Rowan Oakhanger, Headteacher", "Petra Underhill, Governor, chair", placement.reference):
        assert words in page
    assert "Categories and programmes stay with the school that closed" in page
    done = office.post(confirm_page(cast.host, new), {**boxes("on", OPENED), "seen": ""}, follow=True)
    assert "Fernleigh Academy goes on with everything" in text(done)

    placement.refresh_from_db()
    assert (placement.host, placement.request.host) == (new, new)
    assert head.get("/").status_code == 302, "the role is another, so the session has ended"
    head = signed_in(cast.host_head)
    seen = text(head.get(placement.get_absolute_url()))
    assert "Wren Castellow at Fernleigh Academy" in seen
    assert "closed on" not in seen
    began = head.post(reverse("placements:request_new"), {"from": "", "school": new.pk})
    assert began.status_code == 302
    assert OutreachRequest.objects.filter(host=new, created_by=cast.host_head, status="draft").exists()
    assert placement.request.reference in text(head.get(reverse("placements:requests")))
    assert head.post(reverse("placements:request_again", args=[placement.request.pk])).status_code == 302
    assert OutreachRequest.objects.get(again_from=placement.request).host == new
    assert "Fernleigh Primary School" in str(contract.facts)
    contract.refresh_from_db()
    assert "Fernleigh Academy" not in str(contract.facts)
    assert "Fernleigh Primary School: say what follows" not in text(office.get(reverse("tasks")))


def test_r_17_6_roles_end_and_begin_on_the_day_and_each_person_is_told_once(cast: Cast) -> None:
    close(cast.host)
    new = academy()
    follow(cast, cast.host, new)
    old = RoleAssignment.objects.get(user=cast.host_head, school=cast.host)
    begun = RoleAssignment.objects.get(user=cast.host_head, school=new)
    assert (old.ends_on, begun.starts_on, begun.ends_on) == (CLOSED, OPENED, None)
    chair = RoleAssignment.objects.get(user=cast.chair, school=new)
    assert chair.is_chair
    mails = Message.objects.filter(kind="school-followed")
    assert sorted(mails.values_list("to_email", flat=True)) == ["petra@marlshire.example", "rowan@marlshire.example"]
    assert "Fernleigh Academy goes on with the work of Fernleigh Primary School" in mails[0].body
    assert not Message.objects.filter(kind="invitation").exists()
    assert AuditEvent.objects.about(cast.host_head).filter(verb="Role given", by=cast.coordinator).exists()


def test_r_17_6_the_same_answer_twice_moves_nothing_twice(cast: Cast) -> None:
    cast.placement()
    close(cast.host)
    new = academy()
    first = follow(cast, cast.host, new)
    before = (AuditEvent.objects.count(), Message.objects.count(), RoleAssignment.objects.count())
    assert follow(cast, cast.host, new) == first
    assert (AuditEvent.objects.count(), Message.objects.count(), RoleAssignment.objects.count()) == before


def test_r_17_6_two_people_who_choose_differently_the_second_is_told(cast: Cast) -> None:
    placement = cast.placement()
    close(cast.host)
    one, two = academy("Fernleigh Academy"), academy("Fernleigh Free School")
    office = signed_in(cast.coordinator)
    follow(cast, cast.host, one)
    late = office.post(confirm_page(cast.host, two), {**boxes("on", OPENED), "seen": ""})
    assert "Somebody else has just said what follows this school" in text(late)
    placement.refresh_from_db()
    assert placement.host == one
    assert Succession.objects.count() == 1


def test_r_17_6_a_wrong_successor_is_put_right_and_keeps_its_own(cast: Cast) -> None:
    """Only what went over goes on; the wrong school's own request, head and contacts stay."""
    placement = cast.placement()
    School.objects.filter(pk=cast.elsewhere.pk).update(chair_name="", chair_email="chair-own@marlshire.example")
    own = RequestFactory(host=cast.elsewhere, created_by=cast.outsider)
    lone = OutreachRequest.objects.get(pk=RequestFactory(host=cast.host, created_by=cast.host_head).pk)
    close(cast.host)
    right = academy()
    wrong = follow(cast, cast.host, cast.elsewhere)
    placement.refresh_from_db()
    cast.elsewhere.refresh_from_db()
    assert placement.host == cast.elsewhere
    assert cast.elsewhere.chair_name == cast.host.chair_name
    lone.refresh_from_db()
    assert lone.host == cast.elsewhere
    office = signed_in(cast.coordinator)
    said = text(office.get(reverse("schools:follows", args=[cast.host.urn])))
    assert "Stonecross Primary School follows since 1 October 2026. If that is wrong" in said
    page = confirm_page(cast.host, right)
    listed = text(office.get(page))
    assert placement.reference in listed
    assert own.reference not in listed
    office.post(page, {**boxes("on", OPENED), "seen": wrong.pk})
    for row in (placement, lone, own, cast.elsewhere):
        row.refresh_from_db()
    assert (placement.host, lone.host, own.host) == (right, right, cast.elsewhere)
    assert (cast.elsewhere.chair_name, cast.elsewhere.chair_email) == ("", "chair-own@marlshire.example")
    assert user(cast.host_head).schools_as(Role.HEADTEACHER) == {right.pk, cast.host.pk}
    assert user(cast.outsider).schools_as(Role.HEADTEACHER) == {cast.elsewhere.pk}
    assert list(Succession.objects.order_by("pk").values_list("replaced", "successor")) == [
        (True, cast.elsewhere.pk),
        (False, right.pk),
    ]


def test_r_17_6_none_after_all_brings_everything_back(cast: Cast) -> None:
    placement = cast.placement()
    close(cast.host)
    wrong = follow(cast, cast.host, academy())
    follow(cast, cast.host, None, instead_of=wrong)
    placement.refresh_from_db()
    assert placement.host == cast.host
    assert user(cast.host_head).schools_as(Role.HEADTEACHER) == {cast.host.pk}
    left = titles(cast.host, None)
    assert left["Placements"] == [
        f"{placement}, Waiting for the preliminary meeting: Stays: end it early, or let it run out with the office "
        "standing in for the school"
    ]
    assert "something of it is still to be decided" in text(signed_in(cast.coordinator).get(reverse("tasks")))


def test_r_17_6_closed_for_good_lists_what_is_left_to_decide_and_moves_nothing(cast: Cast) -> None:
    placement = cast.placement()
    close(cast.host)
    office = signed_in(cast.coordinator)
    led = office.post(reverse("schools:follows", args=[cast.host.urn]), {"choice": "nobody"})
    page = led.headers["Location"]
    shown = text(office.get(page))
    assert "Stays until you end it" in shown
    assert "Record that it has closed for good" in shown
    assert reverse("staff:person", args=[cast.host_head.pk]) in shown
    assert office.post(page, {**boxes("on", OPENED), "seen": ""}).status_code == 302
    placement.refresh_from_db()
    assert placement.host == cast.host
    assert "No school follows: this one has closed for good." in text(office.get(cast.host.get_absolute_url()))


def test_r_17_6_two_schools_merge_into_one_roles_at_both_are_one_role(cast: Cast) -> None:
    new = academy("Fernstone Academy")
    both = person("Alder Winstanley", "alder@marlshire.example", Role.GOVERNOR, cast.host)
    RoleAssignment.objects.create(user=both, role=Role.GOVERNOR, school=cast.elsewhere, starts_on=date(2026, 9, 1))
    close(cast.host)
    close(cast.elsewhere)
    follow(cast, cast.host, new)
    assert titles(cast.elsewhere, new)["Roles"] == [
        "Alder Winstanley, Governor: Held at Fernstone Academy already: one role there, this one ends",
        "Ivo Saltmarsh, Headteacher: Ends: Rowan Oakhanger is headteacher of Fernstone Academy",
    ]
    follow(cast, cast.elsewhere, new)
    there = RoleAssignment.objects.filter(school=new, ends_on=None)
    assert there.filter(user=both).count() == 1
    assert list(there.filter(role=Role.HEADTEACHER).values_list("user__name", flat=True)) == ["Rowan Oakhanger"]
    assert not RoleAssignment.objects.filter(user=cast.outsider, ends_on=None).exists()


def test_r_17_6_a_placement_whose_schools_become_one_stays_until_somebody_decides(cast: Cast) -> None:
    placement = cast.placement()
    close(cast.host)
    follow(cast, cast.host, cast.home)
    placement.refresh_from_db()
    assert (placement.host, placement.home) == (cast.host, cast.home)
    assert placement.request.host == cast.host
    listed = titles(cast.host, cast.home)
    assert "its home and host would be one school" in listed["Placements"][0]
    assert listed["Requests"] == [f"{placement.request.reference}, Placement made: Stays here with its placement"]
    office = signed_in(cast.coordinator)
    assert "Fernleigh Primary School: something of it is still to be decided" in text(office.get(reverse("tasks")))
    assert office.get(placement.get_absolute_url()).status_code == 200
    assert Placement.objects.visible_to(user(cast.home_head)).filter(pk=placement.pk).exists()


def test_r_17_6_an_asts_home_school_is_followed_with_post_and_placements(cast: Cast) -> None:
    placement = cast.placement()
    close(cast.home)
    new = academy("Hollowbrook Academy")
    follow(cast, cast.home, new)
    for row in (placement, cast.post):
        row.refresh_from_db()
    assert (cast.post.home, placement.home, placement.host) == (new, new, cast.host)
    head = user(cast.home_head)
    assert Placement.objects.visible_to(head).filter(pk=placement.pk).exists()
    assert RoleAssignment.objects.filter(user=cast.ast, role=Role.AST, school=new, ends_on=None).exists()


def test_r_17_6_a_post_stays_whose_ast_works_at_the_successor(cast: Cast) -> None:
    placement = cast.placement()
    close(cast.home)
    follow(cast, cast.home, cast.host)
    for row in (placement, cast.post):
        row.refresh_from_db()
    assert (cast.post.home, placement.home, placement.host) == (cast.home, cast.home, cast.host)
    assert "has a post or a placement at Fernleigh Primary School itself" in titles(cast.home, cast.host)["ASTs"][0]


def test_r_17_6_open_matches_go_on_and_impossible_ones_are_named(cast: Cast) -> None:
    match = MatchFactory(request=RequestFactory(host=cast.host, status="proposed"), post=cast.post)
    close(cast.host)
    new = academy()
    assert titles(cast.host, new)["Matches"][0].endswith("the others may still be given")
    assert "say no to the match" in titles(cast.host, cast.home)["Matches"][0]
    follow(cast, cast.host, new)
    match.refresh_from_db()
    assert (match.request.host, match.status) == (new, "proposed")


def test_r_17_6_closed_placements_stay_and_the_successors_head_reads_them(cast: Cast, client: Client) -> None:
    over = cast.placement(status="closed", ended_on=date(2026, 9, 20), ended_category="aims_met", ended_reason="Met.")
    close(cast.host)
    new = academy()
    follow(cast, cast.host, new)
    over.refresh_from_db()
    assert (over.host, over.request.host) == (cast.host, cast.host)
    head = signed_in(cast.host_head)
    assert "Wren Castellow at Fernleigh Primary School" in text(head.get(over.get_absolute_url()))
    assert head.get(cast.host.get_absolute_url()).status_code == 200
    head.post(reverse("placements:request_again", args=[over.request.pk]))
    assert OutreachRequest.objects.get(again_from=over.request).host == new
    assert signed_in(cast.outsider).get(over.get_absolute_url()).status_code == 404


def test_r_17_6_a_letter_that_is_not_out_is_written_anew_and_no_school_gets_two(cast: Cast) -> None:
    term = Term.objects.order_by("starts_on").first()
    built = letters.build_round(term=term, by=cast.coordinator)
    close(cast.host)
    new = academy(email="office-new@marlshire.example")
    follow(cast, cast.host, new)
    follow(cast, cast.host, new)
    own = Letter.objects.get(round=built, school=new)
    assert "Fernleigh Academy" in str(own.document.facts)
    letters.approve_round(letter_round=built, by=cast.coordinator)
    sent = Message.objects.filter(kind="availability-letter")
    assert sent.filter(to_email="office-new@marlshire.example").count() == 1
    assert not sent.filter(to_email=cast.host.email).exists()


def test_r_17_6_a_letter_of_a_round_on_its_way_goes_out_to_the_successor(cast: Cast) -> None:
    School.objects.filter(pk=cast.host.pk).update(email="")
    term = Term.objects.order_by("starts_on").first()
    built = letters.build_round(term=term, by=cast.coordinator)
    letters.approve_round(letter_round=built, by=cast.coordinator)
    close(cast.host)
    new = academy(email="office-new@marlshire.example")
    follow(cast, cast.host, new)
    assert Letter.objects.get(round=built, school=new).message.to_email == "office-new@marlshire.example"


def test_r_17_6_contacts_fill_gaps_only_and_feeder_links_move(cast: Cast) -> None:
    cluster = Cluster.objects.create(name="Marl Valley", slug="marl-valley")
    School.objects.filter(pk=cast.host.pk).update(cluster=cluster)
    cast.host.feeds_into.add(cast.home)
    close(cast.host)
    new = academy(head_name="Dr Q Thornbury", email="")
    listed = titles(cast.host, new)
    assert "Headteacher: Ms R Oakhanger: Fernleigh Academy keeps its own: Dr Q Thornbury" in listed["Contacts"]
    assert "Cluster: Marl Valley: Written at Fernleigh Academy, which has none" in listed["Contacts"]
    follow(cast, cast.host, new)
    new.refresh_from_db()
    assert (new.head_name, new.cluster, new.email) == ("Dr Q Thornbury", cluster, cast.host.email)
    assert list(new.feeds_into.all()) == [cast.home]
    assert not cast.host.feeds_into.exists()


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("school", "successor", "on", "words"),
    [
        ({}, {}, OPENED, "does not say that Fernleigh Primary School has closed"),
        ({"status": "closing"}, None, OPENED, "is still open"),
        ({"status": "closed"}, {"status": "closed"}, OPENED, "has closed itself"),
        (
            {"status": "closed"},
            {"status": "proposed", "opened_on": date(2026, 11, 1)},
            OPENED,
            "has not opened yet: it opens on 1 November 2026",
        ),
        ({"status": "closed"}, {}, date(2026, 10, 7), "must be today or in the past"),
        ({"status": "closed", "closed_on": CLOSED}, {}, date(2026, 9, 29), "30 September 2026, when"),
        ({"status": "closed"}, {}, date(1926, 1, 1), "within the last two years"),
        ({"status": "closed"}, {}, date(2026, 9, 30), "1 October 2026, when Fernleigh Academy opened"),
    ],
)
def test_r_17_6_refused_with_words(
    cast: Cast, school: dict[str, Any], successor: dict[str, Any] | None, on: date, words: str
) -> None:
    School.objects.filter(pk=cast.host.pk).update(**school)
    cast.host.refresh_from_db()
    new = None if successor is None else academy(**successor)
    with pytest.raises(Refused, match=words):
        follow(cast, cast.host, new, on=on)
    assert not Succession.objects.exists()


def test_r_17_6_a_school_cannot_follow_itself_and_only_the_coordinator_says(cast: Cast) -> None:
    close(cast.host)
    with pytest.raises(Refused, match="cannot follow itself"):
        follow(cast, cast.host, cast.host)
    with pytest.raises(PermissionDenied):
        follow(cast, cast.host, academy(), by=cast.administrator)


def test_r_17_6_wrong_input_on_the_pages_says_what_to_do(cast: Cast) -> None:
    close(cast.host)
    new = academy()
    office = signed_in(cast.coordinator)
    follows = reverse("schools:follows", args=[cast.host.urn])
    assert "Choose the school that follows" in text(office.post(follows, {"choice": "other"}))
    assert "Select what follows" in text(office.post(follows, {}))
    assert "Enter the day" in text(office.post(confirm_page(cast.host, new), {"seen": ""}))
    typed = office.post(confirm_page(cast.host, new), {**boxes("on", OPENED), "seen": "not a number"})
    assert typed.status_code == 302


def test_r_17_6_a_school_proposed_to_close_may_be_followed_once_the_other_is_open(cast: Cast) -> None:
    School.objects.filter(pk=cast.host.pk).update(status="closing")
    cast.host.refresh_from_db()
    assert follow(cast, cast.host, academy()).successor is not None


def test_r_17_6_a_successor_that_closes_in_its_turn_hands_on_the_whole_chain(cast: Cast) -> None:
    placement = cast.placement()
    close(cast.host)
    first, last = academy(), academy("Fern Valley Academy")
    follow(cast, cast.host, first)
    close(first, on=OPENED)
    follow(cast, first, last, on=date(2026, 10, 5))
    placement.refresh_from_db()
    assert placement.host == last
    assert user(cast.host_head).schools_as(Role.HEADTEACHER) == {cast.host.pk, first.pk, last.pk}


def test_r_17_6_a_role_that_begins_after_the_day_moves_as_it_is(cast: Cast) -> None:
    late = person("Sable Thornley", "sable@marlshire.example", Role.GOVERNOR, cast.host)
    RoleAssignment.objects.filter(user=late).update(starts_on=date(2026, 11, 1))
    close(cast.host)
    new = academy()
    follow(cast, cast.host, new)
    role = RoleAssignment.objects.get(user=late)
    assert (role.school, role.starts_on, role.ends_on) == (new, date(2026, 11, 1), None)


def test_r_17_6_many_schools_stand_on_a_page_of_their_own(cast: Cast) -> None:
    office = signed_in(cast.coordinator)
    page = reverse("schools:closed")
    assert "Nothing hangs on a school that has closed" in text(office.get(page))
    for number in range(4):
        school = close(SchoolFactory(name=f"Withy Lane School {number}"))
        RequestFactory(host=school)
    assert page in text(office.get(reverse("tasks")))
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert text(office.get(page)).count("Say what follows") == 4
    for number in range(26):
        school = close(SchoolFactory(name=f"Hazel Lane School {number}"))
        RequestFactory(host=school)
    with CaptureQueriesContext(connection) as many:
        assert text(office.get(page)).count("Say what follows") == 30
    assert len(many) == len(few)


def test_r_17_6_the_page_costs_the_same_for_one_placement_and_thirty(cast: Cast) -> None:
    close(cast.host)
    new = academy()
    office = signed_in(cast.coordinator)

    def more(count: int) -> int:
        for _ in range(count):
            asked = RequestFactory(host=cast.host, status="placed")
            PlacementFactory(match__request=asked, match__post=PostFactory(home=cast.home))
            RequestFactory(host=cast.host)
            person("Juniper Vale", f"j{User.objects.count()}@marlshire.example", Role.GOVERNOR, cast.host)
        with CaptureQueriesContext(connection) as counted:
            assert office.get(confirm_page(cast.host, new)).status_code == 200
        return len(counted)

    assert more(1) == more(29)
    follow(cast, cast.host, new)
    assert Placement.objects.filter(host=new).count() == 30
    assert OutreachRequest.objects.filter(host=new).count() == 60


def test_r_17_6_no_page_of_it_for_anybody_but_the_coordinator(cast: Cast, clock: Any) -> None:
    clock.move_to(datetime(2026, 10, 6, 10, 0, tzinfo=UTC))
    close(cast.host)
    for someone in (cast.administrator, cast.officer, cast.host_head, cast.ast, cast.chair):
        client = signed_in(someone)
        assert client.get(reverse("schools:follows", args=[cast.host.urn])).status_code == 403
        assert client.get(reverse("schools:closed")).status_code == 403
        assert "say what follows" not in text(client.get("/"))
        assert "say what follows" not in text(client.get(reverse("tasks")))
