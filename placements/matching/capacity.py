"""How many days of an AST fit into the weeks a school asks for. Exact, and quick enough for thousands of ASTs."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate

from placements.matching.problem import AstFacts, Claim, Horizon, Need, Slot


class Diary:
    """One need's window laid over the weeks of the horizon. Equal patterns are worked out once."""

    def __init__(self, horizon: Horizon, need: Need) -> None:
        self.horizon = horizon
        self.need = need
        self.mondays = [week.monday for week in horizon.weeks]
        self.window = self._span(need.first, need.last)
        self._offers: dict[tuple[Slot, ...], tuple[list[int], list[int]]] = {}
        self._untouched: dict[tuple[Slot, ...], int] = {}
        self._weeks: dict[date, int | None] = {}

    def free(self, ast: AstFacts) -> int:
        """Quarters of a day that this AST can still give within the wanted weeks, on days that suit the school.

        Undated promises may go to any week of their own spans. What is left for the window is the least slack of
        all spans of weeks that hold it (Hall's condition; each AST gives at most the cap in a week).
        """
        first, last = self.window
        if first > last:
            return 0
        offered, suiting = self._offer(ast.slots)
        room = self._room(offered, ast.dated)
        if room is offered:
            fits = self._untouched[ast.slots]
        else:
            fits = sum(map(min, room[first : last + 1], suiting[first : last + 1]))
        return max(min(fits, self._slack(room, ast.claims)), 0) if ast.claims else max(fits, 0)

    def suits(self, ast: AstFacts) -> bool:
        """Whether the AST's weekdays and the school's meet at all, however full they are."""
        first, last = self.window
        return any(self._offer(ast.slots)[1][first : last + 1])

    def _span(self, first: date, last: date) -> tuple[int, int]:
        """Positions of the first and last week touched; the first is beyond the last where there is none."""
        return bisect_left(self.mondays, first - timedelta(days=first.weekday())), bisect_right(self.mondays, last) - 1

    def _offer(self, slots: tuple[Slot, ...]) -> tuple[list[int], list[int]]:
        """By week: quarters that the pattern offers to anybody, and to this school within its dates."""
        if slots not in self._offers:
            cap = self.horizon.cap
            need = self.need
            offered, suiting = [], []
            for week in self.horizon.weeks:
                open_days = [(day, _share(slots, day)) for day in week.open_on]
                offered.append(min(cap, sum(share for _, share in open_days)))
                suiting.append(min(cap, sum(share for day, share in open_days if _wanted(need, day))))
            self._offers[slots] = offered, suiting
            first, last = self.window
            self._untouched[slots] = sum(map(min, offered[first : last + 1], suiting[first : last + 1]))
        return self._offers[slots]

    def _room(self, offered: list[int], dated: Sequence[tuple[date, int]]) -> list[int]:
        """What each week still holds beside the days that already have a date."""
        if not dated:
            return offered
        room = list(offered)
        for day, used in dated:
            place = self._week_of(day)
            if place is not None:
                left = room[place] - used
                room[place] = left if self.horizon.averaged or left > 0 else 0
        return room

    def _week_of(self, day: date) -> int | None:
        """Position of the week that holds a day; a year has few days, so each is looked up once."""
        if day not in self._weeks:
            place = bisect_right(self.mondays, day) - 1
            holds = place >= 0 and (day - self.mondays[place]).days < 7
            self._weeks[day] = place if holds else None
        return self._weeks[day]

    def _slack(self, room: list[int], claims: Sequence[Claim]) -> int:
        first, last = self.window
        total = [0, *accumulate(room)]
        spans = []
        for claim in claims:
            start, end = self._span(claim.first, claim.last)
            # What does not fit into its own weeks is late there; it does not spill into anybody else's.
            spans.append((start, end, min(claim.quarters, max(total[end + 1] - total[start], 0))))
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
