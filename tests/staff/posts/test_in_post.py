"""Who is an AST on which day: each list asks with its own day, both ends of the post included (R-17.7, R-3.16)."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from astcoord.core.clock import today
from placements.agreement.forms.placements import PeerForm
from placements.balances.reads.alerts import for_everybody
from placements.days import budgets
from placements.days.models import LedgerEntry
from placements.deployment.reads import budgets as deployment
from placements.letters.actions import problems_now
from placements.letters.documents import round_facts
from schools.calendar.actions import save_year
from schools.calendar.models import Term
from schools.calendar.years import default_year
from staff.figures.reads import shares
from staff.posts.home import set_up
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 2), date(2026, 12, 11)


@pytest.fixture(autouse=True)
def held(cast: Cast) -> Post:
    """From the first day after half-term until a week before Christmas."""
    cast.post.starts_on, cast.post.ends_on, cast.post.checked_on = FIRST, LAST, None
    cast.post.save()
    cast.post.patterns.all().delete()
    return cast.post


def stands_in_the_list_of_expertise(cast: Cast) -> bool:
    client = Client()
    client.force_login(cast.coordinator)
    return cast.post.name in client.get(reverse("staff:expertise")).content.decode()


def has_an_own_page(cast: Cast) -> bool:
    client = Client()
    client.force_login(cast.ast)
    return client.get(reverse("staff:own_post")).status_code == 302


def asks_for_time_and_profile(cast: Cast) -> bool:
    found = {cast.post in Post.objects.without_pattern(today()), cast.post in Post.objects.stale(today())}
    assert len(found) == 1
    assert bool(cast.post.gaps(today())) in found
    return found.pop()


def counts_at_the_school(cast: Cast) -> bool:
    return bool(next(s for s in shares.schools(today()) if s == cast.home).asts)


LISTS = [
    stands_in_the_list_of_expertise,
    has_an_own_page,
    asks_for_time_and_profile,
    counts_at_the_school,
]


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: listed.__name__)
@pytest.mark.parametrize(
    ("day", "there"),
    [(date(2026, 10, 30), False), (FIRST, True), (LAST, True), (date(2026, 12, 12), False)],
    ids=["before", "first", "last", "after"],
)
def test_r_17_7_an_ast_stands_in_each_list_from_the_first_day_to_the_last(
    cast: Cast, clock: time_machine.Traveller, listed: Callable[[Cast], bool], day: date, *, there: bool
) -> None:
    clock.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    assert listed(cast) is there
    assert cast.post.is_in_post(day) is there


def test_r_17_7_letters_speak_of_those_in_post_in_their_term(cast: Cast) -> None:
    autumn, spring = Term.objects.get(slug="autumn-2026"), Term.objects.get(slug="spring-2027")
    assert round_facts(autumn)["asts_in_post"] == 0  # not today, 6 October
    assert round_facts(spring)["asts_in_post"] == 0  # has left by then
    Post.objects.update(ends_on=spring.starts_on)
    facts = round_facts(spring)
    assert (facts["asts_in_post"], facts["as_of"]) == (1, spring.starts_on.isoformat())


def test_r_17_7_somebody_who_starts_later_makes_letters_possible_and_somebody_who_left_does_not(cast: Cast) -> None:
    assert not problems_now(by=cast.coordinator)
    assert set_up(cast.coordinator, today()).done
    Post.objects.update(starts_on=date(2025, 9, 1), ends_on=date(2026, 10, 5))
    assert problems_now(by=cast.coordinator)
    assert not set_up(cast.coordinator, today()).done


def test_r_17_7_a_year_after_the_last_day_brings_no_budget_and_a_part_of_a_year_does(cast: Cast) -> None:
    save_year(default_year("2027-28"), by=None)
    other = PostFactory(ends_on=LAST)
    budgets.open_all(today())
    assert set(LedgerEntry.objects.values_list("post", "year__slug")) == {
        (cast.post.pk, "2026-27"),
        (other.pk, "2026-27"),
    }
    assert {name for name, _ in deployment.use_of_budgets(cast.year, cast.coordinator)} == {cast.post.name, other.name}


def test_r_17_7_only_who_is_in_post_is_offered_as_a_colleague_for_meetings(cast: Cast) -> None:
    other, placement = PostFactory(), cast.placement()
    for ends_on, there in ((None, True), (today(), True), (date(2026, 10, 5), False)):
        Post.objects.filter(pk=other.pk).update(ends_on=ends_on)
        offered = PeerForm(placement=placement).fields["post"].queryset  # type: ignore[attr-defined]
        assert list(offered) == ([other] if there else [])


def test_r_17_7_only_who_is_in_post_raises_alerts(cast: Cast) -> None:
    january = date(2027, 1, 20)
    Post.objects.update(starts_on=date(2025, 9, 1), first_post=False)
    for ends_on, there in ((None, True), (january, True), (date(2027, 1, 19), False)):
        Post.objects.update(ends_on=ends_on)
        assert (cast.post in [found.post for found in for_everybody(january)]) is there
