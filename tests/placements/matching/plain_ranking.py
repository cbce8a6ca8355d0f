"""The ranking said once more, slowly and plainly: a model at a time, a rule after the other, no SQL of its own."""

from datetime import date, timedelta
from decimal import Decimal
from math import hypot
from typing import Any

from placements.allocation.exclusions import Exclusion
from placements.allocation.scoring import Weights
from placements.days.models import LedgerEntry
from placements.matching.models import Match
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.calendar import reads as calendar
from schools.register.models import School
from staff.posts.models import Post

IN_SIGHT = ("candidate", "seconded", "booked", "passed", "in_post")
LET_OUT = ("seconded", "passed")
DATED = ("planned", "confirmed", "done")
OPEN = (
    "planned",
    "preliminary_held",
    "protocol_agreed",
    "contract_issued",
    "awaiting_signatures",
    "signed",
    "active",
    "final_evaluation",
)
STAGES = ["fs", "ks1", "ks2", "ks3", "ks4", "post16"]
ORDER = list(Exclusion)


class Plain:
    """One request on one day."""

    def __init__(self, request: OutreachRequest, today: date, policy: Any) -> None:
        self.request, self.policy = request, policy
        self.weights = Weights.of(policy.ranking_weights)
        self.first = max(today, request.wanted_from)
        self.last = request.wanted_until
        self.year = calendar.year_on(self.first)
        ends = max(self.last, self.year.ends_on)
        self.open_days = calendar.between(today, ends).school_days(today, ends)
        self.mondays = sorted({calendar.monday(day) for day in self.open_days})
        agreed = [m.days for m in request.matches.all() if m.status == "agreed"]
        self.wanted = max(request.days - sum(agreed, Decimal(0)), Decimal(0))

    def ranking(self) -> tuple[list[tuple[int, float, Decimal]], dict[int, Exclusion]]:
        """(post, score, free days), best first; and the reason for everybody else who lists the subject."""
        chosen, excluded = [], {}
        known = Post.objects.filter(status__in=IN_SIGHT, expertise__subject=self.request.subject)
        for post in known.prefetch_related("patterns", "placements__outreach_days"):
            why = self.exclusion(post)
            if why is None:
                total, km = self.score(post)
                chosen.append((-total, km is None, km or 0.0, post.pk, self.free(post)))
            else:
                excluded[post.pk] = why
        return [(pk, -total, free) for total, _, _, pk, free in sorted(chosen)], excluded

    def exclusion(self, post: Post) -> Exclusion | None:
        if post.home == self.request.host:
            return Exclusion.OWN_SCHOOL
        aspirant = post.status != "in_post"
        let_out = post.status in LET_OUT and post.funding == "secondment"
        if aspirant and not (self.policy.aspirant_outreach and let_out):
            return Exclusion.NOT_IN_POST if post.status == "passed" else Exclusion.NOT_ASSESSED
        if not aspirant and post.ends_on and post.ends_on < self.first:
            return Exclusion.NOT_IN_POST
        if not aspirant and post.induction.filter(done_on__isnull=False).count() < 4:
            return Exclusion.INDUCTION
        if self.request.matches.filter(post=post, status__in=("proposed", "agreed")).exists():
            return Exclusion.ASKED_ALREADY
        if not post.patterns.exists():
            return Exclusion.NO_PATTERN
        if self.left(post) <= 0:
            return Exclusion.NO_DAYS
        if self.free(post) > 0:
            return None
        return Exclusion.FULL if any(self.offered(post, m, suiting=True) for m in self.mondays) else Exclusion.WEEKDAYS

    def sums(self, post: Post, kind: str) -> Decimal:
        entries = LedgerEntry.objects.filter(post=post, year=self.year, kind=kind)
        return sum((entry.days for entry in entries), Decimal(0))

    def promises(self, post: Post) -> list[tuple[date, date, Decimal, Decimal]]:
        """(first, last, uncontracted, undated) of each promise."""
        found = []
        for match in Match.objects.filter(post=post, status__in=("proposed", "agreed")):
            if not hasattr(match, "placement"):
                found.append((match.request.wanted_from, match.request.wanted_until, match.days, match.days))
        for placement in Placement.objects.filter(post=post, status__in=OPEN):
            contracted = sum((e.days for e in placement.ledger.filter(kind="contract")), Decimal(0))
            dated = sum((d.days for d in placement.outreach_days.filter(status__in=DATED)), Decimal(0))
            zero = Decimal(0)
            uncontracted, undated = max(placement.days - contracted, zero), max(placement.days - dated, zero)
            found.append((placement.starts_on, placement.ends_on, uncontracted, undated))
        return found

    def committed(self, post: Post) -> Decimal:
        """The world's calendar has one year: whatever touches it lies in it."""
        of_year = self.year.starts_on, self.year.ends_on
        in_year = (u for first, last, u, _ in self.promises(post) if first <= of_year[1] and of_year[0] <= last)
        return self.sums(post, "contract") + sum(in_year, Decimal(0))

    def left(self, post: Post) -> Decimal:
        return max(self.sums(post, "budget") - self.committed(post), Decimal(0))

    def offered(self, post: Post, monday: date, *, suiting: bool = False) -> Decimal:
        total = Decimal(0)
        for day in (d for d in self.open_days if monday <= d < monday + timedelta(days=7)):
            if not (post.starts_on or day) <= day <= (post.ends_on or day):
                continue
            weekdays = {int(d) for d in self.request.weekdays} or set(range(5))
            if suiting and not (self.first <= day <= self.last and day.weekday() in weekdays):
                continue
            rows = [r for r in post.patterns.all() if r.weekday == day.weekday() and r.starts_on <= day]
            total += sum((row.share for row in rows if row.ends_on is None or day <= row.ends_on), Decimal(0))
        return min(total, self.policy.weekly_outreach_cap)

    def room(self, post: Post, monday: date) -> Decimal:
        """What a week still holds beside the days with a date, of whatever placement."""
        left = self.offered(post, monday)
        for placement in post.placements.all():
            for day in placement.outreach_days.all():
                if day.status in DATED and monday <= day.on < monday + timedelta(days=7):
                    left -= day.days
        return left if self.policy.cap_mode == "half_term_average" else max(left, Decimal(0))

    def free(self, post: Post) -> Decimal:
        """Hall's condition over every stretch of weeks that holds the wanted ones."""
        room = {m: self.room(post, m) for m in self.mondays}
        wanted = [m for m in self.mondays if m + timedelta(days=6) >= self.first and m <= self.last]
        if not wanted:
            return Decimal(0)
        fits = sum((min(room[m], self.offered(post, m, suiting=True)) for m in wanted), Decimal(0))
        promised = []
        for first, last, _, undated in self.promises(post):
            weeks = [m for m in self.mondays if m + timedelta(days=6) >= first and m <= last]
            if undated:
                promised.append((weeks, min(undated, max(sum((room[m] for m in weeks), Decimal(0)), Decimal(0)))))
        if promised:
            stretches = [
                [m for m in self.mondays if start <= m <= end]
                for start in self.mondays
                for end in self.mondays
                if start <= wanted[0] and end >= wanted[-1]
            ]
            starts = {wanted[0], *(w[0] for w, _ in promised if w and w[0] < wanted[0])}
            ends = {wanted[-1], *(w[-1] for w, _ in promised if w and w[-1] > wanted[-1])}
            for weeks in stretches:
                if weeks[0] in starts and weeks[-1] in ends:
                    taken = sum((q for w, q in promised if set(w) <= set(weeks)), Decimal(0))
                    fits = min(fits, sum((room[m] for m in weeks), Decimal(0)) - taken)
        return max(fits, Decimal(0))

    def score(self, post: Post) -> tuple[float, float | None]:
        """Total and journey."""
        asked, weights, home, host = self.request, self.weights, post.home, self.request.host
        km = None
        if home.easting is not None and host.easting is not None:
            km = 1.3 * hypot(host.easting - home.easting, host.northing - home.northing) / 1000
        level = {3: 1.0, 2: 0.75, 1: 0.4}[post.expertise.get(subject=asked.subject).level]
        stages = [1.0 if s in post.key_stages else 0.4 if self.beside(s, post) else 0.0 for s in asked.key_stages]
        usable = float(min(self.free(post), self.left(post)))
        budget = float(self.sums(post, "budget"))
        parts = (
            weights.expertise * level,
            weights.key_stage * (sum(stages) / len(stages) if stages else 1.0),
            weights.travel * (0.5 if km is None else max(0.0, 1 - km / weights.limit_km)),
            weights.capacity * (min(1.0, usable / float(self.wanted)) if self.wanted else 1.0),
            weights.work * share(asked.work_types, post.work_types),
            weights.pupils * (1.0 if "all" in post.pupil_groups else share(asked.pupil_groups, post.pupil_groups)),
            weights.continuity * self.knows(post, home, host),
            weights.load * (1 - min(float(self.committed(post)) / budget, 1.0) if budget else 0.0),
        )
        return round(sum(parts), 1), km

    def beside(self, stage: str, post: Post) -> bool:
        place = STAGES.index(stage)
        return any(abs(STAGES.index(other) - place) == 1 for other in post.key_stages)

    def knows(self, post: Post, home: School, host: School) -> float:
        for placement in Placement.objects.filter(post=post, host=host):
            if placement.status in (
                "active",
                "final_evaluation",
                "completed",
                "return_due",
                "return_done",
                "ended_early",
            ):
                return 1.0
            if placement.status == "closed" and placement.outreach_days.filter(status="done").exists():
                return 1.0
        fed = home in host.feeds_into.all() or host in home.feeds_into.all()
        return 0.5 if fed or (home.cluster_id is not None and home.cluster_id == host.cluster_id) else 0.0


def share(wanted: Any, offered: Any) -> float:
    return len(set(wanted) & set(offered)) / len(wanted) if wanted else 1.0
