"""A question answered as a page, a file and a paper: one table, one picture, and sentences for a committee (R-20.7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from astcoord.core.suppression import SMALLEST_GROUP
from astcoord.core.wording import counted, date_words, days_words, listed, number
from astcoord.core.words import say, say_later
from astcoord.ui.charts import plain
from evaluation.question.reads.asked import (
    DAYS,
    DONE,
    FIGURES,
    MET,
    OBJECTIVES,
    REQUESTS,
    ROWS,
    Answer,
    Key,
    Line,
    Question,
    answer,
)
from evaluation.reviews.wording import CONTRIBUTION
from placements.deployment.reads.deployed import UNDATED
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.accounts.querysets import consultant_subjects
from staff.figures.reads.sheets import Cell, Sheet, Table

TITLE = "Ask a question"
SHOWN, DRAWN = 50, 12
"""Lines on the page, and of those in the picture, at most; file and paper have all."""
SEVERAL = "What belongs to several lines counts in full on each, so the lines can come to more than the total."
MEANT = say_later(
    "A request counts on the day on which it was sent, and is met once an AST, the AST’s headteacher and the "
    "co-ordinator have agreed. Objectives count once the final evaluation of their placement is concluded."
)
FEW = say_later(
    "Objectives met are not shown line by line: a line has fewer than three placements, and could be worked out."
)
NONE_OF_FEW = say_later("Objectives met are not shown: fewer than three placements were concluded.")
WHOLE_YEARS = "Objectives met are told of whole school years alone, so that no single piece of work can be worked out."
UNNAMED = say_later("ASTs are named on the page and in its file, not on paper.")


@dataclass(frozen=True)
class Drawn:
    """The picture: the first figure that is asked for, days done before all, of the longest lines."""

    title: str
    unit: str
    rows: list[tuple[str, Decimal | int]]


def sheet(question: Question, reader: User) -> tuple[Sheet, Drawn]:
    """Eleven queries at most."""
    found = answer(question, reader)
    few = _kept_back(question, found, reader)
    shown = tuple(code for code in FIGURES if code in question.figures and (code != OBJECTIVES or not few[0]))
    order = sorted(found.lines.items(), key=lambda pair: (*(-_number(pair[1], each) for each in shown), pair[0][1]))
    label = str(ROWS[question.rows][0])
    said = [("From", date_words(question.first)), ("Until", date_words(question.last)), ("By", label)]
    period = f"from {date_words(question.first)} until {date_words(question.last)}"
    tables = _tables(question, order, found, shown, by_line=not few[1]) if order and shown else ()
    made = Sheet(
        name=f"question-{question.first.isoformat()}-{question.last.isoformat()}-by-{question.rows}",
        title=TITLE,
        tables=tuple(tables),
        chosen=tuple(said),
        lead=_sentences(question, order, found.whole, shown) if order else "",
        notes=tuple(_notes(question, few, shown)),
        empty=f"Nothing was asked for or done {period}.",
    )
    return made, _drawn(label, order, shown, by_line=not few[1])


def _kept_back(question: Question, found: Answer, reader: User) -> tuple[str, str]:
    """Why objectives are not told at all, and why not line by line; "" where they are (section G).

    The office and the consultants of the group read each evaluation; officers read sums.
    """
    if not question.asks(OBJECTIVES) or is_office(reader):
        return "", ""
    if not consultant_subjects(reader) and not _is_a_year(question):
        return WHOLE_YEARS, ""
    if 0 < len(found.whole.concluded) < SMALLEST_GROUP:
        return str(NONE_OF_FEW), ""
    small = any(0 < len(line.concluded) < SMALLEST_GROUP for line in found.lines.values())
    return "", str(FEW) if small else ""


def _is_a_year(question: Question) -> bool:
    return AcademicYear.objects.filter(starts_on=question.first, ends_on=question.last).exists()


def _number(line: Line, figure: str) -> Decimal | int:
    counts: dict[str, Decimal | int] = {
        REQUESTS: line.requests,
        MET: line.met,
        DAYS: line.days,
        DONE: line.done,
        OBJECTIVES: line.reached,
    }
    return counts[figure]


def _cells(line: Line, shown: Sequence[str], *, objectives: bool = True) -> Iterable[Cell]:
    for figure in shown:
        if figure == OBJECTIVES:
            yield from (line.objectives, line.reached) if objectives else ("not shown", "not shown")
        elif figure in (DAYS, DONE):
            yield plain(_number(line, figure))
        else:
            yield int(_number(line, figure))


def _tables(
    question: Question, order: Sequence[tuple[Key, Line]], found: Answer, shown: Sequence[str], *, by_line: bool
) -> Iterable[Table]:
    """One table; where it names ASTs, the paper has the total in its place."""
    label = str(ROWS[question.rows][0])
    heads = [head for code in shown for head in (*(["Objectives"] if code == OBJECTIVES else []), FIGURES[code])]
    total = ("All, each counted once", *_cells(found.whole, shown))
    names_people = question.rows == "ast"
    yield Table(
        code="csv",
        title=f"By {label if names_people else label.lower()}",
        header=(label, *heads),
        rows=tuple((key[1], *_cells(line, shown, objectives=by_line)) for key, line in order),
        total=total,
        links=tuple(_address(key) for key, _ in order),
        note=SEVERAL if found.several else "",
        printed=not names_people,
        most=SHOWN,
    )
    if names_people:
        yield Table(code="total", title=say("All ASTs together"), header=("", *heads), rows=(total,))


def _address(key: Key) -> str:
    name, _, argument = key[2].partition("/")
    return reverse(name, args=[int(argument)]) if name else ""


def _sentences(question: Question, order: Sequence[tuple[Key, Line]], whole: Line, shown: Sequence[str]) -> str:
    """For a committee's paper: the whole, and which line had most. No AST is named in it."""
    said = [f"From {date_words(question.first)} until {date_words(question.last)}: {_of_requests(whole, shown)}"]
    days = [f"{days_words(whole.days)} with a date"] if DAYS in shown else []
    days += [f"{days_words(whole.done)} done"] if DONE in shown else []
    if days:
        said.append(f"{listed(days)}.")
    if OBJECTIVES in shown and whole.objectives:
        said.append(f"{whole.reached} of {counted(whole.objectives, 'objective')} met.")
    told = [said[0]] if _of_requests(whole, shown) else []
    text = " ".join([*told, *said[1:]]) if told else f"{said[0]}{' '.join(said[1:])}"
    return text + _most(question, order, shown)


def _of_requests(whole: Line, shown: Sequence[str]) -> str:
    if REQUESTS in shown and MET in shown:
        return f"{counted(whole.requests, 'request')}, {whole.met} of them met."
    if REQUESTS in shown:
        return f"{counted(whole.requests, 'request')}."
    return f"{counted(whole.met, 'request')} met." if MET in shown else ""


def _most(question: Question, order: Sequence[tuple[Key, Line]], shown: Sequence[str]) -> str:
    """Such as " Most days done: Mathematics and numeracy (12)."."""
    figure = _drawn_figure(shown)
    if question.rows == "ast" or figure == OBJECTIVES:
        return ""
    key, line = max(order, key=lambda pair: _number(pair[1], figure))
    most = _number(line, figure)
    return f" Most {FIGURES[figure].lower()}: {key[1]} ({number(Decimal(most))})." if most and len(order) > 1 else ""


def _drawn_figure(shown: Sequence[str]) -> str:
    return DONE if DONE in shown else shown[0]


def _drawn(label: str, order: Sequence[tuple[Key, Line]], shown: Sequence[str], *, by_line: bool) -> Drawn:
    if not shown or not order:
        return Drawn("", "", [])
    figure = _drawn_figure(shown)
    if figure == OBJECTIVES and not by_line:
        return Drawn("", "", [])
    counted_of = [(key[1], _number(line, figure)) for key, line in order]
    rows = sorted((pair for pair in counted_of if pair[1] > 0), key=lambda pair: -pair[1])
    lower = label if label.isupper() else label.lower()
    beyond = f", the first {DRAWN} of {len(rows)}" if len(rows) > DRAWN else ""
    return Drawn(f"{FIGURES[figure]} by {lower}{beyond}", "days" if figure in (DAYS, DONE) else "", rows[:DRAWN])


def _notes(question: Question, few: tuple[str, str], shown: Sequence[str]) -> Iterable[str]:
    yield str(MEANT)
    if DAYS in shown or DONE in shown:
        yield UNDATED
    yield from (words for words in few if words)
    if OBJECTIVES in shown:
        yield str(CONTRIBUTION)
    if question.rows == "ast":
        yield str(UNNAMED)
