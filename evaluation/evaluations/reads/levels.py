"""Evaluation level by level: of how many forms there is evidence. An empty level is never a nought (R-11.6)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from astcoord.core.clock import today
from astcoord.core.suppression import SMALLEST_GROUP
from astcoord.core.wording import counted
from astcoord.core.words import say, say_later
from evaluation.evaluations.lifecycle import EVALUATION_ANSWERED, AskedOf, EvaluationKind, Helps, Level
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.querysets import EvaluationQuerySet
from evaluation.evaluations.wording import LEVELS, NO_EVIDENCE
from evaluation.feedback import reads as feedback
from evaluation.feedback.lifecycle import Said
from evaluation.feedback.models import SessionFeedback
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject
from staff.figures.permissions import reads_sums
from staff.figures.reads.sheets import Cell, Sheet, Table

COLUMN = {level: name for name, level in LEVELS.items()}
"""Where the answer of each level is kept."""
HEADER = ("Level", "Forms handed in", "With evidence", "Without")
GIVEN = 2
"""The column that is never a nought."""
NOTE = say_later(
    "Counted are the forms of host headteachers and of the people supported that ask on four levels: after the end, in "
    "the final evaluation and at the return visit. A form counts as evidence of a level where it says something of it. "
    "The AST’s own part and the co-ordinator’s conclusion are not counted."
)
FEW = "Kinds of form are not shown one by one, because fewer than three forms of one kind have been handed in."


@dataclass(frozen=True)
class LevelLine:
    """One level of one placement: what the school's forms and those of the people supported come to, in words."""

    level: Level
    school: str
    people: str


def of_forms(forms: Iterable[Evaluation], sessions: str = "") -> list[LevelLine]:
    """A placement's forms, level by level; empty where none asks so. Of fewer than three people nothing is said.

    `sessions` is what participants said of them in one sentence: it belongs to the first level (R-11.15).
    """
    asked = [form for form in forms if form.levels]
    if not asked:
        return []
    answered = [form for form in asked if form.status in EVALUATION_ANSWERED]
    school = [form for form in answered if form.asked_of == AskedOf.HOST_HEAD]
    people = [form for form in answered if form.asked_of == AskedOf.SUPPORTED]
    told = {level: _said_by_people(people, level) for level in Level}
    if sessions:
        told[Level.REACTION] += f". {sessions}"
    return [LevelLine(level, _said(school, level), told[level]) for level in Level]


def _said(forms: Sequence[Evaluation], level: Level) -> str:
    given = sum(bool(getattr(form, COLUMN[level])) for form in forms)
    return f"In {given} of {counted(len(forms), 'form')}" if given else NO_EVIDENCE


def _said_by_people(forms: Sequence[Evaluation], level: Level) -> str:
    if 0 < len(forms) < SMALLEST_GROUP:
        return "Shown once three forms are in"
    return _said(forms, level)


@dataclass(frozen=True)
class Chosen:
    """What the report is narrowed to."""

    year: AcademicYear | None = None
    subject: str = ""

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        year = (("School year", str(self.year)),) if self.year else ()
        return (*year, ("Subject", str(Subject(self.subject).label))) if self.subject else year


def sheet(user: User, chosen: Chosen) -> Sheet:
    """R-11.6: all forms together and kind by kind, and what was said on the first level, of sessions too (R-11.15).

    Officers read nothing of fewer than three forms, nor what would give these away (section G).
    """
    forms, sums = _narrowed(Evaluation.objects.on_levels().counted_for(user), chosen), reads_sums(user)
    kinds = {row["kind"]: row for row in _per_kind(forms)}
    few = [row for row in kinds.values() if sums and row["forms"] < SMALLEST_GROUP]
    shown = bool(kinds) and not (sums and sum(row["forms"] for row in kinds.values()) < SMALLEST_GROUP)
    tables = [_table("csv", "All forms", list(kinds.values())), _reactions(forms)] if shown else []
    if shown and not few:
        tables[1:1] = [_table(kind, str(kind.label), [kinds[kind]]) for kind in EvaluationKind if kind in kinds]
    none = f"{NO_EVIDENCE}: no form that asks on four levels has been handed in."
    return Sheet(
        name="evaluation-by-level",
        title="Evaluation by level",
        tables=(*(_in_words(table, sums=sums) for table in tables), *_sessions(user, chosen, sums=sums)),
        chosen=chosen.words,
        notes=(NOTE, *([FEW] if few else [])),
        empty=none if not kinds else "Fewer than three forms have been handed in. What they say is not shown.",
    )


def _narrowed(forms: EvaluationQuerySet, chosen: Chosen) -> EvaluationQuerySet:
    if chosen.subject:
        forms = forms.filter(placement__subject=chosen.subject)
    if year := chosen.year:
        forms = forms.filter(submitted_at__date__range=(year.starts_on, year.ends_on))
    return forms


def _per_kind(forms: EvaluationQuerySet) -> list[dict[str, Any]]:
    given = {f"given_{level.value}": Count("pk", filter=~Q(**{name: ""})) for level, name in COLUMN.items()}
    rows: Iterable[Any] = forms.order_by().values("kind").annotate(forms=Count("pk"), **given)
    return list(rows)


def _table(code: str, title: str, rows: Sequence[dict[str, Any]]) -> Table:
    forms = sum(row["forms"] for row in rows)
    lines: list[tuple[Cell, ...]] = []
    for level in Level:
        given = sum(row[f"given_{level.value}"] for row in rows)
        lines.append((f"{level.value}. {level.label}", forms, given, forms - given))
    return Table(code, title, HEADER, tuple(lines))


def _reactions(forms: EvaluationQuerySet) -> Table:
    counts = dict(forms.order_by().exclude(helps="").values_list("helps").annotate(Count("pk")))
    rows = tuple((str(label), counts.get(code, 0)) for code, label in Helps.choices)
    return Table("reaction", "Reaction: does the support help?", ("Answer", "Forms"), rows)


def _sessions(user: User, chosen: Chosen, *, sums: bool) -> Iterator[Table]:
    """R-11.15: what participants said of sessions that ASTs led, as counts; nothing where there are none."""
    found = SessionFeedback.objects.counted(today()).counted_for(user)
    if chosen.subject:
        found = found.filter(day__placement__subject=chosen.subject)
    if year := chosen.year:
        found = found.filter(day__on__range=(year.starts_on, year.ends_on))
    if (counts := feedback.of_all(found)) is None:
        return
    rows: tuple[tuple[Cell, ...], ...] = tuple((question, counts.answers, *said) for question, said in counts.lines)
    table = Table(
        "sessions", f"Reaction: {counts.what} led {say('by ASTs')}", ("Question", "Answers", *Said.labels), rows
    )
    yield table.for_officers(sums=[(1, 2, 3, 4)]) if sums else table


def _in_words(table: Table, *, sums: bool) -> Table:
    """Small groups kept from officers; a level that nobody says anything of reads so."""
    if sums:
        table = table.for_officers(sums=[(1, 2, 3)] if table.header == HEADER else ())
    if table.header != HEADER:
        return table
    rows = tuple((*row[:GIVEN], row[GIVEN] or NO_EVIDENCE, *row[GIVEN + 1 :]) for row in table.rows)
    return Table(table.code, table.title, HEADER, rows)
