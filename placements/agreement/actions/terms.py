"""The terms and objectives of a placement (R-8.11). Once a contract is out, every change is a new version (R-8.12)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from astcoord.core import audit, policy
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from placements.agreement import permissions
from placements.agreement.actions import contracts
from placements.agreement.reads.protocol import calendar_of
from placements.agreement.rules.contracts import inspector_problems, terms_problems
from placements.balances.reads.uses import contract_warnings
from placements.days import ledger
from placements.placement.lifecycle import PLACEMENT_PREPARING, PLACEMENT_REISSUABLE
from placements.placement.models import Objective, Placement
from placements.supported import actions as supported
from placements.supported.models import SupportedStaff
from staff.accounts.models import User

TERMS = (
    "subject",
    "focus",
    "work_types",
    "days",
    "starts_on",
    "ends_on",
    "weekday",
    "day_share",
    "day_shape",
    "notice_days",
    "host_expectations",
    "ast_expectations",
    "monitor",
    "inspector_name",
    "inspector_role",
)
"""The fields of a placement that its contract states and that are changed on the terms page."""

Facts = dict[str, Any]

OBJECTIVE = ("text", "baseline", "criterion", "evidence")


@transaction.atomic
def save_terms(*, placement: Placement, by: User, **terms: Any) -> list[Problem]:
    """Change some of `TERMS`; returns what to think about. Days and dates must fit the calendar.

    When the contract is out, a new version goes out with them and the signatures so far are void (R-8.12).
    """
    placement = open_for_change(placement=placement, by=by)
    unknown = set(terms) - set(TERMS)
    if unknown:
        raise TypeError(f"no terms: {sorted(unknown)}")
    before = {name: getattr(placement, name) for name in terms}
    for name, value in terms.items():
        setattr(placement, name, tuple(value) if name == "work_types" else value)
    changed = [name for name in terms if getattr(placement, name) != before[name]]
    found = terms_problems(placement, policy.in_force(), calendar_of(placement))
    found += inspector_problems(placement, asked=False)
    if not any(p.field == "starts_on" for p in found):
        # The contract takes days from the year: there it is refused, unless the co-ordinator gives a reason.
        found += [replace(p, warning=True) for p in ledger.contract_problems(placement, placement.days)]
    refuse(found)
    found += contract_warnings(placement, before.get("days", placement.days))
    if changed:
        placement.save(update_fields=changed)
        after = {name: terms[name] for name in changed}
        note_change(placement, by=by, what=_words(changed), before=_told(before), after=_told(after))
    return found


@transaction.atomic
def add_objective(*, placement: Placement, by: User, people: Iterable[SupportedStaff] = (), **fields: str) -> Objective:
    """One more objective, at the end of the list: all of `OBJECTIVE`; it concerns `people`, or everybody."""
    placement = open_for_change(placement=placement, by=by)
    last = placement.objectives.aggregate(last=Max("number"))["last"] or 0
    whole(fields)
    objective = Objective.objects.create(placement=placement, number=last + 1, **fields)
    objective.people.set(people)
    supported.objectives_changed(placement=placement, by=by)
    note_change(placement, by=by, what=f"objective {objective.number} added", after=fields)
    return objective


@transaction.atomic
def change_objective(
    *, objective: Objective, by: User, people: Iterable[SupportedStaff] | None = None, **fields: str
) -> Objective:
    """Change an objective's words, and whom it concerns; whoever has to say yes again is asked (R-8.11)."""
    placement = open_for_change(placement=objective.placement, by=by)
    before = {name: getattr(objective, name) for name in OBJECTIVE}
    after = {**before, **fields}
    whole(after)
    named = set(objective.people.all())
    people = named if people is None else set(people)
    if after != before:
        for name in OBJECTIVE:
            setattr(objective, name, after[name])
        objective.save(update_fields=OBJECTIVE)
    objective.people.set(people)
    supported.objectives_changed(placement=placement, by=by)
    if after != before:
        note_change(placement, by=by, what=f"objective {objective.number} changed", before=before, after=after)
    elif people != named:
        note_change(placement, by=by, what=f"whom objective {objective.number} concerns")
    return objective


@transaction.atomic
def remove_objective(*, objective: Objective, by: User) -> None:
    """Take an objective away and close the gap in the numbers. A contract that is out keeps at least one."""
    placement = open_for_change(placement=objective.placement, by=by)
    if placement.status in PLACEMENT_REISSUABLE and placement.objectives.count() == 1:
        raise Refused([Problem("A contract needs at least one objective. Change this one instead.", rule="R-8.11")])
    before, number = {name: getattr(objective, name) for name in OBJECTIVE}, objective.number
    objective.delete()
    for later in placement.objectives.filter(number__gt=number).order_by("number"):
        later.number -= 1
        later.save(update_fields=["number"])
    supported.objectives_changed(placement=placement, by=by)
    note_change(placement, by=by, what=f"objective {number} removed", before=before)


def lock(placement: Placement) -> Placement:
    """The placement, locked and fresh.

    The AST's post is locked before the placement, as everywhere: two who lock both never wait for each other.
    """
    ledger.lock(placement.post)
    return (
        Placement.objects.select_for_update(of=("self",))
        .select_related("post__user", "home", "host")
        .get(pk=placement.pk)
    )


def open_for_change(*, placement: Placement, by: User) -> Placement:
    """The placement, locked and fresh, if this person may change its terms now."""
    locked = lock(placement)
    if locked.status not in PLACEMENT_PREPARING | PLACEMENT_REISSUABLE:
        raise Refused(
            [
                Problem(
                    f"The terms cannot be changed now: {say('this placement')} is “{locked.get_status_display()}”.",
                    code="out-of-turn",
                )
            ]
        )
    if not permissions.can_change_terms(by, locked):
        raise PermissionDenied("change the terms")
    return locked


def note_change(
    placement: Placement,
    *,
    by: User,
    what: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Audit a change of the terms; where a contract is out and now reads differently, issue it anew (R-8.12)."""
    audit.record(f"terms: {what}", placement, by=by, before=before, after=after)
    if placement.status in PLACEMENT_REISSUABLE:
        contracts.issue_if_changed(placement=placement, by=by, change=what)


def whole(fields: dict[str, str]) -> None:
    """Refuses an objective that lacks one of `OBJECTIVE` (R-8.11)."""
    wanted = {
        "text": "Enter the objective.",
        "baseline": "Say where things stand now.",
        "criterion": "Say what will count as success.",
        "evidence": "Say what will show it.",
    }
    refuse(Problem(wanted[n], n, "R-8.11") for n in OBJECTIVE if not fields.get(n, "").strip())


def _told(facts: Facts) -> Facts:
    """For the audit trail: an account by its name."""
    return {name: str(value) if isinstance(value, User) else value for name, value in facts.items()}


def _words(names: list[str]) -> str:
    """“days, last day”: the changed fields in the form's own words."""
    return ", ".join(str(getattr(Placement._meta.get_field(name), "verbose_name", name)) for name in names)
