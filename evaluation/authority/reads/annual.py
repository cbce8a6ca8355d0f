"""The annual report: sections of tables, the same on the page, in the files and on paper (R-15.16).

It holds sums, whoever reads it, so that what the co-ordinator issues is what officers may read (section G).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from astcoord.core import policy as policies
from astcoord.core.wording import date_words
from astcoord.core.words import say
from evaluation.authority.reads import benchmarks, outcomes
from placements.deployment.reads import budgets, demand, deployed, reached
from placements.deployment.reads.chosen import Chosen
from placements.deployment.reads.periods import Period
from placements.deployment.reads.rows import priority_labels
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.figures.reads import leavers, recruitment, shares
from staff.figures.reads.sheets import Sheet, Table

TITLE = "Annual report"
SHOWN = 15
"""Rows of each table on the page at most; its file and the paper have all of them."""


@dataclass(frozen=True)
class Annual:
    """The report on one period: its sections, each with tables under codes of their own."""

    period: Period | None
    words: str
    sections: tuple[Sheet, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def as_sheet(self) -> Sheet:
        """All of it as one, for its files."""
        slug = self.period.slug if self.period else ""
        return Sheet(f"annual-report-{slug}".strip("-"), TITLE, self.tables, chosen=(("Chosen", self.words),))


def report(
    reader: User, period: Period | None, chosen: Chosen, words: Sequence[tuple[str, str]], today: date
) -> Annual:
    """What is chosen narrows what is of placements and requests; the ASTs are counted as they stand today."""
    said = "; ".join(f"{label}: {value}" for label, value in words)
    if period is None:
        return Annual(None, said, ())
    now, labels = date_words(today), priority_labels()
    policy = policies.in_force(today)
    years = list(AcademicYear.objects.filter(starts_on__lte=today).order_by("-starts_on"))
    share = shares.sheet(shares.Chosen(), today)
    sections = [
        _section("days", deployed.sheet(reader, period, chosen, (), labels=labels)),
        _section("demand", demand.sheet(reader, period, chosen, (), labels=labels)),
        _section("schools", reached.sheet(reader, policy, chosen, (), today, part=False), f", {now}"),
        _section("use", _use(reader, period)),
        _section("outcomes", outcomes.sheet(reader, period, chosen, ())),
        _section("recruitment", recruitment.sheet(reader, today, in_sums=True), f", {now}"),
        _section("share", replace(share, tables=share.tables[:1], notes=()), f", {now}"),
        _section("leavers", leavers.sheet(reader, period.year, years, today, in_sums=True)),
        _section("benchmarks", benchmarks.sheet(today)),
    ]
    return Annual(period, said, tuple(sections))


def _section(code: str, sheet: Sheet, when: str = "") -> Sheet:
    """Without what is never printed: placements one by one, people by name."""
    tables = [
        replace(table, code=f"{code}-{table.code}", links=(), folded=False, most=SHOWN)
        for table in sheet.tables
        if table.printed
    ]
    return replace(sheet, title=f"{sheet.title}{when}", tables=tuple(tables))


def _use(reader: User, period: Period) -> Sheet:
    """Budgets of all ASTs together: one by one they are named."""
    table = budgets.together(reader, period)
    nobody = f"{say('No AST')} had days in the school year {period.year}."
    return Sheet("use", say("Use of ASTs’ days"), (table,) if table.rows else (), notes=(budgets.NOTE,), empty=nobody)
