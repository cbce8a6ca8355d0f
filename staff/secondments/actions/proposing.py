"""A headteacher proposes a teacher: written, changed, submitted, taken back, withdrawn (R-2.13, R-2.19, R-2.20)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate, outbox, policy
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator
from staff.secondments.lifecycle import OVER, ProposalStatus
from staff.secondments.models import Proposal, SecondmentRound
from staff.secondments.permissions import is_head
from staff.secondments.rules import proposals as rules


@dataclass(frozen=True)
class Written:
    """What a head has written; a draft may lack anything but the name."""

    aspirant_name: str
    aspirant_email: str = ""
    subjects: Sequence[str] = ()
    answers: Sequence[tuple[str, str]] = ()
    current_salary: Decimal | None = None
    pay_fit: str = ""
    range_start: int | None = None
    other_funding: Decimal | None = None
    other_source: str = ""

    def fields(self) -> dict[str, Any]:
        """As they are stored."""
        said = asdict(self)
        words = {name: " ".join(value.split()) for name, value in said.items() if isinstance(value, str)}
        pairs = [[question, answer.strip()] for question, answer in self.answers]
        return {**said, **words, "pay_fit": self.pay_fit.strip(), "subjects": tuple(self.subjects), "answers": pairs}


@transaction.atomic
def propose(*, round: SecondmentRound, school: School, written: Written, by: User) -> Proposal:
    """Begin a proposal, as a draft; the school's head alone, while the round is open."""
    if not heads(by, school.pk):
        raise PermissionDenied("propose a teacher")
    held = SecondmentRound.objects.select_for_update().get(pk=round.pk)
    refuse(rules.open_problems(held, phase=school.phase, today=today()))
    new = Proposal(round=held, school=school, created_by=by, **written.fields())
    refuse(_problems(new))
    new.save()
    audit.record("secondment proposal: begun", new, by=by)
    return new


@transaction.atomic
def change(*, proposal: Proposal, written: Written, by: User) -> Proposal:
    """Word a draft better."""
    locked = _locked(proposal, by)
    if locked.status != ProposalStatus.DRAFT:
        words = "Only a draft can be changed. Take the proposal back first, while the round is open."
        raise Refused([Problem(words, "", "R-2.13", "not-a-draft")])
    fields = written.fields()
    changed = [name for name, value in fields.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, fields[name])
    refuse(_problems(locked))
    if changed:
        locked.save(update_fields=changed)
        audit.record("secondment proposal: changed", locked, by=by, after={"changed": _names(locked, changed)})
    return locked


@transaction.atomic
def submit(*, proposal: Proposal, by: User) -> Proposal:
    """R-2.13: by a head, whole, on or before the closing day. The co-ordinator then names the adviser."""
    held = SecondmentRound.objects.select_for_update().get(pk=proposal.round_id)

    def problems(row: Proposal) -> list[Problem]:
        now = policy.in_force()
        found = rules.open_problems(held, phase=row.school.phase, today=today())
        whole = rules.whole_problems(row, first=now.secondment_first_point, last=now.secondment_last_point)
        return found or whole

    return gate.move(proposal, "submit", by=by, may=is_head, problems=problems, submitted_at=timezone.now())


@transaction.atomic
def recall(*, proposal: Proposal, by: User) -> Proposal:
    """Make a draft of it again, before the adviser has answered and while the round is open."""
    held = SecondmentRound.objects.get(pk=proposal.round_id)

    def problems(row: Proposal) -> list[Problem]:
        return rules.open_problems(held, phase=row.school.phase, today=today())

    moved = gate.move(proposal, "recall", by=by, may=is_head, problems=problems, submitted_at=None)
    outbox.cancel_about(moved, kind="secondment-endorse")
    return moved


@transaction.atomic
def withdraw(*, proposal: Proposal, reason: str, by: User) -> Proposal:
    """The school does not want it any more; a place that it had comes free."""
    _need_reason(reason)
    moved = gate.move(proposal, "withdraw", by=by, may=is_head, reason=reason.strip())
    outbox.cancel_about(moved, kind="secondment-endorse")
    return moved


@transaction.atomic
def declare(*, proposal: Proposal, other_funding: Decimal, other_source: str, by: User) -> Proposal:
    """R-2.20: what the school has for this from elsewhere in a year, or nothing; the head, or the co-ordinator."""
    if not (is_coordinator(by) or is_head(by, proposal)):
        raise PermissionDenied("declare other funding")
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    source = " ".join(other_source.split())
    if locked.status in OVER:
        raise Refused([Problem("The secondment is over", "", "R-2.20", "over")])
    if other_funding and not source:
        raise Refused([Problem("Enter where the other funding comes from", "other_source", "R-2.20", "source")])
    before = {"a year": locked.other_funding, "from": locked.other_source}
    after: dict[str, Any] = {"a year": other_funding, "from": source if other_funding else ""}
    if before != after:
        locked.other_funding, locked.other_source = after["a year"], after["from"]
        locked.save(update_fields=["other_funding", "other_source"])
        audit.record("secondment: other funding declared", locked, by=by, before=before, after=after)
    return locked


def _locked(proposal: Proposal, by: User) -> Proposal:
    if not is_head(by, proposal):
        raise PermissionDenied("change a proposal")
    found: Proposal = Proposal.objects.select_for_update(of=("self",)).select_related("round").get(pk=proposal.pk)
    return found


def _problems(row: Proposal) -> list[Problem]:
    """What even a draft may not say."""
    now = policy.in_force()
    ended = (ProposalStatus.WITHDRAWN, ProposalStatus.DECLINED)
    others = Proposal.objects.filter(round_id=row.round_id, school_id=row.school_id).exclude(pk=row.pk)
    found = rules.twice_problems(others.exclude(status__in=ended), email=row.aspirant_email)
    if not row.aspirant_name:
        found.append(Problem("Enter the teacher’s name", "aspirant_name", "R-2.13", "missing"))
    if row.range_start is not None:
        first, last = now.secondment_first_point, now.secondment_last_point
        found += rules.range_problems(row.range_start, first=first, last=last)
    if row.other_funding and not row.other_source:
        found.append(Problem("Enter where the other funding comes from", "other_source", "R-2.20", "source"))
    return found


def _names(row: Proposal, changed: list[str]) -> list[str]:
    """Which answers, and not their words: the row itself holds those."""
    return [str(row._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused([Problem("Enter a short reason", "reason", "R-2.13", "reason")])
