"""An AST's full-time equivalent changes from a day on (R-17.7, R-4.1)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from placements.balances.reads.alerts import alerts_of
from placements.days import ledger, tasks
from placements.days.models import LedgerEntry
from placements.variations.models import TimeVariation
from placements.variations.tasks import look_after_variations
from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear
from schools.calendar.years import default_year
from staff.posts.actions import hours
from staff.posts.models import Post, PostHours
from staff.posts.rules import Spell
from tests.cast import Cast
from tests.factories import PostFactory
from tests.placements.active import active, elsewhere
from tests.schools.pages import boxes, signed_in
from tests.staff.posts.changing import Asked, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
JANUARY = date(2027, 1, 1)
PART = Decimal("0.6")


def answers(starts_on: date = JANUARY, fte: str = "0.6") -> Any:
    return {"fte": fte, **boxes("starts_on", starts_on)}


def record(cast: Cast, starts_on: date = JANUARY, fte: Decimal = PART, **more: Any) -> Post:
    return hours.record(**{"post": cast.post, "fte": fte, "starts_on": starts_on, "by": cast.coordinator, **more})


def budget(cast: Cast, post: Post | None = None) -> Decimal:
    return ledger.balance(post or cast.post, cast.year).budget


def test_r_17_7_from_full_time_to_three_days_the_budget_is_pro_rata_and_contracts_above_are_listed(cast: Cast) -> None:
    placement, other = active(cast, days=Decimal(16)), elsewhere(cast, days=Decimal(16))
    assert budget(cast) == 38
    page = Asked("post_hours", cast.post, cast.coordinator)
    asked = page.ask(**answers())
    said = text(asked)
    # 14 weeks of the autumn at 1, 24 of spring and summer at 0.6: 38 x (14 + 14.4) / 38 = 28.4.
    assert "Budget of 2026/27 38 days become 28.5 days. 32 days are given away, 3.5 days too many" in said
    for each in (placement, other):
        words = f"{each.reference}, {each.host.name} 16 days of 2026/27 under contract, and the year has too few."
        assert words in said
    assert budget(cast) == 38
    assert page.confirm(asked, **answers()).status_code == 302
    assert budget(cast) == Decimal("28.5")
    entry = LedgerEntry.objects.get(source="post")
    assert (entry.days, entry.reason) == (Decimal("-9.5"), "full-time equivalent 0.6 from 1 January 2027")
    alerts = alerts_of([Post.objects.get(pk=cast.post.pk)], date(2026, 10, 6))
    assert "The year is overdrawn" in [alert.title for found in alerts for alert in found.alerts]


def test_r_17_7_the_post_says_what_holds_today_and_what_will(cast: Cast, clock: time_machine.Traveller) -> None:
    record(cast)
    page = reverse("staff:post", args=[cast.post.pk])
    assert "Full-time equivalent 1; 0.6 from 1 January 2027" in text(signed_in(cast.home_head).get(page))
    post = Post.objects.get(pk=cast.post.pk)
    assert [post.fte_on(day) for day in (date(2026, 12, 31), JANUARY)] == [1, PART]
    clock.move_to("2027-01-05 09:00:00Z")
    assert "Full-time equivalent 0.6 In post" in text(signed_in(cast.home_head).get(page))
    lines = b"".join(signed_in(cast.coordinator).get(reverse("staff:posts"), {"export": "csv"})).decode()
    assert lines.splitlines()[1].endswith('In post,2026-09-07,"KS2, KS3",,0.6')


def test_r_17_7_a_year_that_begins_later_has_the_hours_of_its_weeks(cast: Cast) -> None:
    record(cast, date(2027, 9, 1))
    assert budget(cast) == 38  # this year stays
    save_year(default_year("2027-28"), by=None)
    tasks.open_budgets()
    next_year = AcademicYear.objects.get(slug="2027-28")
    assert ledger.balance(cast.post, next_year).budget == Decimal("22.75")


def test_r_17_7_a_change_to_come_is_taken_away_and_one_that_has_begun_is_not(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    record(cast)
    change = PostHours.objects.get()
    client = signed_in(cast.administrator)
    url = reverse("staff:post_hours_remove", args=[change.pk])
    assert url in client.get(reverse("staff:post_hours", args=[cast.post.pk])).content.decode()
    assert client.post(url, {"reason": "A mistake"}).status_code == 302
    assert (budget(cast), PostHours.objects.count()) == (38, 0)
    with pytest.raises(Refused, match="has begun or is gone"):
        hours.take_away(hours=change, reason="Twice", by=cast.coordinator)
    record(cast)
    clock.move_to("2027-01-02 09:00:00Z")
    with pytest.raises(Refused, match="has begun or is gone"):
        hours.take_away(hours=PostHours.objects.get(), reason="Late", by=cast.coordinator)
    record(cast, date(2027, 4, 12), Decimal(1))
    assert Decimal(28) < budget(cast) < 38


def test_r_17_7_sent_twice_is_once_and_the_same_day_again_is_another_answer(cast: Cast) -> None:
    record(cast)
    events = AuditEvent.objects.count()
    record(cast)
    assert (AuditEvent.objects.count(), PostHours.objects.count()) == (events, 1)
    record(cast, fte=Decimal("0.5"))
    assert PostHours.objects.get().fte == Decimal("0.5")
    assert LedgerEntry.objects.filter(source="post").count() == 2


@pytest.mark.parametrize(
    ("starts_on", "fte", "words"),
    [
        (date(2025, 8, 31), "0.6", "on or after 1 September 2025, the first day in post"),
        (date(2025, 9, 1), "0.6", "must be after 1 September 2025, the first day in post"),
        (date(2062, 1, 1), "0.6", "is far from today. Check the year"),
        (date(2027, 7, 1), "0.6", "The last day in post is 30 June 2027"),
        (JANUARY, "1", "1 holds on that day already"),
        (JANUARY, "0.05", "Enter a full-time equivalent from 0.1 to 1"),
        (JANUARY, "6", "Enter a full-time equivalent from 0.1 to 1"),
    ],
)
def test_r_17_7_wrong_days_and_hours_are_refused_with_words(cast: Cast, starts_on: date, fte: str, words: str) -> None:
    Post.objects.update(ends_on=date(2027, 6, 30))
    page = Asked("post_hours", cast.post, cast.coordinator)
    assert words in text(page.ask(**answers(starts_on, fte)))
    assert not PostHours.objects.exists()


def test_r_17_7_of_two_at_once_the_second_sees_the_first(cast: Cast) -> None:
    one, two = (Asked("post_hours", cast.post, each) for each in (cast.coordinator, cast.administrator))
    first, second = one.ask(**answers()), two.ask(**answers(fte="0.5"))
    assert one.confirm(first, **answers()).status_code == 302
    assert "28.5 days become" in text(two.confirm(second, **answers(fte="0.5")))
    assert PostHours.objects.get().fte == PART


def test_r_17_7_only_the_office_changes_hours(cast: Cast) -> None:
    for person in (cast.home_head, cast.ast, cast.officer, cast.consultant):
        with pytest.raises(PermissionDenied):
            record(cast, by=person)


def test_r_4_7_another_share_counts_by_the_hours_of_its_weeks(cast: Cast) -> None:
    dates = {"starts_on": JANUARY, "ends_on": date(2027, 7, 20)}
    agreed: Any = {"home_by": cast.home_head, "office_by": cast.coordinator, "home_on": JANUARY, "office_on": JANUARY}
    TimeVariation.objects.create(
        post=cast.post, share=Decimal("0.1"), reason="x", asked_by=cast.ast, status="in_force", **dates, **agreed
    )
    look_after_variations()
    whole = LedgerEntry.objects.get(source__startswith="variation").days
    record(cast)
    both = sum(LedgerEntry.objects.filter(source__startswith="variation").values_list("days", flat=True))
    assert (whole, both) == (-12, Decimal("-7.25"))
    assert budget(cast) == Decimal("21.25")


def test_hours_are_a_function_of_the_day() -> None:
    spell = Spell(date(2026, 9, 1), None, ((date.min, Decimal(1)),)).changed(JANUARY, PART)
    assert spell.changed(JANUARY, Decimal(1)).fte_on(JANUARY) == 1
    assert spell.changed(date(2026, 11, 2), Decimal("0.8")).fte_on(date(2026, 12, 1)) == Decimal("0.8")
    assert spell.fte_on(date(2020, 1, 1)) == 1


def test_the_part_of_a_starter_and_a_leaver_is_as_before(cast: Cast) -> None:
    late = PostFactory(starts_on=date(2027, 1, 6), fte=Decimal("0.5"))
    tasks.open_budgets()
    assert budget(cast, late) == 12
