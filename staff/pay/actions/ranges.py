"""The way of a pay range: the head proposes, the AST is heard, the governors decide (R-2.7, R-2.9, R-2.19)."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from astcoord.core import audit, gate, policy
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say, say_later
from staff.accounts.models import User
from staff.expertise.vocabulary import Funding
from staff.pay import emails, permissions, rules
from staff.pay.lifecycle import RangeStatus
from staff.pay.models import PayRange
from staff.pay.reads.holding import range_on
from staff.posts.models import Post
from staff.posts.permissions import is_own
from staff.posts.rules import day_problems

WORDS = {
    "lowest": "lowest point",
    "highest": "highest point",
    "starts_on": "from",
    "pay_rise": "the pay rise",
    "differentials": "differences to other teachers’ pay",
    "threshold": "threshold payments",
    "talked_on": say_later("talked over with the AST"),
}


@dataclass(frozen=True)
class Proposal:
    """What is put to the governors. The reason and the talk may come later, but before they approve it."""

    lowest: int
    highest: int
    starts_on: date
    pay_rise: str = ""
    differentials: str = ""
    threshold: str = ""
    talked_on: date | None = None

    def problems(self, post: Post) -> list[Problem]:
        """Bounds, and days within reason."""
        held = policy.in_force(max(self.starts_on, today()))
        seconded = post.funding_on(self.starts_on) == Funding.SECONDMENT
        found = rules.range_problems(
            lowest=self.lowest,
            highest=self.highest,
            least=held.secondment_first_point if seconded else held.range_first_point,
            most=held.secondment_last_point if seconded else held.range_last_point,
            seconded=seconded,
        )
        what = "The day from which it holds"
        found += day_problems(self.starts_on, "starts_on", spell=post.spell, today=today(), what=what)
        if self.talked_on is not None and self.talked_on > today():
            words = "The day on which it was talked over must be today or in the past"
            found.append(Problem(words, "talked_on", "R-2.7", "future"))
        return found


@transaction.atomic
def propose(*, post: Post, proposal: Proposal, by: User) -> PayRange:
    """Put a range to the governors; one at a time."""
    locked = Post.objects.locked(post.pk)
    require(permissions.can_keep(by, locked), say("an AST’s pay range"))
    refuse(proposal.problems(locked))
    if locked.pay_ranges.filter(status=RangeStatus.PROPOSED).exists():
        words = "A range waits for the governors already. Change that one, or withdraw it."
        raise Refused([Problem(words, "", "R-2.7", "waiting")])
    row = PayRange.objects.create(post=locked, proposed_by=by, **asdict(proposal))
    told = {WORDS[name]: value for name, value in asdict(proposal).items() if value}
    audit.record("Pay range proposed", locked, by=by, after=told)
    emails.range_proposed(row, by=by)
    return row


@transaction.atomic
def change(*, row: PayRange, proposal: Proposal, by: User) -> PayRange:
    """Word a proposal better, or put it right, as long as it waits."""
    locked, held = _held(row)
    require(permissions.can_keep(by, locked), say("an AST’s pay range"))
    if held.status != RangeStatus.PROPOSED:
        raise Refused([gate.out_of_turn(held, "Change the proposal")])
    refuse(proposal.problems(locked))
    before = {name: getattr(held, name) for name in WORDS}
    after = {name: value for name, value in asdict(proposal).items() if value != before[name]}
    if after:
        for name, value in after.items():
            setattr(held, name, value)
        held.save(update_fields=list(after))
        told = {WORDS[name]: before[name] for name in after}, {WORDS[name]: value for name, value in after.items()}
        audit.record("Proposed pay range changed", locked, by=by, before=told[0], after=told[1])
    return held


@transaction.atomic
def talked_over(*, row: PayRange, by: User) -> PayRange:
    """The AST says that the range has been talked over with them (R-2.7)."""
    locked, held = _held(row)
    require(is_own(by, locked), say("an AST’s pay range"))
    if held.status != RangeStatus.PROPOSED:
        raise Refused([gate.out_of_turn(held, "It has been talked over with me")])
    if held.talked_on is None:
        held.talked_on = today()
        held.save(update_fields=["talked_on"])
        audit.record("Pay range talked over", locked, by=by, after={WORDS["talked_on"]: held.talked_on})
    return held


@transaction.atomic
def approve(*, row: PayRange, decided_on: date, minute: str, by: User) -> PayRange:
    """The governors have decided: it holds from its day, in place of what held until then (R-2.7, R-2.9)."""
    Post.objects.locked(row.post.pk)
    moved = gate.move(
        row,
        "approve",
        by=by,
        may=permissions.can_decide,
        problems=_approval_problems,
        decided_on=decided_on,
        minute=minute.strip(),
    )
    audit.record("Pay range approved", moved.post, by=by, after={"range": str(moved), "minute": moved.minute})
    emails.range_decided(moved, by=by)
    return moved


@transaction.atomic
def refuse_range(*, row: PayRange, reason: str, by: User) -> PayRange:
    """The governors send it back, and say why; the head proposes another."""
    Post.objects.locked(row.post.pk)
    moved = gate.move(row, "refuse", by=by, may=permissions.can_decide, problems=_said(reason), reason=reason)
    audit.record("Pay range sent back", moved.post, by=by, reason=reason, before={"range": str(moved)})
    emails.range_decided(moved, by=by)
    return moved


@transaction.atomic
def withdraw(*, row: PayRange, reason: str, by: User) -> PayRange:
    """A proposal that is not put any more, or an approval that was a mistake: then what held before holds again."""
    Post.objects.locked(row.post.pk)
    approved = PayRange.objects.get(pk=row.pk).status == RangeStatus.APPROVED
    name, may = ("take_back", permissions.can_take_back) if approved else ("withdraw", permissions.can_withdraw)

    def problems(held: PayRange) -> list[Problem]:
        return [*_said(reason)(held), *(_left_without(held) if approved else ())]

    moved = gate.move(row, name, by=by, may=may, problems=problems, reason=reason)
    verb = "Pay range taken back" if approved else "Proposed pay range withdrawn"
    audit.record(verb, moved.post, by=by, reason=reason, before={"range": str(moved)})
    return moved


def _approval_problems(row: PayRange) -> list[Problem]:
    proposal = Proposal(**{name: getattr(row, name) for name in WORDS})
    others = PayRange.objects.approved().filter(post=row.post).exclude(pk=row.pk)
    return proposal.problems(row.post) + rules.approval_problems(
        pay_rise=row.pay_rise,
        differentials=row.differentials,
        talked_on=row.talked_on,
        decided_on=row.decided_on or today(),
        minute=row.minute,
        today=today(),
        others=list(others.values_list("starts_on", flat=True)),
        starts_on=row.starts_on,
    )


def _left_without(row: PayRange) -> Iterator[Problem]:
    """Points that would lie in no range: they are taken away first."""
    others = list(PayRange.objects.approved().filter(post=row.post).exclude(pk=row.pk))
    for point in row.post.pay_points.filter(starts_on__gte=row.starts_on):
        holds = range_on(row.post, point.starts_on, others)
        if holds is None or point.point not in holds.points:
            words = f"{point} lies in this range. Take that point away first."
            yield Problem(words, "", "R-2.10", "point")


def _said(reason: str) -> Any:
    return lambda _: [] if reason.strip() else [Problem("Enter a short reason", "reason", "R-2.7", "missing")]


def _held(row: PayRange) -> tuple[Post, PayRange]:
    """Post before range: whoever writes of a post's pay waits for whoever writes."""
    post = Post.objects.locked(row.post_id)
    return post, PayRange.objects.select_for_update(of=("self",)).select_related("post").get(pk=row.pk)
