"""A clock that runs through three years, with every scheduled job: nothing is kept that the schedule says is gone.

One of each: completed as agreed, ended early and never closed, forgotten by everybody, undone before its start with a
request that is then declined. The nights are a fortnight apart, and every day on which something is due is one of them.
"""

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from astcoord.core import delivery, retention
from astcoord.settings.worker import CELERY_BEAT_SCHEDULE
from evaluation.diary.models import DiaryEntry
from placements.days.actions import days
from placements.endings.actions import completing, early, hooks, links
from placements.papers.models import PaperFile, SharedDocument
from placements.papers.reads import may_open_papers
from placements.placement.models import Placement
from placements.requests.actions import decisions
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.supported.models import Confirmation, SupportedStaff
from schools.calendar.actions import save_year
from schools.calendar.years import default_year
from tests.cast import Cast
from tests.placements.active import PEOPLE, active, elsewhere
from tests.placements.endings import ends

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("quick_print")]

LAST = ends.LAST
"""12 February 2027: the agreed last day of all of them."""
START, END = date(2026, 10, 6), date(2029, 10, 9)
BUSY = ("sweep_outbox", "finish_letter_rounds", "look_after_plans")
"""Jobs of every few seconds, which keep nothing."""


def night(clock: Any, on: date) -> None:
    """All scheduled jobs, as the worker runs them, and the post delivered."""
    clock.move_to(f"{on} 03:30:00Z")
    for entry in CELERY_BEAT_SCHEDULE.values():
        module, name = entry["task"].rsplit(".", 1)
        if name not in BUSY:
            getattr(import_module(module), name)()
    delivery.deliver_all()


def nights(clock: Any, first: date, last: date) -> None:
    while first < last:
        night(clock, first)
        first += timedelta(days=14)
    night(clock, last)


def private(placement: Placement, by: Any) -> None:
    """What is said of people in a placement: a situation, a goal, a paper, a diary."""
    RequestedStaff.objects.filter(request=placement.request).update(situation="some", email="juno@marlshire.example")
    placement.supported.update(email="juno@marlshire.example")
    wish = f"{PEOPLE[0]} would like to wait longer."
    Confirmation.objects.create(person=placement.supported.first(), agreed=("read",), development=wish)
    paper = SharedDocument.objects.create(placement=placement, kind="behaviour_policy")
    PaperFile.objects.create(
        paper=paper, name=f"{PEOPLE[0]}.txt", content_type="x", size=1, sha256="x", data=b"x", uploaded_by=by
    )


@pytest.fixture
def told(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Placement]:
    """All four, up to the last day; what the evaluation wants before completing is not the question here."""
    for year in ("2027-28", "2028-29", "2029-30"):
        save_year(default_year(year), by=None)
    monkeypatch.setattr(hooks, "before_completed", [])
    spells = {
        "completed": active(cast),
        **{name: elsewhere(cast) for name in ("ended early", "forgotten", "undone")},
    }
    OutreachRequest.objects.filter(placements=None).delete()  # the cast asks once for each spell at its own school
    for placement in spells.values():
        private(placement, cast.host_head)
    early.abandon(placement=spells["undone"], by=cast.coordinator, reason=f"{PEOPLE[0]} has left")
    asked = spells["undone"].request
    asked.refresh_from_db()
    decisions.decline(request=asked, by=cast.coordinator, ending="no_days", note="Nobody has days left.")
    day = days.plan_day(placement=spells["forgotten"], on=date(2026, 11, 17), days=Decimal(1), by=cast.ast)
    held = ends.held(cast, clock, spells["completed"], date(2026, 11, 3))
    for each, said in ((held[0], f"{PEOPLE[0]} taught."), (day, "A draft")):
        DiaryEntry.objects.create(day=each, author=cast.ast, priorities=said)
    clock.move_to("2026-12-01 10:00:00Z")
    early.end_early(
        placement=spells["ended early"],
        by=cast.ast,
        ended_on=date(2026, 12, 1),
        category="staffing",
        reason=f"{PEOPLE[0]} has left",
    )
    nights(clock, date(2026, 12, 2), LAST)
    return {name: Placement.objects.get(pk=placement.pk) for name, placement in spells.items()}


def test_after_three_years_nothing_is_kept_that_the_schedule_says_is_gone(
    cast: Cast, clock: Any, told: dict[str, Placement]
) -> None:
    night(clock, LAST + timedelta(days=1))
    assert set(RequestedStaff.objects.values_list("situation", flat=True)) == {""}, "the night after the last day"

    for placement in told.values():
        last_day = placement.over_on + timedelta(days=30)
        assert may_open_papers(cast.ast, placement, last_day), placement.status
        assert not may_open_papers(cast.ast, placement, last_day + timedelta(days=1)), placement.status

    clock.move_to("2027-03-20 10:00:00Z")  # five weeks late
    completed = told["completed"]
    assert completed.status == "final_evaluation"
    completing.complete(placement=completed, by=cast.coordinator)
    assert completed.ended_on == LAST
    links.note_link(placement=completed, note=f"{PEOPLE[0]} may ring", by=cast.ast)

    nights(clock, date(2027, 3, 21), date(2028, 2, 11))
    assert PaperFile.objects.held().count() == 2, "those of the completed and of the forgotten placement"
    night(clock, date(2028, 2, 13))
    assert not PaperFile.objects.held().exists()

    nights(clock, date(2028, 2, 27), LAST.replace(year=2029))
    assert SupportedStaff.objects.filter(name__in=PEOPLE).count() == 4, "two years to the day: still known"
    assert set(Placement.objects.values_list("status", flat=True)) == {"closed", "final_evaluation"}
    night(clock, LAST.replace(year=2029) + timedelta(days=1))
    assert not SupportedStaff.objects.filter(name__in=PEOPLE).exists()

    nights(clock, date(2029, 2, 27), END)
    assert not [done.line.what for done in retention.due(END) if done.count]
    dump = StringIO()
    call_command("dumpdata", "core", "schools", "staff", "placements", "evaluation", stdout=dump)
    found = [part for part in (*" ".join(PEOPLE).split(), "juno@") if part in dump.getvalue()]
    assert found == []
