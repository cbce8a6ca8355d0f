"""An AST is away from the post for a while, and comes back (R-17.7)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from astcoord.core.home import tasks_for
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from evaluation.diary.actions import remind_of_missing_entries
from evaluation.reviews.models import ImpactReview
from placements.days import ledger
from placements.days.actions import days
from placements.days.models import OutreachDay
from placements.letters.documents import round_facts
from placements.matching.reads.problem import gather
from placements.placement.models import PlannedReview
from schools.calendar.models import Term
from staff.posts.actions import absence
from staff.posts.models import Post, PostAbsence
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory
from tests.placements.active import active, elsewhere
from tests.schools.pages import boxes, signed_in
from tests.staff.posts.changing import Asked, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
FIRST, LAST = date(2026, 11, 9), date(2026, 11, 20)


def answers(first: date = FIRST, last: date | None = LAST, kind: str = "illness") -> Any:
    return {"kind": kind, **boxes("starts_on", first), **(boxes("ends_on", last) if last else {})}


def record(cast: Cast, first: date = FIRST, last: date | None = LAST, **more: Any) -> PostAbsence:
    given = {"post": cast.post, "kind": "illness", "by": cast.coordinator, **more}
    return absence.record(starts_on=first, ends_on=last, **given)


def test_r_17_7_the_page_lists_what_lies_in_the_time_and_then_records_it(cast: Cast) -> None:
    placement = active(cast)
    tuesdays = [date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 24)]
    days.plan_series(placement=placement, dates=tuesdays, days=1, by=cast.ast)
    budget = ledger.balance(cast.post, cast.year).budget
    Asked("post_absence", cast.post, cast.administrator).do(**answers())
    called_off = placement.outreach_days.filter(status="cancelled")
    assert [day.on for day in called_off] == tuesdays[1:3]
    assert {day.cancelled_reason for day in called_off} == {"The AST cannot come in this time"}
    assert ledger.balance(cast.post, cast.year).budget == budget
    (task,) = [t for t in tasks_for(cast.coordinator, date(2026, 10, 6)) if t.title.startswith("Decide how")]
    page = signed_in(cast.coordinator).get(task.url)
    assert f"{placement.reference}, Fernleigh Primary School: active You decide: wait for the AST" in text(page)
    held = PostAbsence.objects.get()
    assert signed_in(cast.administrator).post(reverse("staff:absence_decided", args=[held.pk])).status_code == 302
    assert not [t for t in tasks_for(cast.coordinator, date(2026, 10, 6)) if t.title.startswith("Decide how")]


def test_r_17_7_who_is_away_is_not_available_and_not_asked_for_anything(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    term = Term.objects.get(slug="autumn-2026")
    Post.objects.update(checked_on=None)
    record(cast, date(2026, 10, 6), None)
    now, post = date(2026, 10, 6), Post.objects.get(pk=cast.post.pk)
    assert "Not available now" in text(signed_in(cast.host_head).get(reverse("staff:expertise")))
    assert not any(line["available"] for line in round_facts(term)["expertise"])
    assert (post.gaps(now), list(Post.objects.stale(now))) == ([], [])
    assert Post.objects.in_post(now).filter(pk=post.pk).exists()
    record(cast, date(2026, 10, 6), date(2026, 10, 16), absence=PostAbsence.objects.get())  # comes back
    clock.move_to("2026-10-19 09:00:00Z")
    assert "Not available now" not in text(signed_in(cast.host_head).get(reverse("staff:expertise")))
    assert any(line["available"] for line in round_facts(term)["expertise"])


def test_r_17_7_matching_gives_no_day_of_the_time_away(cast: Cast) -> None:
    window = {"wanted_from": FIRST, "wanted_until": LAST}
    request = RequestFactory(host=cast.host, created_by=cast.host_head, status="submitted", **window)
    assert gather(request, date(2026, 10, 6)).ranked().rank_of(cast.post.pk) == 1
    record(cast)
    assert gather(request, date(2026, 10, 6)).ranked().rank_of(cast.post.pk) == 0
    request.wanted_until = date(2026, 12, 18)
    request.save()
    facts = next(each for each in gather(request, date(2026, 10, 6)).asts if each.post == cast.post.pk)
    assert [(slot.first > LAST, slot.last) for slot in facts.slots][-1] == (True, None)


def test_r_17_7_nobody_is_reminded_of_the_diary_while_away(cast: Cast, clock: time_machine.Traveller) -> None:
    placement = active(cast)
    days.plan_day(placement=placement, on=date(2026, 11, 3), days=Decimal(1), by=cast.ast)
    record(cast)
    clock.move_to("2026-11-16 09:00:00Z")
    assert remind_of_missing_entries(date(2026, 11, 16)) == 0
    assert remind_of_missing_entries(date(2026, 11, 23)) == 1


def test_r_17_7_why_is_for_the_office_the_ast_and_the_own_head(cast: Cast) -> None:
    placement = active(cast)
    days.plan_day(placement=placement, on=date(2026, 11, 10), days=Decimal(1), by=cast.ast)
    record(cast)
    page = reverse("staff:post", args=[cast.post.pk])
    for person in (cast.coordinator, cast.administrator, cast.home_head, cast.ast):
        assert "Away from 9 November 2026 to 20 November 2026 Illness" in text(signed_in(person).get(page))
    for person in (cast.officer, cast.consultant):
        assert "Illness" not in text(signed_in(person).get(page))
    assert not Message.objects.filter(body__icontains="illness").exists()
    assert not [event for event in AuditEvent.objects.all() if "illness" in str((event.before, event.after)).lower()]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 8, 1), LAST, "on or after 1 September 2025"),
        (FIRST, date(2026, 11, 8), "must be the same as or after the first"),
        (FIRST, date(2062, 1, 1), "The last day away is far from today"),
        (date(2026, 10, 12), date(2026, 10, 14), "Another time away is recorded from 12 October 2026"),
    ],
)
def test_r_17_7_wrong_days_are_refused_with_words(cast: Cast, first: date, last: date, words: str) -> None:
    record(cast, date(2026, 9, 14), date(2026, 9, 18))
    PostAbsence.objects.filter().update(starts_on=date(2026, 10, 12), ends_on=date(2026, 10, 13))
    with pytest.raises(Refused, match=words):
        record(cast, first, last)


def test_r_17_7_sent_twice_is_once_and_a_mistake_is_removed(cast: Cast) -> None:
    assert record(cast).pk == record(cast).pk
    held = PostAbsence.objects.get()
    url = reverse("staff:absence_remove", args=[held.pk])
    assert signed_in(cast.administrator).post(url, {"reason": "Somebody else"}).status_code == 302
    assert not PostAbsence.objects.exists()
    with pytest.raises(Refused, match="gone already"):
        absence.remove(absence=held, reason="Twice", by=cast.coordinator)


def test_r_17_7_only_the_office_records_it(cast: Cast) -> None:
    for person in (cast.home_head, cast.ast, cast.officer):
        with pytest.raises(PermissionDenied):
            record(cast, by=person)


def five_days(cast: Cast) -> tuple[Any, Any, list[OutreachDay]]:
    """Five half days at two schools in three weeks, and room after them."""
    here, there = active(cast, days=Decimal(6)), elsewhere(cast, days=Decimal(6))
    mine = days.plan_series(placement=here, dates=DATES, days=Decimal("0.5"), by=cast.coordinator)
    mine += days.plan_series(placement=there, dates=DATES[:2], days=Decimal("0.5"), by=cast.coordinator)
    Message.objects.all().delete()
    return here, there, sorted(mine, key=lambda day: day.pk)


DATES = [date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 24)]
THREE_WEEKS = {"first": date(2026, 11, 9), "last": date(2026, 11, 27)}


def test_r_20_4_three_weeks_of_illness_decide_five_days_at_two_schools_with_two_messages(cast: Cast) -> None:
    here, there, five = five_days(cast)
    asked, given = Asked("post_absence", cast.post, cast.coordinator), answers(**THREE_WEEKS)
    page = asked.ask(**given)
    for day in five:
        assert f'name="day_{day.pk}"' in page.content.decode()
    assert "Move it to Tuesday 1 December 2026" in text(page)
    decided = {
        f"day_{five[0].pk}": "cancel",
        f"day_{five[1].pk}": "keep",
        f"day_{five[2].pk}": "2026-12-01",
        f"day_{five[3].pk}": "cancel",
        f"day_{five[4].pk}": "2026-12-08",
    }
    assert asked.confirm(page, **given, **decided).status_code == 302
    stand = {day.pk: (day.on, day.status) for day in OutreachDay.objects.all()}
    assert stand == {
        five[0].pk: (DATES[0], "cancelled"),
        five[1].pk: (DATES[1], "planned"),
        five[2].pk: (date(2026, 12, 1), "planned"),
        five[3].pk: (DATES[0], "cancelled"),
        five[4].pk: (date(2026, 12, 8), "planned"),
    }
    to_hosts = Message.objects.filter(to_email__in=[cast.host_head.email, there.host.email])
    assert to_hosts.count() == 2
    said = to_hosts.get(to_email=cast.host_head.email).body
    assert "Called off: Tuesday 10 November 2026, 0.5 days" in said
    assert "Tuesday 24 November 2026 is now Tuesday 1 December 2026" in said
    assert there.host.name not in said
    (home,) = Message.objects.filter(to_email=cast.home_head.email)
    assert here.host.name in home.body
    assert there.host.name in home.body
    assert Message.objects.filter(to_email=cast.ast.email).count() == 1
    assert ledger.placement_sums(here)["plan"] == Decimal(1)


def test_r_20_4_a_date_that_is_gone_meanwhile_undoes_everything(cast: Cast) -> None:
    here, _, five = five_days(cast)
    asked, given = Asked("post_absence", cast.post, cast.coordinator), answers(**THREE_WEEKS)
    page = asked.ask(**given)
    days.plan_day(placement=here, on=date(2026, 12, 1), days=Decimal(1), by=cast.coordinator)
    Message.objects.all().delete()
    again = asked.confirm(page, **given, **{f"day_{five[2].pk}": "2026-12-01"})
    assert "Select what becomes of it" in text(again)
    assert not PostAbsence.objects.exists()
    assert not Message.objects.exists()
    assert not OutreachDay.objects.filter(status="cancelled").exists()


def test_r_20_4_two_days_on_one_date_are_refused_with_words_and_nothing_is_half_done(cast: Cast) -> None:
    _, _, five = five_days(cast)
    asked, given = Asked("post_absence", cast.post, cast.coordinator), answers(**THREE_WEEKS)
    page = asked.ask(**given)
    both = {f"day_{five[0].pk}": "2026-12-08", f"day_{five[1].pk}": "2026-12-08"}
    assert "2026-12-08" in page.content.decode()
    again = asked.confirm(page, **given, **both)
    assert "already an outreach day on 8 December 2026" in text(again)
    assert not PostAbsence.objects.exists()
    assert set(OutreachDay.objects.values_list("status", flat=True)) == {"planned"}


@pytest.mark.parametrize("wrong", ["nonsense", "2026-11-11", "2030-01-01"])
def test_r_20_4_what_was_not_offered_is_refused(cast: Cast, wrong: str) -> None:
    _, _, five = five_days(cast)
    asked, given = Asked("post_absence", cast.post, cast.coordinator), answers(**THREE_WEEKS)
    again = asked.confirm(asked.ask(**given), **given, **{f"day_{five[0].pk}": wrong})
    assert "Select what becomes of it" in text(again)
    assert not PostAbsence.objects.exists()


def test_r_20_4_matches_meetings_and_reviews_of_the_time_stand_on_the_same_page(cast: Cast) -> None:
    placement = active(cast)
    PlannedReview.objects.create(placement=placement, kind="review_meeting", on=date(2026, 11, 12))
    ImpactReview.objects.create(
        placement=placement, term=Term.objects.get(slug="autumn-2026"), due_on=date(2026, 11, 18)
    )
    request = RequestFactory(host=cast.elsewhere, created_by=cast.outsider, status="proposed")
    match = MatchFactory(request=request, post=cast.post, status="proposed", proposed_by=cast.coordinator)
    asked, given = Asked("post_absence", cast.post, cast.coordinator), answers()
    page = asked.ask(**given)
    assert "Review meeting on 12 November 2026, Fernleigh Primary School" in text(page)
    assert "due on 18 November 2026" in text(page)
    done = asked.confirm(page, **given, **{f"match_{match.pk}": "withdraw"})
    assert done.status_code == 302, text(done)
    match.refresh_from_db()
    assert match.status == "refused"


def test_r_20_4_no_day_is_planned_into_a_time_away_and_one_that_was_kept_can_be_written_up(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    placement = active(cast)
    kept = days.plan_day(placement=placement, on=date(2026, 11, 10), days=Decimal(1), by=cast.ast)
    record(cast, decisions={f"day_{kept.pk}": "keep"})
    with pytest.raises(Refused, match="recorded as away on 17 November 2026"):
        days.plan_day(placement=placement, on=date(2026, 11, 17), days=Decimal(1), by=cast.ast)
    with pytest.raises(Refused, match="recorded as away on 17 November 2026"):
        days.change_day(day=kept, on=date(2026, 11, 17), days=Decimal(1), venue="host", by=cast.ast)
    clock.move_to("2026-11-11 09:00:00Z")
    done = days.deliver_day(day=kept, on=kept.on, days=Decimal(1), venue="host", by=cast.ast)
    assert done.status == "done"


def test_r_20_4_somebody_with_a_course_to_come_falls_ill_before_it(cast: Cast) -> None:
    course = record(cast, first=date(2026, 12, 1), last=date(2026, 12, 1))
    asked = Asked("post_absence", cast.post, cast.coordinator)
    page = text(asked.client.get(asked.url))
    assert "Away from 1 December 2026 to 1 December 2026: change it" in page
    asked.do(**answers(last=date(2026, 11, 20)))
    assert cast.post.absences.count() == 2
    over = Asked("post_absence", cast.post, cast.coordinator).ask(**answers(last=date(2026, 12, 2)))
    assert "Another time away is recorded from" in text(over)
    Asked("absence", course, cast.coordinator).do(**answers(first=date(2026, 12, 2), last=date(2026, 12, 2)))
    course.refresh_from_db()
    assert course.starts_on == date(2026, 12, 2)


def test_r_20_4_ended_later_asks_for_the_days_that_are_new_and_ended_earlier_frees_the_rest(cast: Cast) -> None:
    placement = active(cast)
    days.plan_series(placement=placement, dates=DATES, days=1, by=cast.ast)
    held = record(cast, last=date(2026, 11, 13))
    asked = Asked("absence", held, cast.coordinator)
    page = text(asked.ask(**answers(last=date(2026, 11, 20))))
    assert "Tuesday 17 November 2026, Fernleigh Primary School" in page
    assert "Tuesday 10 November 2026" not in page
    record(cast, last=date(2026, 11, 9), absence=held)
    assert days.plan_day(placement=placement, on=date(2026, 11, 10), days=Decimal(1), by=cast.ast).status == "planned"
