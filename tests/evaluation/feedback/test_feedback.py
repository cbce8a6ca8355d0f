"""Participants say how a session went: three ticks by the own link, counts for everybody else (R-11.15)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import subject_access
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from astcoord.core.subject_access import Subject
from evaluation.evaluations.actions import deciding
from evaluation.evaluations.lifecycle import AskedOf
from evaluation.feedback import actions
from evaluation.feedback.models import SessionFeedback
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from placements.supported.links import token_for
from placements.supported.models import SupportedStaff
from tests.cast import Cast
from tests.evaluation import stories
from tests.evaluation.evaluations import telling

pytestmark = pytest.mark.django_db

YES = {"useful": "yes", "next_step": "yes", "enough_time": "yes"}
NO = {"useful": "no", "next_step": "partly", "enough_time": "no"}
LATER = stories.NOVEMBER + timedelta(days=15)


@pytest.fixture
def day(cast: Cast, placement: Placement) -> OutreachDay:
    """Today, written up; eight people take part."""
    for number in range(6):
        name = ("Bo Li", "Søren Ng", "Ана Ко", "李 明", "Ty Wu", "Al Oz")[number]
        SupportedStaff.objects.create(placement=placement, name=name, kind="teacher", selection="self")
    entry = stories.write_up(cast, placement)
    entry.staff.set(placement.supported.all())
    return entry.day


def people(day: OutreachDay) -> list[SupportedStaff]:
    return list(day.placement.supported.order_by("pk"))


def address(person: SupportedStaff, name: str = "session_feedback", *args: int) -> str:
    return reverse(f"evaluation:{name}", args=[token_for(person), *args])


def say(person: SupportedStaff, day: OutreachDay, answers: dict[str, str]) -> Any:
    return Client().post(address(person, "session_feedback_day", day.pk), answers)


def everybody_says(day: OutreachDay, yes: int = 5, no: int = 3) -> None:
    for person, answers in zip(people(day), [YES] * yes + [NO] * no, strict=False):
        assert say(person, day, answers).status_code == 302


def page(user: Any, name: str, *args: Any, **query: str) -> str:
    client = Client()
    client.force_login(user)
    return b"".join(client.get(reverse(name, args=args), query)).decode()  # type: ignore[arg-type]


def evaluations(user: Any, day: OutreachDay) -> str:
    return page(user, "evaluation:placement_evaluations", day.placement_id)


HEAD = "What participants said of the days"


def test_r_11_15_given_8_forms_when_viewed_then_counts_only(cast: Cast, day: OutreachDay, clock: Any) -> None:
    everybody_says(day)
    clock.move_to(LATER)
    for reader in (cast.coordinator, cast.host_head, cast.ast, cast.consultant):
        told = evaluations(reader, day)
        assert HEAD in told
        assert "24 November 2026, 8 answers" in told
        cells = told.split("Was it useful to you?")[1].split("</tr>")[0]
        assert [part.split("</td>")[0] for part in cells.split('numeric">')[1:]] == ["5", "0", "3"]
    assert HEAD not in evaluations(cast.home_head, day)
    for person in people(day)[2:]:
        assert person.name not in evaluations(cast.ast, day).split(HEAD)[1].split("</table>")[0]


def test_r_11_15_nothing_is_counted_before_the_fortnight_is_over_nor_of_fewer_than_three(
    cast: Cast, day: OutreachDay, clock: Any
) -> None:
    everybody_says(day, yes=2, no=0)
    clock.move_to(stories.NOVEMBER + timedelta(days=14))
    assert say(people(day)[2], day, NO).status_code == 302
    assert HEAD not in evaluations(cast.coordinator, day)
    clock.move_to(LATER)
    assert "3 answers" in evaluations(cast.coordinator, day)
    SessionFeedback.objects.last().delete()  # type: ignore[union-attr]
    assert HEAD not in evaluations(cast.coordinator, day)


def test_r_11_15_it_is_asked_on_the_own_page_and_said_once_changed_and_taken_back(day: OutreachDay, clock: Any) -> None:
    person = people(day)[0]
    own = Client().get(reverse("placements:supported_form", args=[token_for(person)])).content.decode()
    assert "Say how your days with the AST went" in own
    assert "Not answered yet. You can until" in Client().get(address(person)).content.decode()
    say(person, day, YES)
    say(person, day, YES)
    say(person, day, NO)
    kept = SessionFeedback.objects.get()
    assert (kept.useful, kept.next_step, kept.enough_time) == ("no", "partly", "no")
    drawn = Client().get(address(person, "session_feedback_day", day.pk))
    assert drawn.context["form"]["useful"].value() == "no"
    assert "Answered. You can change it" in Client().get(address(person)).content.decode()
    for _ in range(2):
        Client().post(address(person, "session_feedback_take_back", day.pk))
    assert not SessionFeedback.objects.exists()
    clock.move_to(LATER)
    own = Client().get(reverse("placements:supported_form", args=[token_for(person)])).content.decode()
    assert "Say how your days" not in own
    assert "no day to speak of" in Client().get(address(person)).content.decode()


def test_r_11_15_what_is_missing_is_said_at_its_question(day: OutreachDay) -> None:
    found = say(people(day)[0], day, {"useful": "yes", "next_step": "perhaps"}).context["form"].errors
    assert found["enough_time"] == ["Answer “Was there enough time?”"]
    assert set(found) == {"next_step", "enough_time"}
    assert not SessionFeedback.objects.exists()


def test_r_11_15_only_of_days_that_have_been_that_are_ones_own_and_not_yet_counted(
    cast: Cast, day: OutreachDay, clock: Any
) -> None:
    person = people(day)[0]
    ahead = OutreachDay.objects.create(placement=day.placement, on=day.on + timedelta(days=2), days=1)
    off = OutreachDay.objects.create(
        placement=day.placement,
        on=day.on - timedelta(days=1),
        days=1,
        status="cancelled",
        cancelled_by="ast",
        cancelled_reason="Ill",
    )
    for wrong in (ahead, off):
        assert say(person, wrong, YES).status_code == 404
        with pytest.raises(Refused):
            actions.say(day=wrong, person=person, answers=YES)
    SupportedStaff.objects.filter(pk=person.pk).update(withdrew_on=day.on - timedelta(days=1))
    person.refresh_from_db()
    assert say(person, day, YES).status_code == 404, "withdrew before it"
    with pytest.raises(Refused):
        actions.say(day=day, person=person, answers=YES)
    other = people(day)[1]
    say(other, day, YES)
    clock.move_to(LATER)
    assert say(other, day, NO).status_code == 404
    with pytest.raises(Refused, match="can no longer be changed"):
        actions.take_back(day=day, person=other)
    assert SessionFeedback.objects.get().useful == "yes"


def test_r_11_15_history_tells_that_something_was_said_and_neither_what_nor_by_whom(day: OutreachDay) -> None:
    say(people(day)[0], day, NO)
    event = AuditEvent.objects.filter(verb__contains="feedback on a session").get()
    assert (event.by, event.before, event.after, event.reason) == (None, None, None, "") or not event.after
    assert event.about_id == day.pk


def test_r_11_15_a_day_called_off_later_is_not_counted(cast: Cast, day: OutreachDay, clock: Any) -> None:
    everybody_says(day)
    clock.move_to(LATER)
    OutreachDay.objects.update(status="cancelled", cancelled_by="ast", cancelled_reason="Was another day")
    assert HEAD not in evaluations(cast.coordinator, day)


def test_r_11_15_governors_read_it_on_the_first_level(
    cast: Cast, day: OutreachDay, clock: Any, quick_print: None
) -> None:
    Policy.objects.update(evaluation_model="levels", immediate_evaluation=True)
    everybody_says(day)
    clock.move_to(datetime(2027, 2, 20, 9, tzinfo=UTC))
    telling.asked_final(day.placement)
    telling.hand_in(telling.form_of(day.placement, AskedOf.HOST_HEAD), cast.host_head)
    words = "1 session, 8 answers: useful yes 5, no 3."
    assert words not in page(cast.chair, "evaluation:summary", day.placement_id), "not before it is concluded"
    own = telling.form_of(day.placement, AskedOf.COORDINATOR)
    deciding.conclude(form=own, answers=telling.answers(own), without_reason="None could", by=cast.coordinator)
    assert words in page(cast.chair, "evaluation:summary", day.placement_id)


def test_r_11_15_the_report_counts_all_sessions_and_officers_read_no_small_numbers(
    cast: Cast, day: OutreachDay, clock: Any
) -> None:
    everybody_says(day, yes=6, no=2)
    assert "led by ASTs" not in page(cast.coordinator, "evaluation:levels")
    clock.move_to(LATER)
    told = page(cast.coordinator, "evaluation:levels", export="sessions")
    assert "Was it useful to you?,8,6,0,2" in told
    officers = page(cast.officer, "evaluation:levels", export="sessions")
    assert "Was it useful to you?,8,not shown,0,fewer than 3" in officers
    assert "useful" in page(cast.consultant, "evaluation:levels")
    assert "led by ASTs" not in page(cast.coordinator, "evaluation:levels", subject="art")


def test_r_11_15_a_person_is_given_what_they_said_and_nobody_elses(cast: Cast, day: OutreachDay) -> None:
    first, second = people(day)[2:4]
    say(first, day, NO)
    sections = {each.title: each.rows for each in subject_access.collect(Subject(name=first.name))}
    assert "In part" in str(sections["What you said of days with the AST"])
    others = {each.title: each.rows for each in subject_access.collect(Subject(name=second.name))}
    assert not others.get("What you said of days with the AST")


def test_looking_changes_nothing_and_pages_cost_the_same_for_one_day_and_ten(day: OutreachDay) -> None:
    person = people(day)[0]
    cost = []
    for more in (range(1, 10), ()):
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address(person)).status_code == 200
            assert Client().head(address(person, "session_feedback_day", day.pk)).status_code == 200
        assert not [q for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        cost.append(len(queries))
        for back in more:
            OutreachDay.objects.create(placement=day.placement, on=day.on - timedelta(days=back), days=1)
    assert cost[0] == cost[1] <= 12
    assert Client().get(address(person, "session_feedback_take_back", day.pk)).status_code == 405
