"""What the entry of a placement agreed before this system asks of the database (R-17.4)."""

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q

from astcoord.core import policy
from astcoord.core.problems import Problem
from astcoord.core.words import say
from placements.agreement.models import ContractVersion
from placements.days import ledger
from placements.days.rules.balance import Balance
from placements.matching.lifecycle import MatchStatus
from placements.placement.models import Placement
from placements.taken_in import rules
from placements.taken_in.models import SignedPaper
from placements.taken_in.rules import Agreed
from schools.calendar.models import AcademicYear
from schools.calendar.reads import YearShares

written: list[Callable[[Placement], list[str]]] = []
"""What later rooms know to have happened on a placement, each in a word or two; they fill it in at the start."""

AGREED_BEFORE = ContractVersion.objects.filter(agreed_before=True).select_related("document")


class Books:
    """What entries are judged against, read once for any number of them; `posts` are the ids of their ASTs' posts.

    Days that one entry takes count for the next (`take`), as they will when both are stored. Whoever writes opens new
    books with the AST's post locked.
    """

    def __init__(self, posts: Collection[int], today: date) -> None:
        self.posts, self.today = posts, today
        self.shares = YearShares()
        self.year = next((each for each in self.shares.years if each.holds(today)), None)
        self.taken: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
        self._balances: dict[int, dict[int, Balance]] = {}

    @cached_property
    def there(self) -> dict[tuple[int, int, date | None], Placement]:
        """Placements of these ASTs that were not undone, by AST, host and first day."""
        found = Placement.objects.filter(post__in=self.posts).exclude(match__status=MatchStatus.UNDONE)
        rows = found.prefetch_related(Prefetch("contracts", AGREED_BEFORE, to_attr="records")).order_by("-pk")
        return {(each.post_id, each.host_id, each.starts_on): each for each in rows}

    def already(self, agreed: Agreed) -> Placement | None:
        """The placement of this AST at this school from this day."""
        return self.there.get((agreed.post.pk, agreed.host.pk, agreed.starts_on))

    def problems(self, agreed: Agreed) -> list[Problem]:
        """All that stands against entering it."""
        year = self.year
        found = rules.agreed_problems(agreed, year=(year.starts_on, year.ends_on) if year else None, today=self.today)
        if found:
            return found
        if policy.in_force().pk is None:
            return [
                Problem(say("The authority’s policy has not been set up yet: set it up first"), "", "R-16.1", "policy")
            ]
        if not any(each.holds(agreed.starts_on) for each in self.shares.years):
            words = "The school year of the first day is not in the calendar: enter that year first"
            return [Problem(words, "starts_on", "R-4.11", "year")]
        return [] if agreed.beyond.strip() else self._over_years(agreed)

    def _over_years(self, agreed: Agreed) -> list[Problem]:
        """R-4.11, of the years that are not over: what lies behind cannot be overdrawn any more."""
        wanted = self.spread(agreed)
        for year in self.shares.years:
            if year.pk in wanted and year.ends_on >= self.today:
                left = self._left(agreed.post.pk, year)
                if found := rules.over_year(agreed.post.name, str(year), left=left, wanted=wanted[year.pk]):
                    return found
        return []

    def _left(self, post: int, year: AcademicYear) -> Decimal:
        if year.pk not in self._balances:
            self._balances[year.pk] = ledger.balances(self.posts, year)
        return self._balances[year.pk].get(post, Balance()).remaining - self.taken[post, year.pk]

    def take(self, agreed: Agreed) -> None:
        """An entry before the next one."""
        for year, days in self.spread(agreed).items():
            self.taken[agreed.post.pk, year] += days

    def spread(self, agreed: Agreed) -> dict[int, Decimal]:
        """The days agreed by school year (id), at least those used in each."""
        used = self.used_in(agreed)
        return ledger.years_between(agreed.starts_on, agreed.ends_on, agreed.days, used, shares=self.shares)

    def used_in(self, agreed: Agreed) -> dict[int, Decimal]:
        """The days used by school year (id): this one's, and the rest in the one before it."""
        years = [year for year in reversed(self.shares.years) if year.starts_on <= self.today][:2]
        now = agreed.used if agreed.used_this_year is None else agreed.used_this_year
        found = dict(zip((year.pk for year in years), (now, agreed.used - now), strict=False))
        return {pk: days for pk, days in found.items() if days}


def differences(placement: Any, agreed: Agreed) -> list[Problem]:
    """What is wrong with entering one of `Books.there`; nothing where the same was entered."""
    if placement.taken_in_on is None:
        return rules.made_here(placement.reference)
    return rules.already_there(placement.reference, placement.records[0].document.facts["given"], agreed.given())


def happened(placement: Placement) -> list[str]:
    """What of the work stands in this system already, in words for people; empty while nothing does."""
    papers = placement.papers.filter(~Q(state="outstanding") | Q(files__isnull=False))
    here = (
        ("outreach days", placement.outreach_days.exists()),
        ("people supported", placement.supported.exists()),
        ("a change of what was agreed", placement.amendments.exists()),
        ("meetings", placement.meetings.exists()),
        ("papers", papers.exists()),
    )
    return [words for words, there in here if there] + [words for asked in written for words in asked(placement)]


def undo_problems(placement: Placement) -> list[Problem]:
    """Whether it can be taken back as a mistake."""
    taken_in = placement.taken_in_on is not None
    return rules.undo_problems(happened(placement) if taken_in else (), taken_in=taken_in)


def paper_of(placement: Placement) -> SignedPaper | None:
    """The signed paper, if one is attached."""
    return SignedPaper.objects.held().filter(placement=placement).select_related("uploaded_by").first()
