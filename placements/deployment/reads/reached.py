"""Schools never supported, and those that have waited longest since they were (R-14.2)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Max, Q

from astcoord.core.models.policy import Policy
from astcoord.core.wording import counted, date_words
from astcoord.core.words import say_later
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.deployment.reads.chosen import Chosen
from placements.deployment.reads.rows import COUNTS
from placements.placement.lifecycle import PLACEMENT_UNDER_CONTRACT, PlacementStatus
from placements.placement.models import Placement
from schools.register.lifecycle import Phase
from schools.register.models import School
from staff.accounts.models import User
from staff.figures.reads.sheets import Sheet, Table

TITLE = "Schools never supported, and longest waiting"
SHOWN = 50
"""Schools of each table on the page at most; the file has all of them."""
PHASES = dict(Phase.choices)
NOTE = say_later(
    "Supported is a school that has had a placement under contract, or a day. Waiting is one that has none under "
    "contract now; days used before this system have no date and do not shorten the wait."
)
OWN = say_later("Counted are placements in the subjects of your group.")


class Served(NamedTuple):
    """One school of a kind that is served: whether ever `supported`, whether `now`, and its last day."""

    urn: int
    name: str
    phase: str
    cluster_id: int | None
    cluster: str | None
    supported: bool
    now: bool
    last: date | None


def served(policy: Policy, reader: User) -> list[Served]:
    """Open schools of the kinds served, by name, by the placements that this person may count. Three queries."""
    mine = Placement.objects.visible_to(reader).order_by()
    held = mine.filter(Q(status__in=COUNTS - {PlacementStatus.CLOSED}) | Q(days_before__gt=0))
    days = OutreachDay.objects.filter(status=DayStatus.DONE, placement__in=mine.values("pk")).order_by()
    last = dict(days.values_list("placement__host_id").annotate(Max("on")))
    helped: dict[int, bool] = {}
    for host, status in held.values_list("host_id", "status").distinct():
        helped[host] = helped.get(host, False) or status in PLACEMENT_UNDER_CONTRACT
    columns = ("pk", "urn", "name", "phase", "cluster_id", "cluster__name")
    found = School.objects.served(policy).order_by("name_key", "urn").values_list(*columns)
    return [
        Served(urn, name, phase, group, cluster, pk in helped or pk in last, helped.get(pk, False), last.get(pk))
        for pk, urn, name, phase, group, cluster in found
    ]


def never_supported(schools: Sequence[Served]) -> list[Served]:
    """Those that have never had a placement under contract, nor a day."""
    return [school for school in schools if not school.supported]


def waiting(schools: Sequence[Served], today: date) -> list[tuple[Served, date]]:
    """Those with a day behind them and nothing under contract now, the longest waiting first."""
    found = [(each, each.last) for each in schools if each.last and each.last <= today and not each.now]
    return sorted(found, key=lambda pair: (pair[1], pair[0].name))


def sheet(
    reader: User, policy: Policy, chosen: Chosen, words: Sequence[tuple[str, str]], today: date, *, part: bool
) -> Sheet:
    """Both tables as they stand today; `part` where the reader counts the placements of a group. Three queries."""
    schools = [each for each in served(policy, reader) if chosen.takes_school(each.phase, each.cluster_id)]
    never, since = never_supported(schools), waiting(schools, today)
    tables = (_never(never), _waiting(since, today))
    return Sheet(
        name="schools-never-supported",
        title=TITLE,
        tables=tuple(table for table in tables if table.rows),
        chosen=tuple(words),
        lead=f"{len(never)} of {counted(len(schools), 'school')} never supported." if schools else "",
        notes=(NOTE, OWN) if part else (NOTE,),
        empty="Every school has been supported, and none is waiting."
        if schools
        else "There is no school of this kind.",
    )


def _never(schools: Sequence[Served]) -> Table:
    return Table(
        code="csv",
        title="Never supported",
        header=("School", "URN", "Phase", "Cluster"),
        rows=tuple((s.name, str(s.urn), str(PHASES[s.phase]), s.cluster or "No cluster") for s in schools),
        words=4,
        most=SHOWN,
    )


def _waiting(schools: Sequence[tuple[Served, date]], today: date) -> Table:
    return Table(
        code="waiting",
        title="Longest waiting since the last outreach day",
        header=("School", "URN", "Phase", "Cluster", "Last day", "Weeks since"),
        rows=tuple(
            (
                *(s.name, str(s.urn), str(PHASES[s.phase]), s.cluster or "No cluster"),
                *(date_words(last), (today - last).days // 7),
            )
            for s, last in schools
        ),
        words=5,
        most=SHOWN,
    )
