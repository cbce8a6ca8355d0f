"""The plan of an outreach day: saved, mended, used for other days, and warned of (R-10.1, R-6.3, R-6.5, R-6.12)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from astcoord.core import home, subject_access
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.subject_access import Subject
from placements.days.actions import days as days_actions
from placements.days.actions import parts as actions
from placements.days.models import DayPart, OutreachDay
from placements.days.reads import lessons
from placements.days.reads import parts as parts_reads
from placements.days.rules.parts import Part, usual
from placements.personal import forgetting
from placements.placement.models import Placement
from placements.supported import actions as supported
from placements.supported.models import SupportedStaff
from tests.cast import Cast
from tests.placements.active import active, elsewhere
from tests.placements.days.test_days import FIRST, HALF, WHOLE, plan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 6)
WEEK = timedelta(days=7)
REST = [Part("meeting", 30), Part("together", 30)]


@pytest.fixture
def placement(cast: Cast) -> Placement:
    return active(cast)


@pytest.fixture
def day(cast: Cast, placement: Placement) -> OutreachDay:
    return plan(cast, placement)


def juno(placement: Placement) -> SupportedStaff:
    return placement.supported.get(name="Juno Pettifer")


def lesson(*watchers: SupportedStaff, taught: str = "Year 4", other: str = "") -> Part:
    return Part("model_lesson", 60, taught, tuple(w.pk for w in watchers), other, row=1)


def save(day: OutreachDay, parts: list[Part], by: Any, **more: Any) -> list[OutreachDay]:
    day.refresh_from_db()
    return actions.plan_parts(day=day, parts=parts, by=by, **{"seen": day.parts_version, **more})


def asked_of(user: Any) -> dict[str, home.Task]:
    return {task.title: task for task in home.tasks_for(user, TODAY)}


def test_r_10_1_a_plan_is_kept_in_its_order_and_in_history(cast: Cast, day: OutreachDay) -> None:
    save(day, usual(WHOLE), cast.ast)
    save(day, [lesson(juno(day.placement), other="Teaching assistant"), *REST], cast.ast)
    assert [(p.number, p.kind, p.minutes) for p in day.parts.all()] == [
        (1, "model_lesson", 60),
        (2, "meeting", 30),
        (3, "together", 30),
    ]
    taught = day.parts.get(number=1)
    assert (taught.same_class, taught.other_watcher) == ("y4", "Teaching assistant")
    assert [w.name for w in taught.watchers.all()] == ["Juno Pettifer"]
    events = AuditEvent.objects.about(day).filter(verb="outreach day: parts planned")
    assert events.count() == 2
    assert "Pettifer" not in str(events.values_list("before", "after"))


def test_r_10_1_without_non_contact_time_nothing_is_saved(cast: Cast, day: OutreachDay) -> None:
    with pytest.raises(Refused) as refused:
        save(day, [Part("work", 120), Part("together", 30)], cast.ast)
    assert [p.rule for p in refused.value.problems] == ["R-10.1"]
    assert not DayPart.objects.exists()


def test_r_10_1_the_ast_the_host_head_and_the_office_plan_and_nobody_else(cast: Cast, day: OutreachDay) -> None:
    for person in (cast.home_head, cast.outsider, cast.officer, cast.consultant, cast.chair):
        with pytest.raises(PermissionDenied):
            save(day, usual(WHOLE), person)
    for person in (cast.ast, cast.host_head, cast.coordinator, cast.administrator):
        save(day, usual(WHOLE), person)
    assert day.parts_version == 3
    told = Message.objects.filter(kind="day-parts")
    assert set(told.values_list("to_email", flat=True)) == {cast.ast.email}
    assert told.count() == 3


def test_r_10_1_no_plan_once_the_day_has_passed_or_is_cancelled(cast: Cast, day: OutreachDay, clock: Any) -> None:
    other = plan(cast, day.placement, FIRST + WEEK)
    days_actions.cancel_day(day=other, side="host", reason="Snow", by=cast.host_head)
    with pytest.raises(Refused, match="written up or cancelled"):
        save(other, usual(WHOLE), cast.ast)
    clock.shift(timedelta(days=29))
    with pytest.raises(Refused, match="This day has passed"):
        save(day, usual(WHOLE), cast.ast)


def test_r_6_3_a_model_lesson_nobody_watches_is_refused_when_planned(cast: Cast, day: OutreachDay) -> None:
    with pytest.raises(Refused, match="Nobody watches this model lesson") as refused:
        save(day, [lesson(), *REST], cast.ast)
    assert [p.rule for p in refused.value.problems] == ["R-6.3"]
    save(day, [lesson(other="The Year 4 teaching assistant"), *REST], cast.ast)
    assert day.parts.count() == 3


def test_r_6_3_a_watcher_of_another_placement_is_refused(cast: Cast, day: OutreachDay) -> None:
    stranger = juno(elsewhere(cast))
    with pytest.raises(Refused, match="supported in this placement"):
        save(day, [lesson(stranger), *REST], cast.ast)


def test_r_6_12_a_withdrawn_watcher_is_refused(cast: Cast, day: OutreachDay, clock: Any) -> None:
    supported.withdraw(person=juno(day.placement))
    with pytest.raises(Refused) as refused:
        save(day, [lesson(juno(day.placement)), *REST], cast.ast)
    assert [p.rule for p in refused.value.problems] == ["R-6.12"]


def test_r_6_12_a_withdrawal_leaves_future_days_and_the_ast_mends_the_plan(cast: Cast, day: OutreachDay) -> None:
    person = juno(day.placement)
    save(day, [lesson(person), *REST], cast.ast)
    days_actions.change_day(day=day, on=date(2026, 11, 3), days=WHOLE, venue="host", by=cast.ast)
    assert "Mend the plan of a day" not in home_titles(cast.ast)

    supported.withdraw(person=person)

    day.refresh_from_db()
    shown = parts_reads.day_plan(day, cast.ast, TODAY)
    assert [line.watched_by for line in shown.lines] == ["", "", ""]
    assert "Nobody watches this model lesson" in shown.to_mend[0]
    assert "Mend the plan of a day" in home_titles(cast.ast)
    save(day, [lesson(other="Teaching assistant"), *REST], cast.ast)
    assert parts_reads.day_plan(day, cast.ast, TODAY).to_mend == []
    assert "Mend the plan of a day" not in home_titles(cast.ast)


def home_titles(user: Any) -> set[str]:
    return set(asked_of_later(user))


def asked_of_later(user: Any) -> dict[str, home.Task]:
    """As the first page stands on 20 October, two weeks before the first day."""
    return {task.title: task for task in home.tasks_for(user, date(2026, 10, 20))}


def test_r_10_1_days_without_a_plan_stand_on_the_first_page(cast: Cast, placement: Placement) -> None:
    first, *_ = [plan(cast, placement, FIRST + n * WEEK) for n in range(3)]
    plan(cast, placement, FIRST + 3 * WEEK)  # more than four weeks ahead
    task = asked_of_later(cast.ast)["Plan what happens on the day"]
    assert (task.count, task.due, task.hint) == (
        3,
        FIRST,
        "3 days have no plan yet. The first is on 3 November 2026",
    )
    assert task.url.endswith(f"/days/{first.pk}/plan/")
    save(first, usual(WHOLE), cast.ast)
    assert asked_of_later(cast.ast)["Plan what happens on the day"].hint.startswith("2 days have no plan yet")
    save(OutreachDay.objects.get(on=FIRST + WEEK), usual(WHOLE), cast.ast)
    assert asked_of_later(cast.ast)["Plan what happens on the day"].hint == "On 17 November 2026"
    assert "Plan what happens on the day" not in asked_of_later(cast.host_head)


def test_r_10_1_a_day_made_shorter_has_a_plan_to_mend(cast: Cast, day: OutreachDay) -> None:
    save(day, usual(WHOLE), cast.ast)
    days_actions.change_day(day=day, on=FIRST, days=HALF, venue="host", by=cast.ast)
    day.refresh_from_db()
    assert "half a day holds 4 hours at most" in parts_reads.day_plan(day, cast.ast, TODAY).to_mend[0]


def test_r_10_1_one_plan_for_all_days_without_one(cast: Cast, placement: Placement) -> None:
    first, second, third, short = (
        plan(cast, placement, FIRST + n * WEEK, length) for n, length in enumerate((WHOLE, WHOLE, WHOLE, HALF))
    )
    other = plan(cast, elsewhere(cast), FIRST + 4 * WEEK)
    save(third, usual(WHOLE), cast.ast)

    planned = save(first, [lesson(juno(placement)), *REST], cast.ast, for_others=True)

    assert planned == [first, second]
    assert [p.kind for p in second.parts.all()] == ["work", "meeting", "together"]
    assert third.parts.count() == len(usual(WHOLE))
    assert not short.parts.exists()
    assert not other.parts.exists()


def test_r_10_1_the_form_begins_with_the_latest_plan_of_that_length(cast: Cast, placement: Placement) -> None:
    first, second, short = (
        plan(cast, placement, FIRST + n * WEEK, length) for n, length in enumerate((WHOLE, WHOLE, HALF))
    )
    assert parts_reads.start_of(first) == (usual(WHOLE), None)
    save(first, [lesson(juno(placement)), *REST], cast.ast)
    parts, taken_from = parts_reads.start_of(second)
    assert ([p.kind for p in parts], taken_from) == (["work", "meeting", "together"], first)
    assert parts_reads.start_of(short) == (usual(HALF), None)


def test_two_people_at_once_do_not_overwrite_each_other(cast: Cast, day: OutreachDay) -> None:
    save(day, usual(WHOLE), cast.ast, seen=0)
    with pytest.raises(Refused, match="Somebody else has changed this plan"):
        save(day, [Part("work", 200), *REST], cast.host_head, seen=0)
    assert day.parts.count() == len(usual(WHOLE))


def three_lessons(cast: Cast, placement: Placement, *classes: str) -> list[OutreachDay]:
    days = [plan(cast, placement, FIRST + n * WEEK) for n in range(len(classes))]
    for day, taught in zip(days, classes, strict=True):
        save(day, [lesson(juno(placement), taught=taught), *REST], cast.ast)
    return days


def test_r_6_5_a_third_model_lesson_for_a_class_warns_the_coordinator(
    client: Client, cast: Cast, placement: Placement
) -> None:
    days = three_lessons(cast, placement, "Year 4", "year 4 ", "Y4", "Year 5")
    found = lessons.supply_risks(placement)
    assert [(p.rule, p.code, p.warning) for p in found] == [("R-6.5", "supply-risk", True)]
    assert "has 3 model lessons in this placement" in found[0].message
    title = "Ask what repeated model lessons are for"
    assert asked_of(cast.coordinator)[title].count == 1
    for person in (cast.ast, cast.host_head, cast.home_head, cast.administrator):
        assert title not in asked_of(person)
    client.force_login(cast.coordinator)
    assert "may be supply" in client.get(placement.get_absolute_url()).content.decode()
    listed = client.get(asked_of(cast.coordinator)[title].url).content.decode()
    assert placement.reference in listed
    client.force_login(cast.host_head)
    assert "may be supply" not in client.get(placement.get_absolute_url()).content.decode()

    days_actions.cancel_day(day=days[0], side="host", reason="Snow", by=cast.host_head)
    assert lessons.supply_risks(placement) == []
    assert title not in asked_of(cast.coordinator)


def test_r_6_5_two_placements_are_not_counted_together(cast: Cast, placement: Placement) -> None:
    three_lessons(cast, placement, "Year 4", "Year 4")
    second = elsewhere(cast)
    save(plan(cast, second, FIRST + 3 * WEEK), [lesson(juno(second)), *REST], cast.ast)
    assert lessons.supply_risks(placement) == []
    assert lessons.repeated(Placement.objects.all(), 3) == []


def test_r_6_5_the_policy_says_how_many(cast: Cast, placement: Placement) -> None:
    three_lessons(cast, placement, "Year 4", "Year 4")
    cast.policy.same_class_lessons = 2
    cast.policy.save()
    assert len(lessons.supply_risks(placement)) == 1


def test_section_g_who_reads_what_of_a_plan(cast: Cast, day: OutreachDay) -> None:
    save(day, [lesson(juno(day.placement), taught="Juno Pettifer’s class", other="The TA"), *REST], cast.ast)

    def line(user: Any) -> tuple[str, str]:
        first = parts_reads.day_plan(day, user, TODAY).lines[0]
        assert (first.what == "Model lesson") is (user != cast.home_head)
        return first.taught, first.watched_by

    for person in (cast.ast, cast.host_head, cast.coordinator, cast.administrator):
        assert line(person) == ("Juno Pettifer’s class", "Juno Pettifer, The TA")
    assert line(cast.consultant) == ("A colleague’s class", "J.P., The TA")
    assert line(cast.home_head) == ("", "")
    kept, whole = (parts_reads.day_plan(day, user, TODAY) for user in (cast.home_head, cast.ast))
    assert [each.what for each in kept.lines] == [f"Part {number}" for number in range(1, len(kept.lines) + 1)]
    assert ([each.length for each in kept.lines], kept.total) == ([each.length for each in whole.lines], whole.total)


def test_section_g_names_in_a_plan_are_forgotten(cast: Cast, day: OutreachDay) -> None:
    save(day, [lesson(juno(day.placement), taught="Juno Pettifer’s class", other="Mr Ambleforth"), *REST], cast.ast)
    forgetting.forget_people(day.placement.request)
    kept = DayPart.objects.get(kind="model_lesson")
    assert (kept.taught, kept.same_class, kept.other_watcher) == ("A colleague’s class", "", "A colleague")


def test_r_16_3_a_plan_is_told_to_those_whom_it_is_about(cast: Cast, day: OutreachDay) -> None:
    save(day, [lesson(juno(day.placement), taught="Sorrel Ambleforth’s class"), *REST], cast.ast)
    own = str(subject_access.collect(Subject(user=cast.ast)))
    assert "Model lesson, 60 minutes, a colleague’s class" in own.replace("A colleague", "a colleague")
    hers = str(subject_access.collect(Subject(name="Juno Pettifer")))
    assert "Model lessons planned for you to watch" in hers
    assert "Ambleforth" not in hers
