"""A change of a contract in force, as it would be and as its page shows it; what of the days has been given."""

from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from astcoord.core import gate, policy
from astcoord.core.policy_choices import Party
from astcoord.core.problems import Problem, blocking
from astcoord.core.wording import listed
from astcoord.core.words import say
from placements.agreement.models import ContractVersion, Signature
from placements.agreement.permissions import parties_in_contract
from placements.agreement.reads.protocol import calendar_of, missing_parties
from placements.agreement.rules.contracts import inspector_problems, signature_stands, terms_problems
from placements.changes import documents, permissions, rules
from placements.changes.lifecycle import AmendmentStatus
from placements.changes.models import AmendedObjective, Amendment, Joining
from placements.changes.rules import Given
from placements.days import ledger
from placements.days.lifecycle import DayStatus
from placements.days.reads.days import room_until
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Objective, Placement, PlannedReview
from placements.placement.reads import WHO, policy_of
from placements.requests.rules import Host
from placements.requests.rules.difficulty import realism_problems, safeguards
from placements.supported.models import SupportedStaff
from placements.supported.querysets import SupportedQuerySet
from placements.supported.rules import unsaid_problems
from staff.accounts.models import User

TERMS = (
    "focus",
    "work_types",
    "days",
    "starts_on",
    "ends_on",
    "weekday",
    "day_share",
    "host_expectations",
    "ast_expectations",
    "monitor",
    "inspector_name",
    "inspector_role",
)
"""What a contract in force may be changed in, beside objectives and people."""
OF_TIME = ("days", "starts_on", "ends_on", "weekday", "day_share")
OBJECTIVE = ("text", "baseline", "criterion", "evidence")


def as_proposed(amendment: Amendment) -> Placement:
    """The placement as it would be. Not saved, and not to be."""
    proposed = copy(amendment.placement)
    for name in TERMS:
        setattr(proposed, name, getattr(amendment, name))
    return proposed


def proposed_for(placement: Placement) -> Placement | None:
    """What waits for signatures to take the place of the contract in force; None without it."""
    waiting = Amendment.objects.filter(placement=placement, status=AmendmentStatus.SIGNING)
    found = waiting.select_related("placement").first()
    return as_proposed(found) if found else None


def open_one(placement: Placement) -> Amendment | None:
    """The change that is not settled yet."""
    return placement.amendments.open().first()


def of_placement(placement: Placement) -> list[Amendment]:
    """All changes of its contract, the newest first, with what says whose turn it is."""
    rows = list(placement.amendments.select_related("asked_by", "version__policy"))
    for each in rows:
        each.placement = placement
    return rows


def given(placement: Placement, today: date) -> Given:
    """What the placement's days have been given to: two queries' worth in one."""
    rows = list(placement.outreach_days.counting().values_list("on", "days", "status"))
    used = [(on, days) for on, days, status in rows if status == DayStatus.DONE or on < today]
    planned = [(on, days) for on, days, status in rows if status != DayStatus.DONE and on >= today]
    return Given(
        used=sum((days for _, days in used), placement.days_before),
        used_on=tuple(on for on, _ in used),
        planned=sum((days for _, days in planned), Decimal(0)),
        planned_on=tuple(on for on, _ in planned),
    )


def problems_of(amendment: Amendment, today: date, *, budget: bool = True) -> list[Problem]:
    """All that stands in the way of a change, and what to think about: asked again at every step (R-8.15).

    Without `budget` the AST's year is not asked: its days are held already, or the co-ordinator has said why.
    """
    now, proposed = amendment.placement, as_proposed(amendment)
    if now.status not in PLACEMENT_UNDER_WAY:
        return [gate.out_of_turn(now, amendment.get_kind_display())]
    contract = policy_of(now)
    found = rules.extension_problems(proposed, now, today=today) if amendment.is_extension else []
    if not amendment.objectives.exists():
        found.append(Problem("A contract needs at least one objective.", "", "R-8.11"))
    so_far = given(now, today)
    found += rules.given_problems(proposed, so_far)
    stands = [name for name in ("starts_on", "weekday") if getattr(now, name) == getattr(proposed, name)]
    found += terms_problems(proposed, contract, calendar_of(proposed), stands=stands)
    found += inspector_problems(proposed, asked=contract.senior_inspector and now.taken_in_on is None)
    if not blocking(found) and any(getattr(now, name) != getattr(proposed, name) for name in OF_TIME):
        first = max(today, amendment.starts_on)
        room = room_until(proposed, first, amendment.ends_on) if first <= amendment.ends_on else Decimal(0)
        found += rules.room_problems(proposed, so_far, room)
    if budget:
        found += ledger.contract_problems(proposed, proposed.days)
    return found + rules.stricter_today(contract.most_a_week, policy.in_force(today).most_a_week)


def changes_of(amendment: Amendment) -> list[list[str]]:
    """Rows of what, as it is, as it would be."""
    if amendment.version is not None:
        rows: list[list[str]] = amendment.version.document.facts["changes"]
        return rows
    proposed = as_proposed(amendment)
    people = to_be_supported(amendment)
    facts = documents.amended_facts(amendment, proposed, policy_of(proposed), people=people, state="draft", number=0)
    return list(facts["changes"])


def words_of(amendment: Amendment) -> str:
    """What changes, in a few words: "last day, days"."""
    return ", ".join(f"{row[0][:1].lower()}{row[0][1:]}" for row in changes_of(amendment))


def final_evaluation(placement: Placement) -> date | None:
    """The day fixed for it, the last one if there are several (P4)."""
    held = placement.reviews_planned.filter(kind=PlannedReview.Kind.FINAL_EVALUATION)
    return held.order_by("-on").values_list("on", flat=True).first()


def to_be_supported(amendment: Amendment) -> SupportedQuerySet:
    """Those whom the contract would name if the change came into force."""
    leaving = list(amendment.leaving.values_list("pk", flat=True))
    joining = amendment.joining.filter(person__withdrew_on=None).values("person")
    people = amendment.placement.supported.filter(withdrew_on=None).exclude(pk__in=leaving)
    return people.filter(Q(joining=False) | Q(pk__in=joining))


def joining_of(amendment: Amendment) -> list[SupportedStaff]:
    """Those whom the change would add, without those who have withdrawn."""
    rows = amendment.joining.filter(person__withdrew_on=None).select_related("person__placement")
    return [row.person for row in rows]


def objectives_if_joined(person: SupportedStaff) -> list[AmendedObjective]:
    """The objectives of the change that would add this person."""
    row = Joining.objects.filter(person=person).select_related("amendment").first()
    return list(row.amendment.objectives.prefetch_related("people")) if row else []


def unsaid(amendment: Amendment, *, names: bool) -> list[Problem]:
    """Whoever would join confirms and says yes before the version can be signed (R-6.11); and as for a request, the
    co-ordinator has said why the aims are realistic where somebody is in difficulty (R-6.9)."""
    joining = joining_of(amendment)
    found = unsaid_problems(joining, names=names)
    return found + realism_needed(amendment) if joining else found


def realism_needed(amendment: Amendment) -> list[Problem]:
    """What the declarations of those who would join call for (R-6.9); nobody is named."""
    declared = [row.declared for row in amendment.joining.select_related("declared") if row.declared]
    held = policy_of(amendment.placement)
    return realism_problems(safeguards(Host(), declared, held), amendment.placement.request.realism)


def is_used(objective: Objective) -> bool:
    """Some diary entry, review, evaluation or piece of evidence refers to it."""
    others = [r for r in objective._meta.related_objects if r.related_model not in (AmendedObjective, SupportedStaff)]
    return any(r.related_model._default_manager.filter(**{r.field.name: objective}).exists() for r in others)


def lost_objectives(amendment: Amendment) -> list[Problem]:
    """Objectives that the change takes out and under which work has been written up since it was prepared."""
    kept = amendment.objectives.filter(objective__isnull=False).values("objective")
    lost = [str(each.number) for each in amendment.placement.objectives.exclude(pk__in=kept) if is_used(each)]
    return rules.written_up_meanwhile(lost) if lost else []


@dataclass(frozen=True)
class Turn:
    """Whose turn it is with a change: this person's, or whoever else's."""

    mine: bool
    words: str


@dataclass(frozen=True)
class AmendmentPage:
    """A change for one person. `party` is the capacity in which this person signs now; empty if in none."""

    amendment: Amendment
    changes: list[list[str]]
    turn: Turn | None
    version: ContractVersion | None
    signed: list[Signature]
    can_take_back: bool
    missing: list[str]
    party: str
    capacity: str
    may: dict[str, bool]
    objectives: list[AmendedObjective]
    leaving: list[str]
    joining: list[SupportedStaff]


def amendment_page(amendment: Amendment, user: User) -> AmendmentPage:
    """Everything that its page shows."""
    version, names = amendment.version, dict(Party.choices)
    signing = amendment.status == AmendmentStatus.SIGNING
    missing = missing_parties(version)
    signatures = list(version.signatures.all()) if version else []
    party = _party(amendment, user, missing, signatures) if signing else ""
    return AmendmentPage(
        amendment=amendment,
        changes=changes_of(amendment),
        turn=turn_of(amendment, user),
        version=version,
        signed=signatures,
        can_take_back=signing and not signature_stands(signatures, user.pk),
        missing=[str(names[p]) for p in missing] if signing else [],
        party=party,
        capacity=str(names[party]) if party else "",
        may=_may(amendment, user),
        objectives=list(amendment.objectives.all()),
        leaving=[person.name for person in amendment.leaving.all()],
        joining=joining_of(amendment),
    )


def turn_of(amendment: Amendment, user: User) -> Turn | None:
    """In one line whose turn it is; None when it is settled."""
    if amendment.status == AmendmentStatus.DRAFT:
        if user.pk == amendment.asked_by_id:
            return Turn(True, "Finish the change, then send it")
        help_too = " You can help to prepare it." if permissions.can_prepare(user, amendment) else ""
        return Turn(False, f"{amendment.asked_by} prepares a change.{help_too}")
    if amendment.status == AmendmentStatus.ASKED:
        mine = permissions.can_offer(user, amendment)
        return Turn(mine, "Agree, or say no" if mine else say("Waiting for the co-ordinator to agree."))
    if amendment.status != AmendmentStatus.SIGNING:
        return None
    missing = missing_parties(amendment.version)
    signatures = list(amendment.version.signatures.all()) if amendment.version else []
    if party := _party(amendment, user, missing, signatures):
        return Turn(True, f"Read and sign as {Party(party).label.lower()}")
    return Turn(False, f"Waiting for {listed([WHO[p] for p in missing])} to sign.")


def _party(amendment: Amendment, user: User, missing: list[str], signatures: list[Any]) -> str:
    if any(signature.user_id == user.pk for signature in signatures):
        return ""
    return next((str(p) for p in parties_in_contract(user, amendment.placement) if p in missing), "")


def _may(amendment: Amendment, user: User) -> dict[str, bool]:
    """What this person may do with it now."""
    machine, status = Amendment.machine, amendment.status
    asked = {
        "send": permissions.can_send,
        "offer": permissions.can_offer,
        "refuse": permissions.can_refuse,
        "withdraw": permissions.can_withdraw,
    }
    may = {name: status in machine.get(name).sources and can(user, amendment) for name, can in asked.items()}
    may["prepare"] = permissions.can_prepare(user, amendment) and not amendment.is_extension
    may["send"] = may["send"] and not may["offer"]  # the co-ordinator's own yes needs no asking
    return may
