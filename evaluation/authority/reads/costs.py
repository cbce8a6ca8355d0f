"""What the scheme costs, as far as it is entered (R-14.9). A room that knows costs says so at start-up."""

from collections.abc import Callable, Iterable

from astcoord.core.wording import pounds
from astcoord.core.words import say, say_later
from schools.calendar.models import AcademicYear
from staff.figures.reads.sheets import Table
from staff.pay.reads import gaps

PLACEMENTS = say_later("Cost of placements")
NOT_ENTERED = "Cost not entered"
Cost = Callable[[AcademicYear], Iterable[tuple[str, str]]]

sources: list[Cost] = []
"""Whoever knows costs of a school year: (what, in words), sums without names."""


def table(year: AcademicYear) -> Table:
    """In pounds; a line says so where nothing is entered. What posts cost only as sums of three and more."""
    told = [line for source in sources for line in source(year)]
    lines = [*(told or [(PLACEMENTS, NOT_ENTERED)]), *_posts(year)]
    return Table(
        code="cost",
        title="Cost",
        header=("What", "Pounds"),
        rows=tuple(lines),
        note="Each line stands for itself: they are not to be added up." if len(lines) > 1 else "",
    )


def _posts(year: AcademicYear) -> list[tuple[str, str]]:
    found = gaps.sums(gaps.lines(gaps.Year(year.starts_on.year)))
    if not found.rows:
        return []
    posts = f"of {found.total.posts} {say('ASTs', within=True)} whose figures are entered"
    return [
        (f"Income for the posts {posts}", pounds(found.total.income)),
        (f"Cost of the posts {posts}", pounds(found.total.cost)),
    ]
