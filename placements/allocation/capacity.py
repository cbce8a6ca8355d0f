"""How many days of an AST fit into the weeks a school asks for. Exact, and quick enough for thousands of ASTs."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from placements.allocation.problem import AstFacts, Horizon, Need, Slot, UndatedDays


class Offer(NamedTuple):
    """What one pattern offers: quarters by week to anybody, in the wanted weeks to this school, and their sum."""

    weeks: list[int]
    suiting: list[int]
    whole: int


class Diary:
    """One need's window laid over the weeks of the horizon. Equal patterns are worked out once."""

    def __init__(self, horizon: Horizon, need: Need) -> None:
        self.horizon = horizon
        self.need = need
        self.mondays = [week.monday for week in horizon.weeks]
        self.window = self._span(need.first, need.last)
        self.wanted = slice(self.window[0], self.window[1] + 1)
        self._offers: dict[tuple[Slot, ...], Offer] = {}
        self._week_of = {
            monday + timedelta(days=n): place for place, monday in enumerate(self.mondays) for n in range(7)
        }

    def free(self, ast: AstFacts) -> int:
        """Quarters of a day that this AST can still give within the wanted weeks, on days that suit the school.

        Undated promises may go to any week of their own spans. What is left for the window is the least slack of
        all spans of weeks that hold it (Hall's condition; each AST gives at most the cap in a week).
        """
        if self.window[0] > self.window[1]:
            return 0
        offer = self._offers.get(ast.slots) or self._offer(ast.slots)
        room, fits = offer.weeks, offer.whole
        if ast.dated:
            room = self._room(room, ast.dated)
            fits = sum(map(min, room[self.wanted], offer.suiting))
        return max(min(fits, self._slack(room, ast.undated)), 0) if ast.undated else max(fits, 0)

    def suits(self, ast: AstFacts) -> bool:
        """Whether the AST's weekdays and the school's meet at all, however full they are."""
        return any((self._offers.get(ast.slots) or self._offer(ast.slots)).suiting)

    def _span(self, first: date, last: date) -> tuple[int, int]:
        """Positions of the first and last week touched; the first is beyond the last where there is none."""
        return bisect_left(self.mondays, first - timedelta(days=first.weekday())), bisect_right(self.mondays, last) - 1

    def _offer(self, slots: tuple[Slot, ...]) -> Offer:
        """Works out one pattern, and keeps it."""
        cap, need = self.horizon.cap, self.need
        offered, suiting = [], []
        for week in self.horizon.weeks:
            open_days = [(day, _share(slots, day)) for day in week.open_on]
            offered.append(min(cap, sum(share for _, share in open_days)))
            suiting.append(min(cap, sum(share for day, share in open_days if _wanted(need, day))))
        wanted = suiting[self.wanted]
        found = Offer(offered, wanted, sum(map(min, offered[self.wanted], wanted)))
        self._offers[slots] = found
        return found

    def _room(self, offered: list[int], dated: Iterable[tuple[date, int]]) -> list[int]:
        """What each week still holds beside the days that already have a date."""
        room, averaged, week_of = offered.copy(), self.horizon.averaged, self._week_of
        for day, used in dated:
            place = week_of.get(day)
            if place is not None:
                left = room[place] - used
                room[place] = left if averaged or left > 0 else 0
        return room

    def _slack(self, room: list[int], promises: Sequence[UndatedDays]) -> int:
        first, last = self.window
        total = [0, *accumulate(room)]
        spans = []
        for promise in promises:
            start, end = self._span(promise.first, promise.last)
            # What does not fit into its own weeks is late there; it does not spill into anybody else's.
            spans.append((start, end, min(promise.quarters, max(total[end + 1] - total[start], 0))))
        starts = {first} | {s for s, _, _ in spans if s < first}
        ends = {last} | {e for _, e, _ in spans if e > last}
        return min(
            total[end + 1] - total[start] - sum(q for s, e, q in spans if start <= s and e <= end)
            for start in starts
            for end in ends
        )


def _share(slots: tuple[Slot, ...], day: date) -> int:
    weekday = day.weekday()
    return sum(
        slot.quarters
        for slot in slots
        if slot.weekday == weekday and slot.first <= day and (slot.last is None or day <= slot.last)
    )


def _wanted(need: Need, day: date) -> bool:
    return need.first <= day <= need.last and (not need.weekdays or day.weekday() in need.weekdays)
