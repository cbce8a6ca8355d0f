"""What a school's own ASTs gave to other schools, in a span of days and since last term (R-13.3)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, Sum

from evaluation.ideas.reads import of_schools
from evaluation.summaries.reads.changes import ZERO, since_last_term
from evaluation.summaries.wording import changes, questions
from evaluation.summaries.wording.changes import NO_TERM, HomeChanges, Since
from evaluation.summaries.wording.questions import HomeFacts
from placements.days import ledger
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from schools.calendar.lifecycle import Season
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import Post


def outreach_of_posts(first: date, last: date) -> dict[int, tuple[Decimal, set[int]]]:
    """By post: outreach days done between two days, and the schools that had them. Two queries."""
    done = OutreachDay.objects.filter(status=DayStatus.DONE, on__range=(first, last)).order_by()
    before = ledger.undated().filter(on__range=(first, last), placement__days_before__gt=0)
    told: dict[int, tuple[Decimal, set[int]]] = {}
    for rows in (done, before.order_by()):
        for post, host, share in rows.values_list("placement__post", "placement__host").annotate(Sum("days")):
            days, schools = told.get(post, (ZERO, set()))
            told[post] = days + share, schools | {host}
    return told


def homes_since(since: Since, today: date) -> dict[int, HomeChanges]:
    """By home school, what its ASTs gave, who began and who left. Days used before this system have no date, and do
    not count here. Four queries."""
    first = since.day + timedelta(days=1)
    done = OutreachDay.objects.filter(status=DayStatus.DONE, on__range=(first, today)).order_by()
    days: dict[int, Decimal] = defaultdict(Decimal)
    hosts: dict[int, set[int]] = defaultdict(set)
    for home, host, share in done.values_list("placement__home", "placement__host").annotate(Sum("days")):
        days[home] += share
        hosts[home].add(host)
    ideas = of_schools(first, today)
    came, went = Q(starts_on__range=(first, today)), Q(ends_on__gte=first, ends_on__lt=today)
    began: dict[int, list[str]] = defaultdict(list)
    left: dict[int, list[str]] = defaultdict(list)
    for post in Post.objects.filter(came | went, status__in=POST_KNOWN).select_related("user").order_by("user__name"):
        gone = post.ends_on is not None and post.ends_on < today
        (left if gone else began)[post.home_id].append(post.user.name)
    return {
        home: HomeChanges(days[home], len(hosts[home]), len(ideas.get(home, ())), began[home], left[home])
        for home in {*days, *ideas, *began, *left}
    }


@dataclass(frozen=True)
class OwnNews:
    """Of the ASTs whom one school employs: what changed since last term, one sentence at least, and three questions.

    `since` follows the word “since”; it is empty where the calendar holds no term.
    """

    since: str
    changed: Sequence[str]
    questions: Sequence[str]


class Homes:
    """What is new for every home school. Five queries, however many there are."""

    def __init__(self, today: date) -> None:
        self._since = since_last_term(today)
        self._changes = homes_since(self._since, today) if self._since else {}

    def news(self, school: int, asts: Sequence[tuple[str, Decimal, Decimal]], ideas: int) -> OwnNews:
        """`school` is its key; each of `asts` is (name, the year's days, days given); `ideas` came back this year."""
        facts = HomeFacts(
            asts=len(asts),
            budget=sum((budget for _, budget, _ in asts), ZERO),
            given=sum((given for _, _, given in asts), ZERO),
            ideas=ideas,
            none_given=[name for name, budget, given in asts if budget and not given],
            late=self._since is not None and self._since.season == Season.SUMMER,
        )
        told = changes.of_home(self._changes.get(school, HomeChanges())) if self._since else [NO_TERM]
        return OwnNews(self._since.words if self._since else "", told, questions.of_home(facts))
