"""The page “Pay and funding” of one post, and its card on the AST's page (R-2.4, R-2.7 to R-2.12, R-2.23)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from astcoord.core import timeline
from astcoord.core.wording import date_words
from astcoord.core.words import say, say_later
from staff.accounts.models import User
from staff.pay import rules
from staff.pay.lifecycle import Decision, RangeStatus
from staff.pay.models import AllowanceAnswer, PayPoint, PayRange, PostContract, PostIncome
from staff.pay.permissions import can_change_funding, can_decide, can_keep, can_withdraw, sees_pay
from staff.pay.reads.holding import funding_words, point_on, range_on, reason_of, wanted_on
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import Post, PostFunding
from staff.posts.permissions import is_own
from staff.posts.reads.posts import Card, obligation

NOT_RECORDED = "Pay not recorded"
VERBS = (
    "Pay range proposed",
    "Proposed pay range changed",
    "Proposed pay range withdrawn",
    "Pay range talked over",
    "Pay range approved",
    "Pay range sent back",
    "Pay range taken back",
    "Pay point recorded",
    "Pay point corrected",
    "Pay point taken away",
    "Allowances recorded",
    "Contract recorded",
    *(f"Fixed term: {each.label.lower()}" for each in Decision),
    "Funding changed",
    "Income recorded",
    "Income taken away",
)
"""What this room records of a post: nobody reads it who does not read the pay (section G*)."""


GAPS = {
    "no-range": "No pay range is approved",
    "no-point": "No point inside the range is recorded",
    "not-asked": say_later("Nobody has said whether an allowance is held that an AST cannot hold"),
    "allowance": say_later("An allowance is held that an AST cannot hold"),
    "no-contract": "Permanent or fixed term is not recorded",
}
"""What is missing, as the page says it."""


@dataclass(frozen=True)
class RangeShown:
    """A range, why it is so, and what this reader may do with it."""

    row: PayRange
    rows: list[tuple[str, Any]]
    may_change: bool
    may_decide: bool
    may_withdraw: bool
    may_say_talked: bool

    @property
    def is_approved(self) -> bool:
        return self.row.status == RangeStatus.APPROVED


@dataclass(frozen=True)
class PayPage:
    """Everything of a post's pay. `gaps` is what is not recorded, or does not fit."""

    post: Post
    now: list[tuple[str, Any]]
    gaps: list[str]
    waiting: RangeShown | None
    ranges: list[RangeShown]
    points: list[PayPoint]
    allowances: list[AllowanceAnswer]
    contract: PostContract | None
    due: bool
    funding: str
    obligation: str
    fundings: list[PostFunding]
    income: list[PostIncome]
    may_keep: bool
    may_fund: bool
    history: list[dict[str, Any]]


@dataclass(frozen=True)
class Records:
    """What is recorded of a post's pay, the newest first."""

    post: Post
    ranges: list[PayRange]
    points: list[PayPoint]
    allowances: list[AllowanceAnswer]
    contract: PostContract | None

    @property
    def approved(self) -> list[PayRange]:
        return [each for each in self.ranges if each.status == RangeStatus.APPROVED]

    def allowances_on(self, day: date) -> AllowanceAnswer | None:
        return next((each for each in self.allowances if each.on <= day), None)


def page_of(post: Post, user: User, today: date) -> PayPage:
    """All of the page in 6 queries; `post` has user, home, and prefetched `fundings` and `home__statuses`."""
    contract = PostContract.objects.filter(post=post).first()
    found = Records(
        post, list(post.pay_ranges.all()), list(post.pay_points.all()), list(post.allowances.all()), contract
    )
    shown = [_shown(row, post, user) for row in found.ranges]
    return PayPage(
        post=post,
        now=_now(found, today),
        gaps=_gaps(found, today),
        waiting=next((each for each in shown if each.row.status == RangeStatus.PROPOSED), None),
        ranges=[each for each in shown if each.row.status != RangeStatus.PROPOSED],
        points=found.points,
        allowances=found.allowances,
        contract=contract,
        due=contract is not None and contract.is_due(today) and post.ends_on is None,
        funding=funding_words(post, today),
        obligation=obligation(post, today, reader=user).words,
        fundings=list(post.fundings.all()),
        income=list(post.income.all()),
        may_keep=can_keep(user, post),
        may_fund=can_change_funding(user, post),
        history=timeline.trail(post, reader=user, only=VERBS),
    )


def card(post: Post, user: User, today: date) -> Iterator[Card]:
    """On the AST's page and on the governors' paper, for those who may read it. One query: no point without a range."""
    if not sees_pay(user, post):
        return
    day = wanted_on(post, today)
    paid = PayPoint.objects.filter(post=OuterRef("post"), starts_on__lte=day).order_by("-starts_on")
    ranges = PayRange.objects.approved().filter(post=post, starts_on__lte=day).order_by("-starts_on")
    holds = ranges.annotate(
        paid=Subquery(paid.values("point")[:1]), since=Subquery(paid.values("starts_on")[:1])
    ).first()
    rows: list[tuple[Any, ...]] = [("Pay range", NOT_RECORDED if post.status in POST_KNOWN else "Not recorded yet")]
    if holds is not None:
        point = f"{holds.paid}, since {date_words(holds.since)}" if holds.paid else NOT_RECORDED
        rows = [("Pay range", f"Points {holds.points}"), *reason_of(holds), ("Point", point)]
    words = "Pay and funding: range, points, contract, money"
    yield Card("Pay", rows, ((words, reverse("staff:pay", args=[post.pk])),))


def _shown(row: PayRange, post: Post, user: User) -> RangeShown:
    row.post = post
    waits = row.status == RangeStatus.PROPOSED
    rows: list[tuple[str, Any]] = [
        ("Points", str(row.points)),
        ("From", row.starts_on),
        *reason_of(row),
        (say("Talked over with the AST"), row.talked_on or "Not yet"),
    ]
    if row.decided_on:
        rows.append(("Decided by the governors", f"{date_words(row.decided_on)}, minute {row.minute}"))
    return RangeShown(
        row=row,
        rows=rows,
        may_change=waits and can_keep(user, post),
        may_decide=waits and can_decide(user, row),
        may_withdraw=(waits or row.status == RangeStatus.APPROVED) and can_withdraw(user, row),
        may_say_talked=waits and row.talked_on is None and is_own(user, post),
    )


def _now(found: Records, today: date) -> list[tuple[str, Any]]:
    """What holds, and what will, in five lines."""
    holds, point = range_on(found.post, today, found.approved), point_on(found.post, today, found.points)
    coming = [f"{each.points} from {date_words(each.starts_on)}" for each in found.approved if each.starts_on > today]
    said, contract = found.allowances_on(today), found.contract
    extra = ", depends on extra funding" if contract and contract.depends_on_funding else ""
    return [
        ("Pay range", "; ".join([*([str(holds.points)] if holds else []), *coming]) or "Not recorded"),
        ("Point", f"{point.point}, since {date_words(point.starts_on)}" if point else "Not recorded"),
        (say("Allowances that an AST cannot hold"), said.words if said else "Not asked yet"),
        ("Contract", f"{contract}{extra}" if contract else "Not recorded"),
        ("Funded by", funding_words(found.post, today)),
    ]


def _gaps(found: Records, today: date) -> list[str]:
    """What is missing or does not fit: for candidates before the post is held, for others as a reminder."""
    day = wanted_on(found.post, today)
    holds, point = range_on(found.post, day, found.approved), point_on(found.post, day, found.points)
    said = found.allowances_on(day)
    problems = rules.in_post_problems(
        holds=holds.points if holds else None,
        point=point.point if point else None,
        asked=said is not None,
        held=said.held if said else (),
        contract=found.contract.kind if found.contract else "",
    )
    return [GAPS[each.code] for each in problems]
