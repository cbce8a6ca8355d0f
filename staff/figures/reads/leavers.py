"""Who has left in a school year, where to, and who was kept, by the phase of the home school (R-3.16, R-15.15)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from astcoord.core.wording import date_words
from astcoord.core.words import say
from schools.calendar.models import AcademicYear
from schools.register.lifecycle import Phase
from staff.accounts.models import User
from staff.figures.permissions import reads_sums
from staff.figures.reads.sheets import Cell, Sheet, Table
from staff.posts.lifecycle import POST_KNOWN, Destination
from staff.posts.models import Post

UNSAID = "Not recorded"
HELD, LEFT = 1, 2
"""Columns from which the part that was kept is worked out."""
KEPT = 3
NOTE = (
    "Whoever held the post at any time of the year counts; whoever holds two posts counts twice. “Kept” is the part "
    "that has not left. “Will leave” are those whose last day is recorded and to come."
)


def sheet(
    user: User, year: AcademicYear | None, years: Sequence[AcademicYear], today: date, *, in_sums: bool = False
) -> Sheet:
    """One school year by phase, and all years one by one; for the office also person by person. One query.

    `in_sums` is for a paper that is the same for whoever reads it.
    """
    sums = in_sums or reads_sums(user)
    every = Post.objects.visible_to(user).filter(status__in=POST_KNOWN, starts_on__isnull=False)
    posts = list(every.select_related("user", "home").order_by("ends_on", "user__name_key", "pk"))
    tables = _tables(posts, year, years, today) if year else []
    if sums:
        tables = [_for_officers(table) for table in tables]
    tables = [table.with_column(KEPT, "Kept", _kept) for table in tables]
    if year and not sums and (gone := [post for post in _held(posts, year) if _leaves(post, year)]):
        tables.append(_one_by_one(gone))
    return Sheet(
        name=f"leavers-{year.slug}" if year else "leavers",
        title=say("ASTs who leave, and where to"),
        tables=tuple(tables),
        chosen=(("School year", str(year)),) if year else (),
        notes=(NOTE,),
        empty="Nobody was in post in this school year." if year else "No school year is entered yet.",
    )


def _tables(posts: list[Post], year: AcademicYear, years: Sequence[AcademicYear], today: date) -> list[Table]:
    held = _held(posts, year)
    if not held:
        return []
    phases = [(p.value, str(p.label)) for p in Phase if any(post.home.phase == p.value for post in held)]
    lines = [_line(words, [p for p in held if p.home.phase == code], year, today) for code, words in phases]
    of_years = [(each, _held(posts, each)) for each in reversed(years)]
    by_year = [_line(str(each), found, each, today) for each, found in of_years if found]
    total = _line("All phases", held, year, today)
    return [
        _without_empty(Table("csv", "By the phase of the home school", _header("Phase"), tuple(lines), total)),
        _without_empty(Table("years", "Year by year, all phases", _header("School year"), tuple(by_year))),
    ]


def _header(first: str) -> tuple[str, ...]:
    return (first, "In post in the year", "Left", "Will leave", *map(str, Destination.labels), UNSAID)


def _held(posts: Iterable[Post], year: AcademicYear) -> list[Post]:
    """Those who were in post on any day of the year."""
    return [
        post
        for post in posts
        if post.starts_on and post.starts_on <= year.ends_on and not (post.ends_on and post.ends_on < year.starts_on)
    ]


def _leaves(post: Post, year: AcademicYear) -> bool:
    return post.ends_on is not None and post.ends_on <= year.ends_on


def _line(label: str, held: list[Post], year: AcademicYear, today: date) -> tuple[Cell, ...]:
    leaving = [post for post in held if _leaves(post, year)]
    gone = [post for post in leaving if post.ends_on and post.ends_on < today]
    where = [sum(post.left_to == code for post in gone) for code in (*Destination.values, "")]
    return (label, len(held), len(gone), len(leaving) - len(gone), *where)


def _without_empty(table: Table) -> Table:
    """Without the column of those of whom nobody has said where they went, where there is none."""
    if any(line[-1] for line in table.lines):
        return table
    rows = tuple(row[:-1] for row in table.rows)
    return replace(table, header=table.header[:-1], rows=rows, total=table.total[:-1])


def _for_officers(table: Table) -> Table:
    """Where people went, which adds up to those who left. Who is in post, and until when, officers read anyway."""
    went = (LEFT, *range(LEFT + 2, len(table.header)))
    return table.for_officers(columns=went, sums=[went])


def _kept(line: tuple[Cell, ...]) -> Cell:
    """The part that has not left, as a percentage; nothing where one of the numbers is kept back."""
    held, left = line[HELD], line[LEFT]
    if not (isinstance(held, int) and isinstance(left, int)) or not held:
        return ""
    return f"{round(100 * (held - left) / held)}%"


def _one_by_one(gone: Sequence[Post]) -> Table:
    """The people, in the order of their last days: on the page and in a file, never on paper."""
    return Table(
        code="people",
        title="One by one",
        header=("Name", "Home school", "Last day", "Goes to"),
        rows=tuple(
            (p.name, p.home.name, date_words(p.ends_on), p.get_left_to_display() or UNSAID) for p in gone if p.ends_on
        ),
        links=tuple(reverse("staff:post", args=[post.pk]) for post in gone),
        printed=False,
    )
