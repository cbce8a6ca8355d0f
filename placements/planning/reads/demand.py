"""Demand that nobody can meet, by subject and phase, for recruitment (R-7.7)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from placements.requests.lifecycle import Ending, RequestStatus
from placements.requests.models import OutreachRequest
from schools.register.models import School
from staff.expertise.vocabulary import Subject

FOR_LACK = (Ending.NO_EXPERTISE, Ending.NO_DAYS)


@dataclass(frozen=True)
class DemandRow:
    """One subject in one phase: requests still open without a match, those turned down for lack of ASTs, their days."""

    subject: str
    phase: str
    waiting: int
    turned_down: int
    days: Decimal

    @property
    def total(self) -> int:
        return self.waiting + self.turned_down


def unmatched(since: date) -> list[DemandRow]:
    """The most wanted first; one query. Requests turned down before `since` are past caring."""
    open_now = OutreachRequest.objects.in_queue()
    turned_down = OutreachRequest.objects.filter(
        status=RequestStatus.DECLINED, ending__in=FOR_LACK, submitted_at__date__gte=since
    )
    counted: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    for subject, phase, status, days in (open_now | turned_down).values_list(
        "subject", "host__phase", "status", "days"
    ):
        row = counted[subject, phase] = list(counted[subject, phase])
        row[1 if status == RequestStatus.DECLINED else 0] += 1
        row[2] += days or 0
    subjects, phases = dict(Subject.choices), dict(School._meta.get_field("phase").flatchoices)
    rows = [
        DemandRow(subjects.get(subject, subject), str(phases.get(phase, phase)), int(waiting), int(down), days)
        for (subject, phase), (waiting, down, days) in counted.items()
    ]
    return sorted(rows, key=lambda row: (-row.total, -row.days, row.subject, row.phase))


def by_subject(rows: list[DemandRow]) -> list[tuple[str, int]]:
    """Requests by subject over all phases, the most first."""
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        sums[row.subject] += row.total
    return sorted(sums.items(), key=lambda item: (-item[1], item[0]))
