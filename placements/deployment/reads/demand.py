"""What schools asked for in a period, and what came of it: demand with and without a match (R-14.2).

Whoever is asked as a match and says yes counts; a placement that was agreed before this system was asked of nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from astcoord.core.plain_rows import iso, plain
from astcoord.core.wording import counted, days_words
from astcoord.core.words import say_later
from astcoord.ui.charts import plain as words_of
from placements.allocation.problem import days as in_days
from placements.allocation.problem import quarters
from placements.days.models import LedgerEntry
from placements.deployment.reads.chosen import Chosen, Standings, by_key
from placements.deployment.reads.periods import Period
from placements.deployment.reads.rows import UNLINKED, UNSAID, Taken
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.requests.lifecycle import REQUEST_OPEN, Ending, RequestStatus, Route
from placements.requests.models import OutreachRequest
from schools.register.lifecycle import Phase
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject
from staff.figures.reads.sheets import Cell, Sheet, Table

TITLE = "What was asked for"
STATES = MATCHED, WAITS, DECLINED, OTHERWISE = range(4)
HEADER = (
    *("Requests", "With a match", "Waiting for one", "Declined", "Referred or withdrawn"),
    *("Days asked", "Days agreed", "Days given"),
)
NOTE = say_later(
    "A request counts in the period in which it was handed in, as it stands now. It has a match once an AST, the AST’s "
    "headteacher and the co-ordinator have agreed to one, if only for some of its days. Days given are those delivered "
    "since."
)
SUBJECTS, PHASES, WHY = dict(Subject.choices), dict(Phase.choices), dict(Ending.choices)


BECAME, ASKED, AGREED, GIVEN = map(attrgetter, ("became", "asked", "agreed", "given"))


class Asked(NamedTuple):
    """One request by codes; days in quarters."""

    subject: str
    phase: str
    cluster_id: int | None
    standing: tuple[str, ...]
    served: tuple[str, ...]
    became: int
    why: str
    asked: int
    agreed: int
    given: int


def sheet(
    reader: User,
    period: Period | None,
    chosen: Chosen,
    words: Sequence[tuple[str, str]],
    *,
    labels: Mapping[int, str],
) -> Sheet:
    """By subject, phase and reason, from the same requests. Four queries."""
    found = asked(period, chosen, reader, labels) if period else []
    return Sheet(
        name=f"demand-{period.slug}" if period else "demand",
        title=TITLE,
        tables=tuple(_tables(found)) if found else (),
        chosen=tuple(words),
        lead=_lead(found) if found else "",
        notes=(NOTE,) if found else (),
        empty=f"No request was handed in in this period ({period.name})."
        if period
        else "No school year is entered yet.",
    )


def asked(period: Period, chosen: Chosen, reader: User, labels: Mapping[int, str]) -> list[Asked]:
    """The requests handed in in a period that this person may count."""
    mine = handed_in(reader, period.first, period.last)
    came_of = _came_of(mine)
    linked, standings = by_key(_links(mine), labels), Standings()
    columns = (
        *("pk", "host_id", "subject", "host__phase", "host__cluster_id", iso("submitted_at"), "status", "ending"),
        *("no_priority_reason", "days"),
    )
    found = []
    for row in plain(mine.order_by("pk").values_list(*columns)):
        pk, host, subject, phase, cluster_id, sent, status, why, reason, days = row
        promised, given = came_of.get(pk, (0, 0))
        found.append(
            Asked(
                *(subject, phase, cluster_id, standings.on(host, sent[:10])),
                linked.get(pk) or (UNLINKED if reason.strip() else UNSAID,),
                _became(status, promised),
                *(why, quarters(Decimal(days or 0)), promised, given),
            )
        )
    return [each for each in found if chosen.takes(each)] if chosen.any else found


def handed_in(reader: User, first: date, last: date) -> QuerySet[OutreachRequest]:
    """The requests that this person may count and that were sent on a day from first to last."""
    every = OutreachRequest.objects.visible_to(reader).exclude(route=Route.BEFORE)
    span = [timezone.make_aware(datetime.combine(*at)) for at in ((first, time.min), (last, time.max))]
    return OutreachRequest.objects.filter(pk__in=every.order_by().values("pk"), submitted_at__range=(span[0], span[1]))


def _became(status: str, agreed: int) -> int:
    if agreed:
        return MATCHED
    if status in REQUEST_OPEN:
        return WAITS
    return DECLINED if status == RequestStatus.DECLINED else OTHERWISE


def _came_of(mine: QuerySet[OutreachRequest]) -> dict[int, Taken]:
    """Days agreed to and days given, by request; one query."""
    delivered = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.DELIVERY, placement=OuterRef("placement")).order_by()
    given = Subquery(delivered.values("placement").annotate(all=Sum("days")).values("all"))
    matches = Match.objects.filter(request__in=mine.order_by().values("pk")).order_by()
    held = matches.filter(Q(status=MatchStatus.AGREED) | Q(placement__isnull=False))
    found: dict[int, Taken] = {}
    for request, status, days, done in plain(held.values_list("request_id", "status", "days", given)):
        agreed, so_far = found.get(request, (0, 0))
        more = quarters(days) if status == MatchStatus.AGREED else 0
        found[request] = agreed + more, so_far + quarters(done or 0)
    return found


def _links(mine: QuerySet[OutreachRequest]) -> Iterable[tuple[Any, ...]]:
    through: Any = OutreachRequest.priorities.through
    found = through.objects.filter(outreachrequest__in=mine.order_by().values("pk"))
    return plain(found.values_list("outreachrequest_id", "priority_id"))


def _lead(found: Sequence[Asked]) -> str:
    without = sum(each.became != MATCHED for each in found)
    days = days_words(in_days(sum(each.asked for each in found)))
    agreed = days_words(in_days(sum(each.agreed for each in found)))
    return f"{counted(len(found), 'request')} for {days}: {without} without a match. {agreed} agreed."


def _tables(found: Sequence[Asked]) -> Iterable[Table]:
    yield _by("csv", "Subject", found, attrgetter("subject"), SUBJECTS)
    yield _by("phase", "Phase", found, attrgetter("phase"), PHASES)
    if reasons := [each for each in found if each.became != MATCHED and each.why]:
        yield _why(reasons)


def _by(
    code: str, first: str, found: Sequence[Asked], what: Callable[[Asked], str], labels: Mapping[str, Any]
) -> Table:
    groups: dict[str, list[Asked]] = defaultdict(list)
    for each in found:
        groups[what(each)].append(each)
    named = [(str(labels[key]), group) for key, group in groups.items()]
    ordered = sorted(named, key=lambda pair: (-len(pair[1]), pair[0]))
    lines = tuple(_line(label, group) for label, group in ordered)
    return Table(code, f"By {first.lower()}", (first, *HEADER), lines, _line("All", found))


def _line(label: str, group: Sequence[Asked]) -> tuple[Cell, ...]:
    became = Counter(map(BECAME, group))
    days = [in_days(sum(map(count, group))) for count in (ASKED, AGREED, GIVEN)]
    return (label, len(group), *(became[state] for state in STATES), *map(words_of, days))


def _why(reasons: Sequence[Asked]) -> Table:
    """Why those without a match wait or came to nothing, as the co-ordinator coded it."""
    counts: Mapping[str, list[Asked]] = {code: [each for each in reasons if each.why == code] for code in WHY}
    return Table(
        code="reasons",
        title="Why there was no match",
        header=("Reason", "Requests", "Days asked"),
        rows=tuple(
            (str(WHY[code]), len(group), words_of(in_days(sum(each.asked for each in group))))
            for code, group in counts.items()
            if group
        ),
        total=("All with a reason", len(reasons), words_of(in_days(sum(each.asked for each in reasons)))),
    )
