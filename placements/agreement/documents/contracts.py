"""What a contract states: everything of R-8.11, frozen with the text of the policy it is made under (R-15.4, R-16.1).

Supported staff stand in it by initials, because all four parties sign the same bytes and the home headteacher is not
shown names (section G).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder

from astcoord.core import documents, protected
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import Party
from astcoord.core.wording import date_words, days_words
from placements.agreement.models import ContractVersion, Signature
from placements.papers.lifecycle import PaperKind
from placements.placement.documents import can_do
from placements.placement.lifecycle import ReviewKind
from placements.placement.models import Placement
from placements.placement.ten_items import ITEMS
from placements.supported import names as supported
from staff.expertise.vocabulary import NeverWork

CONTRACT = "contract"
BLANK, DRAFT, ISSUED, SIGNED = "blank", "draft", "issued", "signed"


class Aim(Protocol):
    """An objective, agreed or proposed."""

    number: int
    text: str
    baseline: str
    criterion: str
    evidence: str


class Person(Protocol):
    """Somebody supported, as the contract knows them."""

    @property
    def initials(self) -> str: ...
    def get_kind_display(self) -> str: ...
    def get_selection_display(self) -> str: ...


def contract_facts(
    placement: Placement,
    policy: Policy,
    *,
    state: str,
    number: int,
    change: str = "",
    objectives: Iterable[Aim] | None = None,
    people: Iterable[Person] | None = None,
) -> dict[str, Any]:
    """A draft's or an issued contract's facts. Texts that name a supported person do not name them to all parties.

    `objectives` and `people` stand in the place of the placement's own where a change of them is proposed.
    """

    names = supported.of_placement(placement)
    objectives = placement.objectives.all() if objectives is None else objectives
    people = placement.supported.taking_part() if people is None else people

    def told(text: str) -> str:
        return str(protected.cleaned(text, names))

    return {
        **documents.letterhead(),
        "state": state,
        "version": number,
        "change": told(change),
        "previous": number - 1,
        "reference": placement.reference,
        "parties": _parties(placement),
        "terms": _terms(placement),
        "aims": told(placement.focus),
        "priorities": [str(each) for each in placement.priorities.all()],
        "objectives": [_objective(each, told) for each in objectives],
        "staff": _staff(people),
        "work": type(placement)._meta.get_field("work_types").labels(placement),
        "never": [str(label) for label in NeverWork.labels],
        "host_expectations": told(placement.host_expectations),
        "ast_expectations": told(placement.ast_expectations),
        "papers": _papers(placement),
        "reviews": [{"what": r.get_kind_display(), "on": r.on} for r in placement.reviews_planned.all()],
        "items": [{"number": i.number, "title": i.title, "meaning": i.meaning} for i in ITEMS],
        "cover": "; ".join(type(placement)._meta.get_field("cover").labels(placement)),
        **_policy_text(policy),
    }


def _objective(objective: Aim, told: Callable[[str], str]) -> dict[str, Any]:
    texts = {name: told(getattr(objective, name)) for name in ("text", "baseline", "criterion", "evidence")}
    return {"number": objective.number, **texts}


NOT_TERMS = {
    "staff",
    "cover",
    "priorities",
    "state",
    "version",
    "previous",
    "change",
    "letterhead",
    "policy",
    "signatories",
}
"""What may differ between two papers that agree the same things."""


def says_the_same(issued: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether a contract made now would state the terms of the one that was issued.

    That somebody who is supported has withdrawn is no change of terms (R-6.12, docs/decisions/0007); that somebody
    has been added is. Another link to the authority's priorities is one too, and its own action issues anew (R-14.1);
    that one of them has been worded better is none.
    """
    plain = json.loads(json.dumps(now, cls=DjangoJSONEncoder))
    added = Counter(map(tuple, plain["staff"])) - Counter(map(tuple, issued["staff"]))
    return not added and all(issued.get(key) == plain.get(key) for key in (issued.keys() | plain.keys()) - NOT_TERMS)


def blank_facts(policy: Policy) -> dict[str, Any]:
    """The proforma: every heading, nothing filled in."""
    return {
        **documents.letterhead(),
        "state": BLANK,
        "parties": [[label, ""] for label in ("Host school", "AST", "AST’s own school", "Authority")],
        "terms": [[label, ""] for label in TERMS],
        "paper_kinds": [str(label) for label in PaperKind.labels],
        "review_kinds": [str(label) for label in ReviewKind.labels],
        "never": [str(label) for label in NeverWork.labels],
        "items": [{"number": i.number, "title": i.title, "meaning": i.meaning} for i in ITEMS],
        **_policy_text(policy),
    }


def signed_facts(version: ContractVersion, signatures: list[Signature]) -> dict[str, Any]:
    """The issued contract's own facts, never read afresh, with who signed and when (R-15.4)."""
    return {
        **version.document.facts,
        "state": SIGNED,
        "sha256": version.sha256,
        "signatures": [
            {"capacity": s.get_party_display(), "name": s.name, "signed_at": s.signed_at} for s in signatures
        ],
    }


TERMS = (
    "Subject",
    "Days",
    "First day",
    "Last day",
    "Pattern",
    "Shape of the day",
    "Visit to the AST’s own school",
    "Notice to prepare something",
)


def _parties(placement: Placement) -> list[list[str]]:
    return [
        ["Host school", placement.host.name],
        ["AST", placement.post.user.name],
        ["AST’s own school", placement.home.name],
        ["Authority", documents.letterhead()["letterhead"]["authority"]],
    ]


def _terms(placement: Placement) -> list[list[str]]:
    """Pairs in the order of `TERMS`."""
    weekday = f"{placement.get_weekday_display()}s" if placement.weekday is not None else "Days as arranged"
    values = (
        placement.get_subject_display(),
        days_words(placement.days),
        _day(placement.starts_on),
        _day(placement.ends_on),
        f"{weekday}, {placement.get_day_share_display().lower()}",
        placement.day_shape,
        _visit(placement),
        f"{placement.notice_days} school days" if placement.notice_days else "",
    )
    return [[label, value] for label, value in zip(TERMS, values, strict=True)]


def _visit(placement: Placement) -> str:
    if placement.visit_waived_reason:
        return f"None: {placement.visit_waived_reason}"
    return _day(placement.visit_planned_on)


def _staff(people: Iterable[Person]) -> list[list[str]]:
    return [[person.initials, person.get_kind_display(), person.get_selection_display()] for person in people]


def _papers(placement: Placement) -> list[list[str]]:
    rows = []
    for paper in placement.papers.all():
        applies = paper.state != paper.State.NOT_APPLICABLE
        rows.append([paper.get_kind_display(), paper.owner if applies else "Does not apply", _day(paper.due)])
    return rows


def _policy_text(policy: Policy) -> dict[str, Any]:
    """What the authority's policy says of this contract: frozen, so that a later policy changes nothing (R-16.1)."""
    names = dict(Party.choices)
    return {
        "policy": {
            "preset": policy.preset,
            "valid_from": policy.valid_from,
            "cap": policy.weekly_outreach_cap,
            "averaged": policy.cap_mode == "half_term_average",
            "block": policy.placement_pattern == "block",
            "can": can_do(policy),
            "return_terms": policy.return_visit_terms,
        },
        "signatories": [{"party": party, "label": str(names[party])} for party in policy.signatories],
    }


def _day(on: date | None) -> str:
    return date_words(on) if on else ""
