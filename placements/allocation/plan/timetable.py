"""Real dates: whether an AST's promised days fit into days and weeks, and on which dates they fall (R-4.3, R-4.5).

A maximum flow from placements through days to weeks. A day holds what the pattern gives and what is not yet taken;
a week holds the cap (or, with averaging, a half-term holds the cap times its teaching weeks). Each placement may
use the days on which its school is open to it. Flows grow one grain at a time, a grain being the largest piece of
time that divides everything of this AST, mostly a day or half a day.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import gcd

from placements.allocation.plan.problem import Demand, PlanProblem, Supply


@dataclass(frozen=True, slots=True)
class Room:
    """One AST's free time: days in order, quarters free on each, the week (or half-term) of each, and its room."""

    days: tuple[date, ...]
    share: tuple[int, ...]
    group: tuple[int, ...]
    left: tuple[int, ...]


class Calendar:
    """The problem's calendar, worked out once for all ASTs."""

    def __init__(self, problem: PlanProblem) -> None:
        self.problem = problem
        self.days = tuple(sorted({day for week in problem.horizon.weeks for day in week.open_on}))
        self._spans = sorted((h.first, h.last, h.weeks) for h in problem.half_terms)
        self._whole = self._whole_half_terms()

    def room(self, supply: Supply) -> Room:
        """What is free beside the days that already have a date."""
        cap = self.problem.horizon.cap
        taken: dict[date, int] = {}
        used: dict[tuple[date, date], int] = {}
        for day, quarters in supply.facts.dated:
            taken[day] = taken.get(day, 0) + quarters
            span, _ = self._span(day)
            used[span] = used.get(span, 0) + quarters
        days: list[date] = []
        share: list[int] = []
        group: list[int] = []
        left: list[int] = []
        spans: dict[tuple[date, date], int] = {}
        for day in self.days:
            free = 0 if _absent(supply, day) else _offered(supply, day) - taken.get(day, 0)
            if free <= 0:
                continue
            span, weeks = self._span(day)
            if span not in spans:
                spans[span] = len(left)
                left.append(max(cap * weeks - used.get(span, 0), 0))
            days.append(day)
            share.append(free)
            group.append(spans[span])
        return Room(tuple(days), tuple(share), tuple(group), tuple(left))

    def allowed(self, room: Room, demand: Demand) -> tuple[int, ...]:
        """Positions in the room of the days on which this AST may go to that school."""
        need = demand.need
        return tuple(
            n
            for n, day in enumerate(room.days)
            if need.first <= day <= need.last
            and (not need.weekdays or day.weekday() in need.weekdays)
            and day not in demand.closed
            and self._in_block(day, demand)
        )

    def any_day(self, demand: Demand) -> bool:
        """Whether the dates asked for hold any day at all that the block rule allows (R-4.4)."""
        return any(demand.need.first <= day <= demand.need.last and self._in_block(day, demand) for day in self.days)

    def _in_block(self, day: date, demand: Demand) -> bool:
        return not self.problem.rules.blocks or self._in_whole_block(day, demand.need.first, demand.need.last)

    def _span(self, day: date) -> tuple[tuple[date, date], int]:
        """The stretch of time to which the cap applies, and how many weeks it counts for."""
        if self.problem.horizon.averaged:
            for first, last, weeks in self._spans:
                if first <= day <= last:
                    return (first, last), weeks
        monday = day - timedelta(days=day.weekday())
        return (monday, monday), 1

    def _whole_half_terms(self) -> list[tuple[date, date, date, date]]:
        """Half-terms not yet begun: their dates, and the first and last school day in them."""
        found = []
        start = self.problem.horizon.weeks[0].monday if self.problem.horizon.weeks else date.max
        for first, last, _ in self._spans:
            inside = [day for day in self.days if first <= day <= last]
            if inside and first >= start:
                found.append((first, last, inside[0], inside[-1]))
        return found

    def _in_whole_block(self, day: date, first: date, last: date) -> bool:
        """R-4.4: the day lies in a half-term that the wanted dates hold from its first school day to its last."""
        return any(
            starts <= day <= ends and first <= opens and closes <= last for starts, ends, opens, closes in self._whole
        )


def _absent(supply: Supply, day: date) -> bool:
    return day in supply.away or (supply.leaves is not None and day > supply.leaves)


def _offered(supply: Supply, day: date) -> int:
    return sum(
        slot.quarters
        for slot in supply.facts.slots
        if slot.weekday == day.weekday() and slot.first <= day and (slot.last is None or day <= slot.last)
    )


class Timetable:
    """A growing flow for one AST. Items are numbers; negative ones are promises made before this plan."""

    __slots__ = ("allowed", "day_left", "days_of", "given", "grain", "group", "group_left")

    def __init__(self, room: Room, grain: int) -> None:
        self.grain = grain
        self.group = room.group
        self.day_left = [share // grain for share in room.share]
        self.group_left = [left // grain for left in room.left]
        self.given: list[dict[int, int]] = [{} for _ in room.days]
        self.allowed: dict[int, Sequence[int]] = {}
        self.days_of: list[list[int]] = [[] for _ in room.left]
        for n, group in enumerate(room.group):
            self.days_of[group].append(n)

    def copy(self) -> "Timetable":
        """An independent copy, for trying one placement more."""
        twin = object.__new__(Timetable)
        twin.grain, twin.group, twin.days_of = self.grain, self.group, self.days_of
        twin.day_left = self.day_left[:]
        twin.group_left = self.group_left[:]
        twin.given = [dict(day) if day else {} for day in self.given]
        twin.allowed = dict(self.allowed)
        return twin

    def add(self, item: int, allowed: Sequence[int], quarters: int) -> int:
        """Give the item as much of `quarters` as fits, moving the others' days where that helps; what was given."""
        self.allowed[item] = allowed
        placed = 0
        while placed + self.grain <= quarters and self._push(item, (set(), set(), set())):
            placed += self.grain
        return placed

    def reached(self, item: int) -> set[int]:
        """After a refusal: the items that together are too many for the days they may use."""
        seen: tuple[set[int], set[int], set[int]] = (set(), set(), set())
        self._push(item, seen)
        return seen[0]

    def dates_of(self, item: int) -> list[tuple[int, int]]:
        """(day, quarters) of an item, in order."""
        return [(n, day[item] * self.grain) for n, day in enumerate(self.given) if day.get(item)]

    def _push(self, item: int, seen: tuple[set[int], set[int], set[int]]) -> bool:
        items, days, _ = seen
        items.add(item)
        for day in self.allowed[item]:
            if day not in days:
                days.add(day)
                if self._arrive(day, seen):
                    self.given[day][item] = self.given[day].get(item, 0) + 1
                    return True
        return False

    def _arrive(self, day: int, seen: tuple[set[int], set[int], set[int]]) -> bool:
        """One grain more on a day: where there is room, or in place of another's that can move."""
        if self.day_left[day] and self._enter(self.group[day], seen):
            self.day_left[day] -= 1
            return True
        return self._move_off(day, seen)

    def _enter(self, group: int, seen: tuple[set[int], set[int], set[int]]) -> bool:
        """One grain more in a week: where there is room, or in place of another day's that can move."""
        if self.group_left[group]:
            self.group_left[group] -= 1
            return True
        _, days, groups = seen
        if group in groups:
            return False
        groups.add(group)
        for day in self.days_of[group]:
            if self.given[day] and day not in days:
                days.add(day)
                if self._move_off(day, seen):
                    self.day_left[day] += 1
                    return True
        return False

    def _move_off(self, day: int, seen: tuple[set[int], set[int], set[int]]) -> bool:
        for other in sorted(self.given[day]):
            if other not in seen[0] and self._push(other, seen):
                self.given[day][other] -= 1
                if not self.given[day][other]:
                    del self.given[day][other]
                return True
        return False


def grain_of(room: Room, quarters: Iterable[int]) -> int:
    """The largest piece of time that divides an AST's days and all that may be asked of them."""
    return max(gcd(*room.share, *room.left, *quarters), 1)


def opened(supply: Supply, room: Room, grain: int) -> Timetable:
    """A timetable that holds the promises already made, as far as they fit into their own weeks."""
    table = Timetable(room, grain)
    for n, promise in enumerate(sorted(supply.facts.undated, key=lambda c: (c.last, c.first, c.quarters)), 1):
        days = range(bisect_right(room.days, promise.first - timedelta(days=1)), bisect_right(room.days, promise.last))
        table.add(-n, days, promise.quarters)
    return table


def dates(
    table: Timetable, room: Room, items: Mapping[int, tuple[tuple[int, ...], int]]
) -> dict[int, list[tuple[date, int]]]:
    """Dates for each item, given (allowed days, quarters). What does not fit is simply shorter."""
    trial = table.copy()
    for item in sorted(items, key=lambda i: (items[i][0][-1:], i)):
        trial.add(item, *items[item])
    return {item: [(room.days[n], q) for n, q in trial.dates_of(item)] for item in items}
