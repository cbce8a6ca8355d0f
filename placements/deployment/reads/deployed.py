"""Where the days of a period go: by priority, need, subject, phase, standing and cluster (R-14.1, R-14.2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from django.urls import reverse

from astcoord.core.wording import counted, days_words, plural
from astcoord.core.words import say
from astcoord.ui.charts import plain
from placements.deployment.reads.chosen import Chosen, standing_words
from placements.deployment.reads.periods import Period
from placements.deployment.reads.rows import (
    UNLINKED,
    UNSAID,
    Row,
    Sum,
    counted_twice,
    days_by,
    rows,
    total,
)
from placements.priorities.reads import NO_PRIORITY, NONE_SAID
from placements.requests.lifecycle import Evidence
from schools.register.lifecycle import Phase
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject
from staff.figures.reads.sheets import Cell, Sheet, Table

TITLE = "Where the days go"
SHOWN = 10
"""Placements on the page at most; the file has all of them."""
NO_NEED = "Not said"
SEVERAL = "A need can show in several places, and counts in full on each."
SUBJECTS, PHASES, NEEDS = dict(Subject.choices), dict(Phase.choices), dict(Evidence.choices)
UNDATED = "Days used before this system, which have no date, count on the day on which they were entered."


def sheet(
    reader: User,
    period: Period | None,
    chosen: Chosen,
    words: Sequence[tuple[str, str]],
    *,
    labels: Mapping[int, str],
    listed: int = SHOWN,
) -> Sheet:
    """Every table from the same rows; four queries. `words` says what the page is narrowed to, `labels` are priorities.

    The placements one by one are made for as many as are `listed`, all for 0: a file needs them, the page does not.
    """
    found = rows(period, chosen, reader, labels) if period else []
    return Sheet(
        name=f"deployment-{period.slug}" if period else "deployment",
        title=TITLE,
        tables=tuple(_tables(found, period, chosen, labels, listed)) if period and found else (),
        chosen=tuple(words),
        lead=_lead(total(found), period) if period and found else "",
        notes=(UNDATED,) if period and found and not period.whole else (),
        empty=period.nothing if period else "No school year is entered yet.",
    )


def _lead(whole: Sum, period: Period) -> str:
    what = "under contract" if period.whole else "with a date"
    placed = counted(whole.placements, "placement")
    return f"{placed}, {days_words(whole.days)} {what}, {days_words(whole.delivered)} delivered."


def _tables(
    found: list[Row], period: Period, chosen: Chosen, labels: Mapping[int, str], listed: int
) -> Iterable[Table]:
    served = {**{str(pk): label for pk, label in labels.items()}, UNLINKED: NO_PRIORITY, UNSAID: NONE_SAID}
    whole = total(found)

    def by(code: str, first: str, sums: list[Sum], *, title: str = "", note: str = "") -> Table:
        """A line leads to its rows, where the page can be narrowed to it."""
        header = (first, say("Placements"), period.days_heading, "Delivered")
        named = title or f"By {first.lower()}"
        links = tuple(_narrowed(period, chosen, code, each.code) for each in sums)
        return Table(code, named, header, tuple(map(_line, sums)), _line(whole), links=links, note=note)

    served_by = days_by(found, attrgetter("served"), served.__getitem__, many=True)
    yield by("priority", "Priority", served_by, note=_twice(found))
    needs = days_by(found, attrgetter("needs"), _need, many=True)
    yield by("need", "Where the need shows", needs, title="By need", note=SEVERAL)
    yield by("subject", "Subject", days_by(found, attrgetter("subject"), lambda code: str(SUBJECTS[code])))
    yield by("phase", "Phase", days_by(found, attrgetter("phase"), lambda code: str(PHASES[code])))
    yield by("standing", "Category or programme", days_by(found, attrgetter("standing"), standing_words))
    clusters = {row.cluster_id: row.cluster for row in found}
    yield by("cluster", "Cluster", days_by(found, attrgetter("cluster_id"), clusters.__getitem__))
    if unlinked := [row for row in found if row.why_none]:
        yield _unlinked(unlinked)
    beyond = len(found) - listed if listed else 0
    yield replace(_one_by_one(found[: listed or None], period, served, beyond=beyond), unfolded=chosen.any)


def _narrowed(period: Period, chosen: Chosen, field: str, code: Any) -> str:
    """The rows of one line; needs, schools without a cluster and several standings at once cannot be chosen."""
    one = code[0] if isinstance(code, tuple) and len(code) == 1 else code
    if field == "need" or one is None or isinstance(one, tuple):
        return ""
    return f"{chosen.address(period.slug, **{field: str(one)})}#table-csv"


def _need(code: str) -> str:
    return str(NEEDS.get(code, NO_NEED))


def _line(each: Sum) -> tuple[Cell, ...]:
    return (each.label, each.placements, plain(each.days), plain(each.delivered))


def _twice(found: list[Row]) -> str:
    twice = counted_twice(found)
    if not twice:
        return ""
    serve, count = plural(twice, "serves", "serve"), plural(twice, "counts", "count")
    return (
        f"{counted(twice, 'placement')} {serve} more than one priority and {count} in full on each, so the lines come "
        "to more than the total."
    )


def _unlinked(found: Sequence[Row]) -> Table:
    """In somebody's own words, for the office."""
    return Table(
        code="unlinked",
        title=say("Why placements serve no priority"),
        header=(say("Placement"), "School", "Why"),
        rows=tuple((row.reference, row.host, row.why_none) for row in found),
        links=_links(found),
        words=3,
        folded=True,
        printed=False,
        most=SHOWN,
    )


def _one_by_one(found: Sequence[Row], period: Period, served: Mapping[str, str], *, beyond: int) -> Table:
    """On the page and in a file, never on paper."""
    return Table(
        code="csv",
        title=say("The placements, one by one"),
        header=(
            *(
                say("Placement"),
                "School",
                "Phase",
                "Category or programme",
                "Cluster",
                say("AST"),
                "Subject",
                "Priorities",
            ),
            *(period.days_heading, "Delivered"),
        ),
        rows=tuple(
            (
                *(row.reference, row.host, str(PHASES[row.phase]), standing_words(row.standing), row.cluster, row.ast),
                *(str(SUBJECTS[row.subject]), "; ".join(served[key] for key in row.served)),
                *(plain(row.days), plain(row.delivered)),
            )
            for row in found
        ),
        links=_links(found),
        words=8,
        folded=True,
        printed=False,
        most=SHOWN,
        beyond=max(0, beyond),
    )


def _links(found: Sequence[Row]) -> tuple[str, ...]:
    """To each placement's page; only the first are ever shown."""
    shown = tuple(reverse("placements:placement_detail", args=[row.pk]) for row in found[:SHOWN])
    return shown + ("",) * (len(found) - len(shown))
