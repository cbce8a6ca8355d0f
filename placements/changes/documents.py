"""What the papers of a change state: the contract as it would read, and what of it is new (R-8.15, R-15.5)."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from astcoord.core.models.policy import Policy
from astcoord.core.wording import date_words
from astcoord.core.words import said, say_later
from placements.agreement.documents import contracts
from placements.agreement.models import ContractVersion
from placements.changes.models import Amendment
from placements.placement.lifecycle import ReviewKind
from placements.placement.models import Placement
from placements.supported.models import SupportedStaff
from staff.expertise.vocabulary import WORDED_BEFORE

ADDENDUM = "contract-addendum"

PLAIN = (
    ("aims", "Aims"),
    ("work", "Kinds of work"),
    ("host_expectations", "What the host school does"),
    ("ast_expectations", say_later("What the AST does")),
)
OBJECTIVE = (
    ("text", ""),
    ("baseline", "Now: "),
    ("criterion", "Success: "),
    ("evidence", "Evidence: "),
)


def amended_facts(
    amendment: Amendment,
    proposed: Placement,
    policy: Policy,
    *,
    people: Iterable[SupportedStaff],
    state: str,
    number: int,
    change: str = "",
) -> dict[str, Any]:
    """The whole contract as it would read, the version that it amends, and what is new beside that one."""
    facts = contracts.contract_facts(
        proposed,
        policy,
        state=state,
        number=number,
        change=change,
        objectives=amendment.objectives.prefetch_related("people"),
        people=people,
    )
    final = str(ReviewKind.FINAL_EVALUATION.label)
    if amendment.evaluation_on:
        others = [row for row in facts["reviews"] if row["what"] != final]
        facts["reviews"] = [*others, {"what": final, "on": amendment.evaluation_on}]
    plain: dict[str, Any] = json.loads(json.dumps(said(facts), cls=DjangoJSONEncoder))
    return {
        **plain,
        "previous": amendment.cites.number,
        "amends": cited(amendment.cites),
        "changes": changes_between(amendment.cites.document.facts, plain),
    }


def cited(version: ContractVersion) -> dict[str, Any]:
    """How a paper names the version that it amends; of what was agreed before this system, the paper's day if known."""
    entered = timezone.localdate(version.issued_at)
    return {
        "number": version.number,
        "on": (version.agreed_on or entered).isoformat(),
        "sha256": version.sha256,
        "before": ("signed" if version.agreed_on else "entered") if version.agreed_before else "",
    }


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> list[list[str]]:
    """Rows of what, as it is, as it would be: only what differs. From frozen facts, so nobody supported is named.

    A kind of work that only reads otherwise since is no change.
    """
    before = {**before, "work": [WORDED_BEFORE.get(each, each) for each in before.get("work", [])]}
    return [[what, was, is_] for what, was, is_ in _pairs(before, after) if was != is_]


def _pairs(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    was = dict(before.get("terms", []))
    for label, now in after["terms"]:
        yield label, was.get(label, ""), now
    for key, label in PLAIN:
        yield label, _words(before.get(key)), _words(after.get(key))
    old = {o["number"]: o for o in before.get("objectives", [])}
    new = {o["number"]: o for o in after["objectives"]}
    for number in sorted(old | new):
        first, then = old.get(number), new.get(number)
        whom = first is None or "concerns" in first  # an older release did not say it
        yield f"Objective {number}", _objective(first, whom=whom), _objective(then, whom=whom)
    yield "People supported", _people(before), _people(after)
    yield "Who follows the work", _follows(before), _follows(after)
    final = str(ReviewKind.FINAL_EVALUATION.label)
    yield final, _held(before, final), _held(after, final)


def _words(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else value or ""


def _objective(objective: dict[str, Any] | None, *, whom: bool) -> str:
    if objective is None:
        return "None"
    lines = [f"{label}{objective[key]}" for key, label in OBJECTIVE]
    return "\n".join([*lines, f"Concerns: {', '.join(objective['concerns'])}"] if whom else lines)


def _people(facts: dict[str, Any]) -> str:
    return "\n".join(f"{initials} ({kind})" for initials, kind, _ in facts.get("staff", [])) or "None"


def _follows(facts: dict[str, Any]) -> str:
    return "\n".join(f"{what}: {who}" for what, who in facts.get("follows", []))


def _held(facts: dict[str, Any], what: str) -> str:
    held = sorted(row["on"] for row in facts.get("reviews", []) if row["what"] == what)
    return ", ".join(date_words(date.fromisoformat(on)) for on in held)
