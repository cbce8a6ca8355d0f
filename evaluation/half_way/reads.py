"""A half-way review as its page shows it (R-19.2); which placements are half-way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, Q, Sum, Value
from django.db.models.functions import Coalesce

from astcoord.core import policy
from astcoord.core.clock import today
from astcoord.core.wording import date_words, listed
from astcoord.core.words import say, say_later
from evaluation.half_way import permissions, rules
from evaluation.half_way.lifecycle import Decision, HalfWayStatus, Side
from evaluation.half_way.models import HalfWayReview
from placements.agreement.models import ContractVersion
from placements.days.lifecycle import DayStatus
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.placement.querysets import PlacementQuerySet
from staff.accounts.models import User

DELIVERED = Coalesce(
    Sum("outreach_days__days", filter=Q(outreach_days__status=DayStatus.DONE)),
    Value(Decimal(0)),
    output_field=DecimalField(),
)


def where_asked(on: date) -> PlacementQuerySet:
    """Active placements whose contract has a half-way review; without a contract the policy of that day says it."""
    in_force = ContractVersion.objects.in_force()
    agreed = Q(pk__in=in_force.filter(policy__half_way_review=True).values("placement"))
    if policy.in_force(on).half_way_review:
        agreed |= ~Q(pk__in=in_force.values("placement"))
    return Placement.objects.filter(agreed, status=PlacementStatus.ACTIVE, starts_on__lte=on)


def half_way(on: date) -> Iterator[Placement]:
    """Those of them that are half-way and have not been asked, or were while the work seemed over. One query."""
    unasked = where_asked(on).filter(Q(half_way_review=None) | Q(half_way_review__status=HalfWayStatus.CALLED_OFF))
    for placement in unasked.with_people().select_related("half_way_review").annotate(delivered=DELIVERED):
        if rules.is_half_way(placement, placement.delivered, on):
            yield placement


@dataclass(frozen=True)
class ViewShown:
    """One side's view. `said` is who saved it when; `change` whether this reader may."""

    side: str
    title: str
    text: str
    said: str
    change: bool


@dataclass(frozen=True)
class HalfWayPage:
    """A review for one person. `next_step` is where the co-ordinator carries the decision out: words, URL name."""

    turn: str
    views: list[ViewShown]
    can_decide: bool
    can_take_back: bool
    next_step: tuple[str, str] | None


NEXT: dict[str, tuple[str, str]] = {
    Decision.CHANGE: ("Propose the change", "placements:change_new"),
    Decision.END: (say_later("End the placement early"), "placements:placement_end"),
}


def page_of(review: HalfWayReview, user: User) -> HalfWayPage:
    """Everything that its page shows; `review` as its reader may read it. One query where something was decided."""
    asked, decides = review.status == HalfWayStatus.ASKED, permissions.decides(user, review)
    return HalfWayPage(
        turn=_turn(review) if asked else "",
        views=list(_views(review, user)),
        can_decide=decides and asked and not (review.missing and today() <= review.due_on),
        can_take_back=decides and review.status == HalfWayStatus.DECIDED,
        next_step=_next(review) if decides else None,
    )


def _views(review: HalfWayReview, user: User) -> Iterator[ViewShown]:
    reads = permissions.reads_views(user, review.placement)
    for side in Side.values if reads else ():
        by, at = getattr(review, f"{side}_by"), getattr(review, f"{side}_at")
        said = f"{by}, {date_words(at.date())}" if at else ""
        change = permissions.can_answer(user, review, side)
        yield ViewShown(side, Side(side).label, getattr(review, f"{side}_view"), said, change)


def _turn(review: HalfWayReview) -> str:
    missing = listed(rules.WHO[side] for side in review.missing)
    if not missing:
        return say("Both have answered. The co-ordinator decides how it goes on.")
    if today() <= review.due_on:
        return f"Waiting for {missing} to say how it goes, by {date_words(review.due_on)}."
    return (
        f"{missing[:1].upper()}{missing[1:]} did not answer by {date_words(review.due_on)}. "
        f"{say('The co-ordinator')} decides."
    )


def _next(review: HalfWayReview) -> tuple[str, str] | None:
    """What was decided and is still to be carried out."""
    open_ = HalfWayReview.objects.filter(pk=review.pk)
    step = NEXT.get(review.decision)
    return step if step and open_.not_carried_out(review.decision).exists() else None


def link_of(placement: Placement, user: User, _: object) -> Iterator[tuple[str, str]]:
    """The way to it from the placement's page, for who reads the placement whole. One query."""
    if HalfWayReview.objects.visible_to(user).filter(placement=placement).exists():
        yield "Half-way review", HalfWayReview(placement=placement).get_absolute_url()
