"""Feedback on sessions: for its giver the days to speak of, for everybody else counts only (R-11.15)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from astcoord.core.clock import today as now
from astcoord.core.wording import counted, date_words
from astcoord.core.words import say
from evaluation.diary.models import DiaryEntry
from evaluation.feedback.lifecycle import QUESTIONS, Said
from evaluation.feedback.models import SessionFeedback
from evaluation.feedback.rules import OPEN_FOR, earliest_open
from placements.days.lifecycle import DAY_COUNTS
from placements.days.models import OutreachDay
from placements.days.reads.parts import days_of
from placements.placement.models import Placement
from placements.supported.models import SupportedStaff
from placements.supported.reads import Offered


@dataclass(frozen=True)
class OwnSession:
    """A day of which a person may speak, until `until`, and what was said so far."""

    day: OutreachDay
    until: date
    feedback: SessionFeedback | None


def own_sessions(person: SupportedStaff, today: date) -> list[OwnSession]:
    """The newest first. Two queries."""
    given = {row.day_id: row for row in SessionFeedback.objects.filter(person=person)}
    return [OwnSession(day, day.on + OPEN_FOR, given.get(day.pk)) for day in _open_days(person, today)]


def _open_days(person: SupportedStaff, today: date) -> list[OutreachDay]:
    """Days that have been, in their fortnight, on which the person took part; the newest first."""
    recent = [day for day in reversed(days_of(person)) if earliest_open(today) <= day.on <= today]
    return attended(person, recent)


def attended(person: SupportedStaff, days: Iterable[OutreachDay]) -> list[OutreachDay]:
    """Those of the placement's `days` on which the person took part: where the diary is written up it says so. One
    query, none without days.
    """
    held = [day for day in days if day.status in DAY_COUNTS and person.takes_part(day.on)]
    if not held:
        return []
    others = DiaryEntry.objects.submitted().filter(day__in=held).exclude(staff=person)
    without = set(others.values_list("day_id", flat=True))
    return [day for day in held if day.pk not in without]


def for_person(person: SupportedStaff, token: str) -> list[Offered]:
    """The way to it from somebody's own page, while there is a day to speak of."""
    if not (days := _open_days(person, now())):
        return []
    words = f"Three ticks about {', '.join(date_words(day.on) for day in reversed(days))}. Others read counts only."
    url = reverse("evaluation:session_feedback", args=[token])
    return [Offered(say("Say how your days with the AST went"), url, words)]


@dataclass(frozen=True)
class SessionCounts:
    """What was said of one session, or of several: `lines` has for each question its words and a count per `Said`."""

    what: str
    answers: int
    lines: Sequence[tuple[str, Sequence[int]]]

    @property
    def in_words(self) -> str:
        """One sentence, as governors read it."""
        (_, useful), *_others = self.lines
        told = ", ".join(f"{label.lower()} {n}" for label, n in zip(Said.labels, useful, strict=True) if n)
        return f"{self.what}, {counted(self.answers, 'answer')}: useful {told}."


def of_placement(placement: Placement, today: date) -> list[SessionCounts]:
    """Day by day, the newest first; only days that are counted. One query."""
    rows = _counts(SessionFeedback.objects.counted(today).filter(day__placement=placement), "day__on")
    return [_named(date_words(row["day__on"]), row) for row in sorted(rows, key=lambda r: r["day__on"], reverse=True)]


def sentences(placements: Iterable[Placement], today: date) -> dict[int, str]:
    """For each placement of which enough was said, all of its sessions together in a sentence. One query."""
    ours = SessionFeedback.objects.counted(today).filter(day__placement__in=[p.pk for p in placements])
    return {row["day__placement"]: _all(row).in_words for row in _counts(ours, "day__placement")}


def of_all(feedback: QuerySet[SessionFeedback]) -> SessionCounts | None:
    """Everything of `feedback`, which is to be `counted`, in one; None where there is nothing. One query."""
    rows = _counts(feedback, "day")
    if not rows:
        return None
    total: Counter[str] = Counter()
    for row in rows:
        total.update({name: count for name, count in row.items() if name != "day"})
    return _all({**total, "sessions": len(rows)})


def _counts(feedback: QuerySet[SessionFeedback], by: str) -> list[dict[str, Any]]:
    said = {_key(column, code): Count("pk", filter=Q(**{column: code})) for column in QUESTIONS for code in Said.values}
    rows: Iterable[Any] = (
        feedback.order_by().values(by).annotate(answers=Count("pk"), sessions=Count("day", distinct=True), **said)
    )
    return list(rows)


def _all(row: dict[str, Any]) -> SessionCounts:
    return _named(counted(row["sessions"], "session"), row)


def _named(what: str, row: dict[str, Any]) -> SessionCounts:
    lines = [(question, [row[_key(column, code)] for code in Said.values]) for column, question in QUESTIONS.items()]
    return SessionCounts(what, row["answers"], lines)


def _key(column: str, code: str) -> str:
    return f"said_{column}_{code}"
