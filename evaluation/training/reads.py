"""Which employing schools have said nothing of training for their ASTs (R-1.8)."""

from datetime import date

from astcoord.core.wording import counted, date_words
from astcoord.core.words import say
from evaluation.training.models import TrainingStatement
from evaluation.training.querysets import employing
from evaluation.training.rules import due_on
from schools.calendar.lifecycle import Season
from schools.calendar.models import AcademicYear, Term
from schools.register.models import School
from staff.figures.reads.sheets import Sheet, Table

TITLE = "Schools without a statement on training"


def due_of(year: AcademicYear) -> date:
    """The day by which schools state it. One query."""
    term = Term.objects.filter(year=year, season=Season.AUTUMN).first()
    return due_on(year.starts_on, term.ends_on if term else None)


def missing(year: AcademicYear, today: date) -> list[School]:
    """Employing schools without one. One query."""
    stated = TrainingStatement.objects.filter(year=year).order_by().values("school")
    return list(employing(year, today).exclude(pk__in=stated))


def sheet(year: AcademicYear | None, today: date) -> Sheet:
    """As page, file and paper. Three queries."""
    if year is None:
        return Sheet("training-statements", TITLE, (), empty="No school year has been entered yet.")
    due, every, without = due_of(year), employing(year, today).count(), missing(year, today)
    state = f"Due by {date_words(due)}" if today <= due else f"Was due by {date_words(due)}"
    rows = tuple((each.name, each.get_phase_display(), state, _asts(each)) for each in without)
    links = tuple(each.get_absolute_url() for each in without)
    header = ("School", "Phase", "Statement", say("ASTs in post"))
    return Sheet(
        name="training-statements",
        title=TITLE,
        tables=(Table("csv", f"Without one: {len(rows)}", header, rows, links=links, words=3),) if without else (),
        chosen=(("School year", str(year)),),
        lead=_lead(every - len(without), every) if every else "",
        empty=say("Every school with an AST has stated it.") if every else say("No school has an AST in post."),
    )


def _lead(stated: int, every: int) -> str:
    """
    >>> _lead(1, 3)
    '1 of 3 schools with an AST in post has stated how the training plan meets their needs.'
    """
    verb = "has" if stated == 1 else "have"
    schools = counted(every, "school")
    return f"{stated} of {schools} with {say('an AST')} in post {verb} stated how the training plan meets their needs."


def _asts(school: School) -> int:
    count: int = school.asts  # type: ignore[attr-defined]
    return count
