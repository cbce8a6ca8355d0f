"""For the body that pays for the pool: pool, target, use, what came of it, cost. Sums, no names (R-14.9)."""

from dataclasses import replace
from datetime import date

from astcoord.core.wording import date_words
from astcoord.core.words import say, say_later
from astcoord.ui.charts import plain
from evaluation.authority.reads import costs, outcomes
from evaluation.reviews.wording import CONTRIBUTION
from placements.deployment.reads import budgets
from placements.deployment.reads.chosen import Chosen
from placements.deployment.reads.periods import Period
from placements.deployment.reads.rows import priority_labels, rows, total
from staff.accounts.models import User
from staff.figures.reads import recruitment
from staff.figures.reads.sheets import Sheet, Table

TITLE = "Report for the schools forum"
DAYS = (
    *(say_later("Days that all ASTs have in the year"), "Of these, under contract", "Of these, delivered", "Left"),
    "Used or promised",
)
"""What the columns of `budgets.together` are called here."""


def sheet(reader: User, period: Period | None, today: date) -> Sheet:
    """One page. The pool as it stands today, the rest of the school year of the period."""
    if period is None:
        return Sheet("forum", TITLE, (), empty="No school year is entered yet.")
    pool = recruitment.sheet(reader, today, in_sums=True)
    came = outcomes.sheet(reader, period, Chosen(), ())
    tables = [
        replace(pool.tables[0], title=f"The pool on {date_words(today)}"),
        _use(reader, period),
        *(replace(each, code="outcomes") for each in came.tables[:1]),
        costs.table(period.year),
    ]
    return Sheet(
        name=f"forum-{period.year.slug}",
        title=TITLE,
        tables=tuple(tables),
        chosen=(("School year", str(period.year)),),
        lead=pool.lead,
        notes=(CONTRIBUTION,) if came.tables else (came.empty,),
    )


def _use(reader: User, period: Period) -> Table:
    """Placements and schools, and the year's days of all ASTs."""
    placed = rows(period, Chosen(), reader, priority_labels())
    together = budgets.together(reader, period)
    days = zip(DAYS, together.rows[0][1:], strict=True) if together.rows else ()
    whole = total(placed)
    return Table(
        code="use",
        title=f"Use in the school year {period.year}",
        header=("What is counted", "Number"),
        rows=(
            (say("Placements"), whole.placements),
            ("Schools supported", len({row.host_id for row in placed})),
            ("Days under contract at them", plain(whole.days)),
            ("Days used at them", plain(whole.delivered)),
            *days,
        ),
        note=budgets.LEFT if together.rows else say("No AST had days in this year."),
    )
