"""How every AST's term stands, for the alerts (R-4.6, R-4.9, N15). A fixed number of queries, however many ASTs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, Sum, When

from astcoord.core import policy
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import SCHOOL_WEEK, CapMode
from placements.allocation.problem import days as in_days
from placements.balances import rules
from placements.balances.rules import Alert, Standing
from placements.days import ledger
from placements.days.models import OutreachDay
from placements.days.rules.time import to_quarter
from placements.matching.models import Match
from placements.matching.reads import promises
from placements.matching.reads.promises import Promise
from placements.placement.models import Placement
from placements.variations.lifecycle import VariationStatus
from placements.variations.models import TimeVariation
from schools.calendar import reads as calendar
from schools.calendar.models import Term
from schools.calendar.reads import SchoolCalendar
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.reads.posts import obligation

ZERO = Decimal(0)


@dataclass(frozen=True)
class PostAlerts:
    """One AST with something to see to in a term."""

    post: Post
    term: Term
    alerts: list[Alert]


@dataclass
class _Known:
    """What is read once for everybody."""

    today: date
    reader: User | None
    term: Term
    second_half: date
    terms: list[tuple[date, date]]
    rules: Policy
    signed: dict[int, Decimal]
    school: SchoolCalendar
    weeks_in_year: int

    def weeks(self, first: date, last: date) -> list[date]:
        return self.school.weeks(first, last) if first <= last else []


def alerts_of(posts: Iterable[Post], today: date, *, reader: User | None = None) -> list[PostAlerts]:
    """Those of `posts` (with `user`, and `home__statuses` prefetched) that have an alert today; none in holidays.

    For a `reader` who may not know who pays for a post (section G*) outreach is short whoever does: none is missing.
    """
    everybody = list(posts)
    ids = [post.pk for post in everybody]
    known = _known(today, ids, reader)
    if known is None or not everybody:
        return []
    balances = ledger.balances(ids, known.term.year)
    dated, promised, shares = _dated(ids, known), _promised(ids), _shares(ids)
    before = _used_before(ids, known)
    found = []
    for post in everybody:
        left = balances[post.pk].remaining if post.pk in balances else ZERO
        standing = _standing(
            post,
            known,
            dated=dated[post.pk],
            promised=promised[post.pk],
            shares=shares[post.pk],
            left=left,
            before=before.get(post.pk, ZERO),
        )
        if alerts := rules.alerts(standing):
            found.append(PostAlerts(post, known.term, alerts))
    return found


def _known(today: date, ids: list[int], reader: User | None) -> _Known | None:
    term = calendar.term_on(today)
    if term is None:
        return None
    year = term.year
    last = year.ends_on + timedelta(days=366)
    school = calendar.between(year.starts_on, last)
    halves = list(term.half_terms.order_by("number"))
    return _Known(
        today=today,
        reader=reader,
        term=term,
        second_half=halves[0].ends_on if len(halves) > 1 else term.ends_on,
        terms=list(Term.objects.order_by("starts_on").values_list("starts_on", "ends_on")),
        rules=policy.in_force(today),
        signed=_signed_caps(ids),
        school=school,
        weeks_in_year=len(school.weeks(year.starts_on, year.ends_on)),
    )


def _signed_caps(ids: list[int]) -> dict[int, Decimal]:
    """The weekly limit of the policy that each contract was signed under, by match: it binds those days (R-16.1)."""
    rows = Placement.objects.filter(match__post__in=ids, contracts__superseded_at=None, contracts__beside=False)
    unlimited = When(contracts__policy__cap_mode=CapMode.AGREED, then=SCHOOL_WEEK)
    most = Case(unlimited, default="contracts__policy__weekly_outreach_cap")
    return dict(rows.values_list("match_id", most))


def _dated(ids: list[int], known: _Known) -> dict[int, list[tuple[date, Decimal]]]:
    found: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    rows = OutreachDay.objects.counting().filter(placement__post__in=ids, on__gte=known.term.starts_on).order_by()
    for post, on, days in rows.values_list("placement__post_id", "on", "days"):
        found[post].append((on, days))
    return found


def _used_before(ids: list[int], known: _Known) -> dict[int, Decimal]:
    """Used before this system, without a date: taken as given in the term in which it was entered (R-17.4)."""
    term = (known.term.starts_on, known.term.ends_on)
    rows = ledger.undated().filter(post__in=ids, on__range=term).order_by()
    return dict(rows.values_list("post").annotate(Sum("days")))


def _promised(ids: list[int]) -> dict[int, list[Promise]]:
    found: dict[int, list[Promise]] = defaultdict(list)
    for promise in promises.open_among(Match.objects.filter(post__in=ids)):
        found[promise.post].append(promise)
    return found


def _shares(ids: list[int]) -> dict[int, list[TimeVariation]]:
    found: dict[int, list[TimeVariation]] = defaultdict(list)
    agreed = (VariationStatus.IN_FORCE, VariationStatus.EXPIRED)
    for variation in TimeVariation.objects.filter(post__in=ids, status__in=agreed):
        found[variation.post_id].append(variation)
    return found


def _standing(
    post: Post,
    known: _Known,
    *,
    dated: list[tuple[date, Decimal]],
    promised: list[Promise],
    shares: list[TimeVariation],
    left: Decimal,
    before: Decimal,
) -> Standing:
    term, today = known.term, known.today
    in_term = sum((days for on, days in dated if on <= term.ends_on), before)
    undated = [p for p in promised if p.undated and p.last >= today]
    end = max([p.last for p in undated], default=today)
    usual = known.rules.most_a_week
    cap = max((known.signed.get(promise.match, usual) for promise in undated), default=usual)
    to_come = sum((days for on, days in dated if today <= on <= end), ZERO)
    return Standing(
        required=obligation(post, today, known.rules, reader=known.reader).raises_alerts and not post.is_away(today),
        ramp=rules.is_ramp(
            first_post=post.first_post,
            starts_on=post.starts_on,
            terms=known.terms,
            now=today,
            ramp=known.rules.ramp_terms,
        ),
        begun=bool(in_term),
        second_half=today > known.second_half,
        weeks_gone=len(known.weeks(term.starts_on, today)),
        first_of_year=term.starts_on == min(first for first, _ in known.terms if first >= term.year.starts_on),
        expected=_expected(post, known, shares),
        planned=in_term + sum((_in_term(p, known) for p in undated), ZERO),
        remaining=left,
        undated=in_days(sum(p.undated for p in undated)),
        room=max(len(known.weeks(today, end)) * cap - to_come, ZERO),
    )


def _in_term(promise: Promise, known: _Known) -> Decimal:
    """The days without a date that would fall into the term, were they spread over the weeks to come."""
    first = max(promise.first, known.today)
    weeks = len(known.weeks(first, promise.last))
    here = len(known.weeks(max(first, known.term.starts_on), min(promise.last, known.term.ends_on)))
    return to_quarter(in_days(promise.undated) * here / weeks) if weeks else ZERO


def _expected(post: Post, known: _Known, shares: list[TimeVariation]) -> Decimal:
    """The full share of a term for this AST: by full-time equivalent, and by another share while one is agreed."""
    term, whole = known.term, known.rules.ast_days_per_year
    uses = known.rules.budget_categories
    for_outreach = Decimal(uses[0][1]) if uses else whole
    a_week = for_outreach / known.weeks_in_year if known.weeks_in_year else ZERO
    last = min(term.ends_on, post.ends_on or term.ends_on)
    weeks = known.weeks(max(term.starts_on, post.starts_on or term.starts_on), last)
    usual = known.rules.outreach_fraction
    parts = (next((v.share / usual for v in shares if v.starts_on <= w <= v.ends_on), Decimal(1)) for w in weeks)
    spell = post.spell
    return to_quarter(sum((part * spell.fte_on(week) for part, week in zip(parts, weeks, strict=True)), ZERO) * a_week)


def for_everybody(today: date, *, reader: User | None = None) -> list[PostAlerts]:
    """All ASTs in post who have an alert today, as `alerts_of` has it."""
    posts = Post.objects.in_post(today).select_related("user", "home")
    everybody = posts.prefetch_related("home__statuses", "hours", "absences", "fundings").order_by(
        "user__name_key", "pk"
    )
    return alerts_of(everybody, today, reader=reader)
