"""An AST moves to another home school, in the middle of a placement, too (R-17.7, decision 19)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from astcoord.core import delivery
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.days import ledger
from placements.days.actions import days
from placements.matching import actions as matching
from placements.matching.models import MatchAnswer
from placements.placement.models import Placement
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.posts.actions import leaving, moving
from staff.posts.models import Post, PostMove
from staff.posts.tasks import look_after_posts
from tests.cast import Cast
from tests.factories import PostFactory, RequestFactory, SchoolFactory
from tests.placements import stories
from tests.placements.active import active, elsewhere
from tests.schools.pages import boxes, signed_in
from tests.staff.posts.changing import Asked, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
JANUARY = date(2027, 1, 4)


def answers(home: School, on: date = JANUARY) -> Any:
    return {"home": home.pk, **boxes("on", on)}


def record(cast: Cast, home: School | None = None, on: date = JANUARY, **more: Any) -> PostMove | None:
    given = {"post": cast.post, "by": cast.coordinator, **more}
    return moving.record(home=home or cast.elsewhere, on=on, **given)


def opens(person: User, placement: Placement) -> int:
    return signed_in(User.objects.get(pk=person.pk)).get(placement.get_absolute_url()).status_code


def test_r_17_7_a_move_in_the_middle_of_a_placement_is_carried_through_by_pages(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    placement = active(cast)
    days.plan_series(placement=placement, dates=[date(2026, 11, 3), date(2027, 1, 12)], days=1, by=cast.ast)
    before = ledger.balance(cast.post, cast.year)
    page = Asked("post_move", cast.post, cast.coordinator)
    asked = page.ask(**answers(cast.elsewhere))
    said = text(asked)
    assert (
        f"{placement.reference}, Fernleigh Primary School: active Stonecross Primary School is its home school" in said
    )
    assert "The headteacher of Stonecross Primary School Sees, arranges cover and signs from 4 January 2027" in said
    assert not PostMove.objects.exists()
    assert page.confirm(asked, **answers(cast.elsewhere)).status_code == 302
    told = Message.objects.filter(kind="ast-moves").values_list("to_email", flat=True)
    assert set(told) == {cast.home_head.email, cast.outsider.email, cast.ast.email}

    assert (look_after_posts(), opens(cast.home_head, placement), opens(cast.outsider, placement)) == (0, 200, 404)
    clock.move_to("2027-01-04 05:05:00Z")
    assert (look_after_posts(), look_after_posts()) == (1, 0)
    assert (opens(cast.home_head, placement), opens(cast.outsider, placement)) == (404, 200)
    post = Post.objects.get(pk=cast.post.pk)
    placement.refresh_from_db()
    assert (post.home, placement.home, placement.status) == (cast.elsewhere, cast.elsewhere, "active")
    assert ledger.balance(post, cast.year) == before
    assert placement.outreach_days.count() == 2
    roles = RoleAssignment.objects.filter(user=cast.ast).order_by("pk").values_list("school__name", "ends_on")
    assert list(roles) == [("Hollowbrook School", date(2027, 1, 3)), ("Stonecross Primary School", None)]
    assert signed_in(User.objects.get(pk=cast.ast.pk)).get(reverse("staff:own_post")).status_code == 302
    cover = signed_in(User.objects.get(pk=cast.outsider.pk)).get(reverse("placements:cover_dates"))
    assert "12 January 2027" in text(cover)
    seen = text(signed_in(cast.coordinator).get(reverse("staff:post", args=[post.pk])))
    assert "Moves Hollowbrook School to Stonecross Primary School, 4 January 2027" in seen


def test_r_17_7_what_is_signed_stays_and_the_new_head_signs_what_is_not(cast: Cast) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "host_head", "ast")
    said = text(Asked("post_move", cast.post, cast.coordinator).ask(**answers(cast.elsewhere, date(2026, 10, 6))))
    assert "names the old school: issue a new version after the move" in said
    frozen = stories.in_force(placement).document.facts
    record(cast, on=date(2026, 10, 6))
    assert stories.in_force(placement).document.facts == frozen
    assert opens(cast.outsider, placement) == 200


def test_r_17_7_a_match_asks_the_new_head_again_and_none_stays_with_the_own_school(cast: Cast) -> None:
    there = RequestFactory(host=cast.elsewhere, created_by=cast.outsider, status="submitted")
    other = RequestFactory(host=cast.host, created_by=cast.host_head, status="submitted")
    own, match = (
        matching.propose(request=request, post=cast.post, days=Decimal(3), by=cast.coordinator)
        for request in (there, other)
    )
    for each in (own, match):
        matching.answer(match=each, party="home_head", yes=True, by=cast.home_head)
    said = text(Asked("post_move", cast.post, cast.coordinator).ask(**answers(cast.elsewhere, date(2026, 10, 6))))
    assert "a yes of the old one lapses" in said
    assert "that school is the AST’s own then" in said
    record(cast, on=date(2026, 10, 6))
    own.refresh_from_db()
    match.refresh_from_db()
    assert (own.status, match.status) == ("refused", "proposed")
    assert not MatchAnswer.objects.filter(match=match, party="home_head").exists()
    assert Message.objects.filter(kind="match-proposed", to_email=cast.outsider.email).count() == 1
    matching.answer(match=match, party="home_head", yes=True, by=User.objects.get(pk=cast.outsider.pk))
    matching.answer(match=match, party="ast", yes=True, by=User.objects.get(pk=cast.ast.pk))
    assert Placement.objects.get(match=match).home == cast.elsewhere


def test_r_17_7_a_move_to_come_is_changed_and_taken_back(cast: Cast, clock: time_machine.Traveller) -> None:
    far = SchoolFactory(name="Oxlip School")
    record(cast)
    again = AuditEvent.objects.count()
    record(cast)
    assert AuditEvent.objects.count() == again  # sent twice is once
    record(cast, far, date(2027, 2, 1))
    move = PostMove.objects.get()
    assert (move.home, move.on) == (far, date(2027, 2, 1))
    client = signed_in(cast.coordinator)
    url = reverse("staff:post_move_back", args=[move.pk])
    assert url in client.get(reverse("staff:post_move", args=[cast.post.pk])).content.decode()
    assert client.post(url, {"reason": "The school has nobody to teach for"}).status_code == 302
    assert Message.objects.filter(kind="ast-stays", to_email=cast.ast.email).count() == 1
    clock.move_to("2027-02-01 05:05:00Z")
    assert look_after_posts() == 0
    with pytest.raises(Refused, match="has been carried out or is gone"):
        moving.take_back(move=move, reason="Twice", by=cast.coordinator)


def test_r_17_7_a_wrong_move_is_put_right_by_another(cast: Cast) -> None:
    active(cast)
    record(cast, on=date(2026, 10, 5))
    assert record(cast, on=date(2026, 10, 5)) is None
    record(cast, cast.home, date(2026, 10, 6))
    assert Post.objects.get(pk=cast.post.pk).home == cast.home
    assert Placement.objects.get().home == cast.home
    assert User.objects.get(pk=cast.ast.pk).has_role("ast")
    assert leaving.record(
        post=cast.post, last_day=date(2026, 12, 18), destination="head", reason="", by=cast.coordinator
    ).ends_on == date(2026, 12, 18)
    assert not RoleAssignment.objects.in_force(date(2026, 12, 19)).filter(user=cast.ast).exists()


def test_r_17_7_no_move_to_a_school_where_the_ast_works(cast: Cast) -> None:
    placement = active(cast)
    said = text(Asked("post_move", cast.post, cast.coordinator).ask(**answers(cast.host)))
    assert f"Wren Castellow works at Fernleigh Primary School in {placement.reference}" in said
    assert not PostMove.objects.exists()


def test_r_17_7_a_placement_begun_meanwhile_keeps_the_night_from_moving(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    record(cast, cast.host)
    active(cast)
    clock.move_to("2027-01-04 05:05:00Z")
    assert look_after_posts() == 0
    assert Post.objects.get(pk=cast.post.pk).home == cast.home


@pytest.mark.parametrize(
    ("school", "on", "words"),
    [
        ("home", JANUARY, "That is the home school already"),
        ("elsewhere", date(2025, 9, 1), "must be after 1 September 2025"),
        ("elsewhere", date(2062, 1, 4), "Check the year"),
        ("elsewhere", date(2027, 7, 1), "The last day in post is 30 June 2027"),
    ],
)
def test_r_17_7_wrong_schools_and_days_are_refused_with_words(cast: Cast, school: str, on: date, words: str) -> None:
    Post.objects.update(ends_on=date(2027, 6, 30))
    said = text(Asked("post_move", cast.post, cast.coordinator).ask(**answers(getattr(cast, school), on)))
    assert words in said
    assert not PostMove.objects.exists()


def test_r_17_7_another_post_at_the_new_school_is_in_the_way(cast: Cast) -> None:
    PostFactory(user=cast.ast, home=cast.elsewhere)
    with pytest.raises(Refused, match="has another AST post at Stonecross"):
        record(cast)


def test_r_17_7_a_school_without_a_head_is_named_before(cast: Cast) -> None:
    empty = SchoolFactory(name="Oxlip School")
    said = text(Asked("post_move", cast.post, cast.coordinator).ask(**answers(empty)))
    assert "The headteacher of Oxlip School Has no account: invite one" in said
    own = SchoolFactory(name="Sorrel School", head_name="Ada Fenn", email="ada@sorrel.example", email_is_own=True)
    said = text(Asked("post_move", cast.post, cast.coordinator).ask(**answers(own)))
    assert "The headteacher of Sorrel School Has no account yet, and gets one on signing in" in said


def test_r_17_7_of_two_at_once_the_second_sees_the_first(cast: Cast) -> None:
    far = SchoolFactory(name="Oxlip School")
    one, two = (Asked("post_move", cast.post, cast.coordinator) for _ in range(2))
    first, second = one.ask(**answers(cast.elsewhere)), two.ask(**answers(far))
    assert one.confirm(first, **answers(cast.elsewhere)).status_code == 302
    assert "Nothing is recorded yet" in text(two.confirm(second, **answers(far)))
    assert PostMove.objects.get().home == cast.elsewhere


def test_r_17_7_only_the_co_ordinator_moves_a_post(cast: Cast) -> None:
    for person in (cast.administrator, cast.home_head, cast.outsider, cast.ast):
        with pytest.raises(PermissionDenied):
            record(cast, by=person)


def test_thirty_placements_move_together(cast: Cast) -> None:
    for _ in range(30):
        elsewhere(cast, days=Decimal(1))
    record(cast, SchoolFactory(), date(2026, 10, 6))
    assert not Placement.objects.filter(home=cast.home).exists()
    delivery.deliver_all()
