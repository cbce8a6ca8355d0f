"""Visits counted by school, term and kind (R-3.22)."""

from collections import Counter
from datetime import date

from astcoord.core.words import say
from schools.calendar.models import AcademicYear, Term
from staff.figures.reads.sheets import Cell, Sheet, Table
from staff.office_visits.lifecycle import VisitKind
from staff.office_visits.models import OfficeVisit

BETWEEN = "Between terms"
ALL = "All"


def sheet(year: AcademicYear | None, kind: str) -> Sheet:
    """The visits of one school year, of one kind or all: by school and term, by kind and term. Two queries."""
    tables: tuple[Table, ...] = ()
    chosen = [("What for", str(VisitKind(kind).label) if kind else ALL)]
    if year is not None:
        terms = list(year.terms.order_by("starts_on"))
        visits = OfficeVisit.objects.filter(on__range=(year.starts_on, year.ends_on))
        found = list((visits.filter(kind=kind) if kind else visits).select_related("school"))
        chosen.insert(0, ("School year", str(year)))
        tables = _tables(found, terms) if found else ()
    return Sheet(
        name=f"visits-{year.slug}" if year else "visits",
        title=say("Visits of the co-ordinator by school and term"),
        tables=tables,
        chosen=tuple(chosen),
        empty="No visit is logged of this school year." if year else "No school year is entered yet.",
    )


def _tables(visits: list[OfficeVisit], terms: list[Term]) -> tuple[Table, ...]:
    titles = [str(term) for term in terms]
    if any(_term_of(visit.on, terms) == BETWEEN for visit in visits):
        titles.append(BETWEEN)
    schools = sorted({visit.school for visit in visits}, key=lambda school: (school.name_key, school.pk))
    places = [(school.name, [visit for visit in visits if visit.school_id == school.pk]) for school in schools]
    kinds = [(str(each.label), [visit for visit in visits if visit.kind == each]) for each in VisitKind]
    total = _line("All visits", visits, titles, terms)
    return (
        Table(
            "csv",
            "By school",
            ("School", *titles, ALL),
            tuple(_line(name, those, titles, terms) for name, those in places),
            total,
            links=tuple(school.get_absolute_url() for school in schools),
        ),
        Table(
            "kinds",
            "By what they were for",
            ("What for", *titles, ALL),
            tuple(_line(name, those, titles, terms) for name, those in kinds if those),
            total,
        ),
    )


def _line(label: str, visits: list[OfficeVisit], titles: list[str], terms: list[Term]) -> tuple[Cell, ...]:
    counted = Counter(_term_of(visit.on, terms) for visit in visits)
    return (label, *(counted[title] for title in titles), len(visits))


def _term_of(day: date, terms: list[Term]) -> str:
    return next((str(term) for term in terms if term.starts_on <= day <= term.ends_on), BETWEEN)
