"""Another share of an AST's time: asked for, agreed by both or refused, withdrawn, over (R-4.7).

The AST's post is locked first, as everywhere, because the year's days follow the share.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate, outbox, policy
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say, say_later
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.variations import emails, permissions, rules
from placements.variations.lifecycle import VARIATION_WAITS, VariationStatus
from placements.variations.models import TimeVariation
from placements.variations.permissions import HOME, OFFICE
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.permissions import is_home_head


@transaction.atomic
def ask(*, post: Post, share: Decimal, reason: str, starts_on: date, ends_on: date, by: User) -> TimeVariation:
    """Ask for another share; a headteacher who asks has agreed by asking. Nothing changes yet."""
    if not permissions.can_ask(by, post):
        raise PermissionDenied("ask for another share of time")
    ledger.lock(post)
    new = TimeVariation(
        post=post, share=share, reason=reason.strip(), starts_on=starts_on, ends_on=ends_on, asked_by=by
    )
    usual = policy.in_force().outreach_fraction
    refuse(rules.asked_problems(new, TimeVariation.objects.filter(post=post).live(), usual=usual, today=today()))
    new.save()
    after = {"share": share, "from": starts_on, "until": ends_on}
    audit.record("time variation: asked for", new, by=by, reason=new.reason, after=after)
    emails.asked(new, by=by)
    return answer(variation=new, side=HOME, yes=True, by=by) if is_home_head(by, post) else new


@transaction.atomic
def answer(*, variation: TimeVariation, side: str, yes: bool, by: User, reason: str = "") -> TimeVariation:
    """One side's yes or no. With both yeses it is in force and the year's days follow; any no ends it."""
    variation = _locked(variation)
    if variation.status not in VARIATION_WAITS:
        raise Refused([gate.out_of_turn(variation, "Answer")])
    if side not in permissions.sides_to_answer(by, variation):
        raise PermissionDenied(f"answer for the {side}")
    other = variation.office_by_id if side == HOME else variation.home_by_id
    refuse(rules.answer_problems(yes, reason, other=other, by=by.pk))
    if not yes:
        variation = gate.move(variation, "refuse", by=by, reason=reason, answer_reason=reason.strip())
    else:
        agreed: dict[str, Any] = {f"{side}_by": by, f"{side}_on": today()}
        variation = gate.move(variation, "agree_last" if other else "agree_first", by=by, **agreed)
    if variation.status != VariationStatus.HALF_AGREED:
        outbox.cancel_about(variation, kind="variation-asked")
        _apply(variation, by=by)
        emails.decided(variation, by=by)
    return variation


@transaction.atomic
def withdraw(*, variation: TimeVariation, by: User, reason: str) -> TimeVariation:
    """Take it back, or end it before its time: from today on the usual share holds again."""
    variation = _locked(variation)
    if not reason.strip():
        raise Refused([Problem("Say why it is withdrawn", "reason", "R-4.7", "reason")])
    variation = gate.move(
        variation,
        "withdraw",
        by=by,
        may=permissions.can_withdraw,
        reason=reason,
        answer_reason=reason.strip(),
        withdrawn_on=today(),
    )
    outbox.cancel_about(variation, kind="variation-asked")
    _apply(variation, by=by)
    emails.decided(variation, by=by)
    return variation


@transaction.atomic
def follow_post(*, variation: TimeVariation, by: User | None) -> TimeVariation:
    """The post has changed: what waits and would outlast it is withdrawn, what is in force counts as the post is."""
    variation = _locked(variation)
    last = variation.post.ends_on
    if variation.status in VARIATION_WAITS and last is not None and variation.ends_on > last:
        why = say("The AST leaves the post before its last day")
        variation = gate.move(variation, "withdraw", by=by, reason=why, answer_reason=why, withdrawn_on=today())
        outbox.cancel_about(variation, kind="variation-asked")
        emails.decided(variation, by=by)
    _apply(variation, by=by)
    return variation


def look_after(on: date) -> int:
    """Nightly: what is over expires, and a year entered since gets its part. How many expired; repeat-safe."""
    found = TimeVariation.objects.filter(status=VariationStatus.IN_FORCE).select_related("post")
    return each(found, lambda variation: _look_after(variation, on))


def _look_after(variation: TimeVariation, on: date) -> bool:
    variation = _locked(variation)
    if variation.status != VariationStatus.IN_FORCE:
        return False  # withdrawn between the list and the lock
    _apply(variation, by=None)
    if variation.ends_on >= on:
        return False
    gate.move(variation, "expire", by=None, reason="Its last day has passed")
    return True


def _locked(variation: TimeVariation) -> TimeVariation:
    ledger.lock(variation.post)
    return TimeVariation.objects.select_related("post__user", "post__home").get(pk=variation.pk)


def _apply(variation: TimeVariation, *, by: User | None) -> None:
    """Have the years' days stand as the share says: for the days on which it held with both agreements."""
    held = variation.home_by_id is not None and variation.office_by_id is not None
    last = variation.ends_on
    if variation.withdrawn_on is not None:
        last = min(last, variation.withdrawn_on - timedelta(days=1))
    wanted = _changes(variation, last) if held and last >= variation.starts_on else {}
    ledger.stand(
        LedgerEntry.Kind.BUDGET,
        variation.post,
        f"variation {variation.pk}",
        wanted,
        on=max(variation.starts_on, variation.post.starts_on or variation.starts_on),
        by=by,
        reason=f"{variation.percent} of the time, agreed by both",
    )


def _changes(variation: TimeVariation, last: date) -> dict[tuple[int, str], Decimal]:
    """Days more or fewer of each year that has a budget."""
    post, found = variation.post, {}
    opened = LedgerEntry.objects.filter(post=post, kind=LedgerEntry.Kind.BUDGET, source="").values("year")
    for year in AcademicYear.objects.touching(variation.starts_on, last).filter(pk__in=opened):
        rules_then = policy.in_force(max(variation.starts_on, year.starts_on))
        school = calendar.between(year.starts_on, year.ends_on)
        first = max(variation.starts_on, year.starts_on, post.starts_on or year.starts_on)
        end = min(last, year.ends_on, post.ends_on or year.ends_on)
        found[year.pk, ""] = rules.change_of_budget(
            days_per_year=rules_then.ast_days_per_year,
            weeks=ledger.weeks_of(post.spell, school, first, end) if first <= end else [],
            weeks_in_year=len(school.weeks(year.starts_on, year.ends_on)),
            share=variation.share,
            usual=rules_then.outreach_fraction,
        )
    return found


SIDES = {HOME: "the home headteacher", OFFICE: say_later("the co-ordinator")}
