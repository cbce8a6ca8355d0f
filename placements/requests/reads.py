"""What the rules need to know of a request, what the pages show of it, and the co-ordinator’s queue in order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count

from astcoord.core import policy
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Problem
from astcoord.core.wording import counted, date_words, days_words
from astcoord.core.words import say, say_later
from astcoord.ui.about import Card
from placements.priorities import reads as priorities
from placements.priorities import rules
from placements.priorities.reads import offered
from placements.requests import rules as requests_rules
from placements.requests.models import WEEKDAYS, OutreachRequest
from placements.requests.querysets import RequestQuerySet
from placements.requests.rules import difficulty
from schools.calendar import reads as calendar
from schools.register.models import School, SchoolStatus
from staff.accounts.models import User
from staff.expertise.vocabulary import NeverWork


def priority_problems(request: OutreachRequest, *, today: date) -> list[Problem]:
    """What a request still has to say of priorities before it is sent; two queries."""
    found = offered(today, begins=request.wanted_from)
    running = {each.pk for each in found}
    linked = [(str(each), each.pk in running) for each in request.priorities.all()]
    return rules.request_problems(linked, request.no_priority_reason, any_offered=bool(found))


def any_priorities(request: OutreachRequest, today: date) -> bool:
    """Whether the authority has a list of which a request says what it serves; one query."""
    return bool(offered(today, begins=request.wanted_from))


more_cards: "list[Callable[[OutreachRequest, User, date], Iterable[Card]]]" = []
"""Filled in when the software starts; each gives what this reader may see, in two queries at most."""


@dataclass(frozen=True)
class Help:
    """How many ASTs could help with a request, the best of them with the days that one can give; or `why` not said."""

    count: int = 0
    best: str = ""
    free: Decimal = Decimal(0)
    why: str = ""

    def __str__(self) -> str:
        """Such as “5, best Wren Castellow with 6 days”."""
        if self.why or not self.count:
            return self.why or "Nobody"
        return f"{self.count}, best {self.best} with {days_words(self.free)}"


CouldHelp = Callable[[Iterable[OutreachRequest], User, date], dict[int, Help]]
_help: dict[str, CouldHelp] = {}


def answer_help_with(could_help: CouldHelp) -> None:
    """Who could help is known in a later room, which answers here for many requests at once."""
    _help["could_help"] = could_help


def could_help(asked: Iterable[OutreachRequest], reader: User, today: date) -> dict[int, Help]:
    """By request; a fixed number of queries."""
    answer = _help.get("could_help")
    return answer(asked, reader, today) if answer else {}


@dataclass(frozen=True)
class Row:
    """One answer; `step` is where it can be changed."""

    label: str
    value: Any
    step: str


def host_on(school: School, on: date, *, for_good: bool = False) -> requests_rules.Host:
    """The school as it stands on `on` (R-1.2); one query, or none with its statuses prefetched.

    `for_good` leaves out what is known to end: a school that is about to leave a category may begin to ask.
    """
    return host_of(school.statuses.all(), on, for_good=for_good)


def host_of(statuses: "Iterable[SchoolStatus]", on: date, *, for_good: bool = False) -> requests_rules.Host:
    """The same of what a school's statuses are known to be."""
    held = [row for row in statuses if row.holds_on(on) and not (for_good and row.ends_on)]
    return requests_rules.Host(
        category=next((row.get_name_display() for row in held if row.is_category), ""),
        programmes=tuple(sorted(row.get_name_display() for row in held if not row.is_category)),
    )


def window_of(days: Any, first: date | None, last: date | None, weekdays: Iterable[str]) -> requests_rules.Window:
    """When help is wanted, with the teaching weeks that hold a day that suits; up to five queries."""
    if not (first and last and first <= last):
        return requests_rules.Window(days, first, last)
    known = calendar.known(first) and calendar.known(last)
    wanted = {int(code) for code in weekdays} or set(range(5))
    school_days = calendar.between(first, last).school_days(first, last) if known else []
    weeks = {calendar.monday(day) for day in school_days if day.weekday() in wanted}
    return requests_rules.Window(days, first, last, weeks=len(weeks), known=known)


def answers_of(request: OutreachRequest) -> dict[str, Any]:
    """The compulsory answers by field."""
    return {name: getattr(request, name) for name in requests_rules.NEEDED}


def problems_of(request: OutreachRequest, *, today: date, settings: Policy | None = None) -> list[Problem]:
    """Everything that stops the head from sending this request (section 6), each problem on its field."""
    settings = settings or policy.in_force(today)
    return [
        *entry_problems(request, today=today, settings=settings, only=requests_rules.NEEDED),
        *requests_rules.work_problems(request.work_types, request.other_work, settings.pm_support),
        *requests_rules.people_problems(request.staff.all(), settings.teacher_difficulty),
        *requests_rules.exclusions_unticked(request.exclusions),
        *priority_problems(request, today=today),
    ]


def entry_problems(
    request: OutreachRequest,
    *,
    today: date,
    settings: Policy | None = None,
    only: Iterable[str] = requests_rules.NEEDED_TO_ENTER,
) -> list[Problem]:
    """What stops the office from asking the head to confirm: the head adds people, work and exclusions (R-5.7)."""
    settings = settings or policy.in_force(today)
    host = host_on(request.host, request.wanted_from or today)
    window = window_of(request.days, request.wanted_from, request.wanted_until, request.weekdays)
    return [
        *requests_rules.host_problems(request.host, host, settings),
        *requests_rules.missing(answers_of(request), frozenset(only)),
        *requests_rules.window_problems(window, today=today, weekly_cap=settings.most_a_week),
    ]


def safeguards_of(request: OutreachRequest, *, today: date) -> list[str]:
    """Why the co-ordinator must say that the aims are realistic (R-6.9); empty for most requests."""
    host = host_on(request.host, request.wanted_from or today)
    return difficulty.safeguards(host, request.staff.all(), policy.in_force(today))


def realism_problems(
    request: OutreachRequest, *, today: date, declared: bool = True, settings: Policy | None = None
) -> list[Problem]:
    """What stops a match from being agreed while the statement of R-6.9 is missing, or a consent.

    Without what was `declared` of people, for those who may not know it (section G*); for many give the `settings`.
    """
    host = host_on(request.host, request.wanted_from or today)
    people = list(request.staff.all()) if declared else []
    settings = settings or policy.in_force(today)
    found = difficulty.safeguards(host, people, settings)
    return difficulty.realism_problems(found, request.realism) + difficulty.consent_problems(people, settings)


def confirmation_problems(request: OutreachRequest) -> list[Problem]:
    """No match is agreed for a request that the headteacher has not confirmed (R-5.7)."""
    if request.confirmed:
        return []
    return [Problem("The headteacher has not confirmed this request yet.", rule="R-5.7", code="unconfirmed")]


def _labels(request: OutreachRequest, field: str) -> list[str]:
    found: list[str] = request._meta.get_field(field).labels(request)  # type: ignore[union-attr]
    return found


def rows_of(request: OutreachRequest, *, why: bool = True) -> list[Row]:
    """The answers in the order in which they are asked; people come apart, because not everyone may see them.

    Not `why` no priority is served, for those who read sums (section G).
    """
    work = _labels(request, "work_types") + ([request.other_work] if request.other_work else [])
    dates = ""
    if request.wanted_from and request.wanted_until:
        dates = f"{date_words(request.wanted_from)} to {date_words(request.wanted_until)}"
    days = "" if request.days is None else days_words(request.days)
    suits = _labels(request, "weekdays") if 0 < len(request.weekdays) < len(WEEKDAYS) else ["Any weekday"]
    left_out = "Yes, all of it" if set(request.exclusions) >= set(NeverWork.values) else ""
    return [
        Row("Subject", request.get_subject_display(), "subject"),
        Row("Aspect", request.aspect, "subject"),
        Row("Key stages", _labels(request, "key_stages"), "subject"),
        Row("Pupils", _labels(request, "pupil_groups"), "subject"),
        Row("What needs to get better", request.need, "need"),
        Row("Where the need shows", _labels(request, "evidence_kinds"), "need"),
        Row("What the evidence says", request.evidence, "need"),
        Row("Priorities it serves", priorities.words_of(request, why=why), "priorities"),
        Row(say("What the AST would do"), request.task, "aims"),
        Row("What staff need to learn", request.training_need, "aims"),
        Row("What should be different", request.outcome, "success"),
        Row("How you will know", request.criterion, "success"),
        Row("Kinds of work", "; ".join(work), "work"),
        Row("Days", days, "dates"),
        Row("Between", dates, "dates"),
        Row("Days of the week", suits if request.days else "", "dates"),
        Row("Agreed what you will not ask for", left_out, "exclusions"),
    ]


NEXT = {
    "draft": "This request has not been sent yet.",
    "awaiting_confirmation": "The request is the school’s only when its headteacher has confirmed it.",
    "submitted": say_later("The co-ordinator will read the request next. The school has nothing to do."),
    "under_review": say_later("The co-ordinator is looking for an AST. The school has nothing to do."),
    "returned": say_later(
        "The co-ordinator has asked the headteacher something. The answers can be changed and sent again."
    ),
    "waiting": say_later("No AST can take this up now. The co-ordinator will look again on the date below."),
    "proposed": say_later("An AST and the AST’s own headteacher have been asked. The school has nothing to do."),
    "agreed": say_later("An AST has been found. The placement is being set up."),
    "placed": say_later("An AST has been found, and the placement has begun to be set up."),
    "declined": say_later("The request ended without an AST."),
    "referred": "Another source of help suits better.",
    "withdrawn": "The school took the request back.",
}
"""What happens next, in words that say whose turn it is (R-6.15)."""

YOUR_TURN = {
    "submitted": say_later("Your turn: read it, then look for an AST or ask the school what is not clear."),
    "under_review": say_later("Your turn: find an AST, or say what else is to happen."),
    "waiting": "It waits for the day below. You can take it up again before then.",
}
"""The same to the co-ordinator, where it is the co-ordinator's turn."""

BEFORE = say_later(
    "Its placement was agreed before this system, and is entered here as it stood. Nobody asked by this request."
)


def next_words(request: OutreachRequest, *, decides: bool) -> str:
    """What happens next with a request, to one who `decides` or to others."""
    if request.agreed_before:
        return BEFORE
    return (YOUR_TURN if decides else {}).get(request.status, NEXT[request.status])


SOON = timedelta(days=7)
OVERDUE, DUE_SOON, LATER = "Overdue", "Due in the next 7 days", "Later"


def band(act_by: date | None, today: date) -> str:
    """In which part of the queue a request stands that is to be acted on by `act_by`.

    >>> band(date(2026, 10, 5), date(2026, 10, 6))
    'Overdue'
    """
    if act_by is None or act_by > today + SOON:
        return LATER
    return OVERDUE if act_by < today else DUE_SOON


@dataclass(frozen=True)
class Bands:
    """How many requests stand under each heading on all pages, and in all."""

    numbers: dict[str, int]
    today: date

    @property
    def total(self) -> int:
        return sum(self.numbers.values())

    def heading_of(self, request: Any) -> str:
        """Its heading with how many stand under it: “Overdue: 3 requests”."""
        name = band(request.act_by, self.today)
        return f"{name}: {counted(self.numbers[name], 'request')}"


def bands_of(requests: RequestQuerySet, today: date) -> Bands:
    """For the requests of a list, with `act_by` (see `RequestQuerySet.with_turns`); one query."""
    numbers = dict.fromkeys((OVERDUE, DUE_SOON, LATER), 0)
    rows: Any = requests.order_by()
    for act_by, count in rows.values_list("act_by").annotate(n=Count("pk")):
        numbers[band(act_by, today)] += count
    return Bands(numbers, today)
