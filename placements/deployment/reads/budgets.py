"""The use of ASTs' days against their budgets in a school year (R-14.2)."""

from collections.abc import Sequence
from decimal import Decimal

from astcoord.core.words import say, say_later
from astcoord.ui.charts import plain
from placements.days import ledger
from placements.days.rules.balance import Balance
from placements.deployment.reads.periods import Period
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.figures.reads.sheets import Cell, Sheet, Table
from staff.posts.models import Post

TITLE = say_later("Use of each AST’s year")
SHOWN = 50
"""ASTs on the page at most; the file has all of them."""
LEFT = "“Left” is what is neither under contract nor promised, nor used for other work or inreach."
NOTE = f"Budgets belong to school years, so a term shows the whole of its year. {LEFT}"


def use_of_budgets(year: AcademicYear, reader: User) -> list[tuple[str, Balance]]:
    """Each AST in post in any part of the year beside the year's balance, the least used first; three queries."""
    held = Post.objects.visible_to(reader).in_post_between(year.starts_on, year.ends_on)
    posts = list(held.order_by("pk").values_list("pk", "user__name"))
    found = ledger.balances([pk for pk, _ in posts], year)
    pairs = [(name, found[pk]) for pk, name in posts if pk in found]
    return sorted(pairs, key=lambda pair: (-pair[1].remaining, pair[0]))


def sheet(reader: User, period: Period | None) -> Sheet:
    """Each AST, and all of them together."""
    found = use_of_budgets(period.year, reader) if period else []
    year = f"School year {period.year}" if period else ""
    table = Table(
        code="csv",
        title="Days this year, most days left first",
        header=(say("AST"), "Budget", "Contracted", "Delivered", "Left", "Used or promised"),
        rows=tuple(_line(name, [balance]) for name, balance in found),
        total=_line("All", [balance for _, balance in found]),
        most=SHOWN,
    )
    return Sheet(
        name=f"use-of-budgets-{period.year.slug}" if period else "use-of-budgets",
        title=TITLE,
        tables=(table,) if found else (),
        chosen=(("School year", str(period.year)),) if period else (),
        notes=(NOTE,) if found else (),
        empty=f"{say('No AST')} had days in this year ({year})." if period else "No school year is entered yet.",
    )


def together(reader: User, period: Period) -> Table:
    """All ASTs of the year in one line, for papers without names; without a row where none had days."""
    found = use_of_budgets(period.year, reader)
    line = _line(f"{len(found)}", [balance for _, balance in found])
    header = (say("ASTs"), "Budget", "Contracted", "Delivered", "Left", "Used or promised")
    return Table("csv", f"Days of {say('all ASTs')} in the school year {period.year}", header, (line,) if found else ())


def _line(label: str, balances: Sequence[Balance]) -> tuple[Cell, ...]:
    budget = _sum(each.budget for each in balances)
    left = _sum(each.remaining for each in balances)
    contracted = _sum(each.contracted for each in balances)
    delivered = _sum(each.delivered for each in balances)
    return (label, plain(budget), plain(contracted), plain(delivered), plain(left), used_words(budget, left))


def _sum(days: object) -> Decimal:
    return sum(days, Decimal(0))  # type: ignore[call-overload, no-any-return]


def used_words(budget: Decimal, left: Decimal) -> str:
    """The part of a budget that is gone, as a percentage.

    >>> used_words(Decimal(38), Decimal(19)), used_words(Decimal(0), Decimal(0))
    ('50%', 'No budget')
    """
    return f"{round(100 * (budget - left) / budget)}%" if budget else "No budget"
