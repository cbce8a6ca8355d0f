"""What a contract states: everything of R-8.11, frozen with the text of the policy it is made under (R-15.4, R-16.1).

Supported staff stand in it by initials, because all four parties sign the same bytes and the home headteacher is not
shown names (section G).
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder

from astcoord.core import documents, protected
from astcoord.core.models.policy import Policy
from astcoord.core.wording import date_words, days_words
from astcoord.core.words import said, say, say_later
from placements.agreement.documents.of_policy import policy_text
from placements.agreement.models import ContractVersion, Signature
from placements.agreement.reads.items import HOST_SCHOOL
from placements.papers.lifecycle import PaperKind
from placements.placement.lifecycle import ReviewKind
from placements.placement.models import Placement
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
    people: Any
    """Those whom it names."""


class Person(Protocol):
    """Somebody supported, as the contract knows them."""

    pk: int

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
    people = list(placement.supported.taking_part() if people is None else people)
    if objectives is None:
        objectives = placement.objectives.prefetch_related("people")

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
        "terms": _terms(placement, told),
        "objectives": [_objective(each, told, people) for each in objectives],
        "staff": [[person.initials, person.get_kind_display(), person.get_selection_display()] for person in people],
        **_work_and_expectations(placement, told),
        "papers": _papers(placement),
        "reviews": [{"what": r.get_kind_display(), "on": r.on} for r in placement.reviews_planned.all()],
        "follows": _follows(placement),
        "cover": "; ".join(type(placement)._meta.get_field("cover").labels(placement)),
        **policy_text(policy),
    }


def _work_and_expectations(placement: Placement, told: Callable[[str], str]) -> dict[str, Any]:
    return {
        "aims": told(placement.focus),
        "priorities": [str(each) for each in placement.priorities.all()],
        "work": type(placement)._meta.get_field("work_types").labels(placement),
        "never": [str(label) for label in NeverWork.labels],
        "host_expectations": told(placement.host_expectations),
        "ast_expectations": told(placement.ast_expectations),
    }


EVERYBODY, NOBODY = "Everybody supported", "Nobody who still takes part"


def _objective(objective: Aim, told: Callable[[str], str], people: list[Person]) -> dict[str, Any]:
    """With whom it concerns, by initials: everybody, unless it names somebody (R-8.11, section G)."""
    texts = {name: told(getattr(objective, name)) for name in ("text", "baseline", "criterion", "evidence")}
    named = {person.pk for person in objective.people.all()}
    here = [person.initials for person in people if person.pk in named] or [NOBODY]
    return {"number": objective.number, **texts, "concerns": here if named else [EVERYBODY]}


COORDINATOR, INSPECTOR = say_later("AST co-ordinator"), "Senior education inspector"


def _follows(placement: Placement) -> list[list[str]]:
    """Who follows the work (R-8.11, P9). Empty until the contract is issued or the terms name somebody."""
    rows = [[COORDINATOR, placement.monitor.name]] if placement.monitor else []
    if placement.inspector_name:
        rows.append([INSPECTOR, ", ".join(filter(None, (placement.inspector_name, placement.inspector_role)))])
    return rows


NOT_APPLICABLE = "Does not apply"
NOT_TERMS = {
    documents.WORDS,
    "papers",
    "staff",
    "objectives",
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


def says_the_same(issued: dict[str, Any], now: dict[str, Any], *, gone: Collection[str] = ()) -> bool:
    """Whether a contract made now would state the terms of the one that was issued.

    That somebody who is supported has withdrawn (`gone`, by initials) is no change of terms (R-6.12,
    docs/decisions/0007); that somebody has been added is. Another link to the authority's priorities is one too, and
    its own action issues anew (R-14.1); that one of them has been worded better is none. What an older release did not
    state, and nobody has said since, is none either.
    """
    plain = json.loads(json.dumps(said(now), cls=DjangoJSONEncoder))
    added = Counter(map(tuple, plain["staff"])) - Counter(map(tuple, issued["staff"]))
    keys = (issued.keys() | plain.keys()) - NOT_TERMS
    same = all((issued.get(key) or None) == (plain.get(key) or None) for key in keys)
    same = same and _papers_due(issued.get("papers")) == _papers_due(plain.get("papers"))
    return not added and same and _same_objectives(issued["objectives"], plain["objectives"], set(gone))


def _papers_due(rows: list[list[str]] | None) -> list[tuple[str, bool, str]]:
    """An older release's contract named who keeps each paper."""
    return [(kind, who == NOT_APPLICABLE, due) for kind, who, due in rows or []]


def _same_objectives(issued: list[dict[str, Any]], now: list[dict[str, Any]], gone: set[str]) -> bool:
    """The same words, for the same people, but for those who have withdrawn."""
    if [{**each, "concerns": None} for each in issued] != [{**each, "concerns": None} for each in now]:
        return False
    pairs = zip(issued, now, strict=True)
    return all(_same_people(was.get("concerns"), is_["concerns"], gone) for was, is_ in pairs)


def _same_people(issued: list[str] | None, now: list[str], gone: set[str]) -> bool:
    """An older release's contract did not say whom an objective concerns."""
    if issued is None:
        return True
    return set(now) - set(issued) <= {NOBODY} and set(issued) - set(now) <= gone | {NOBODY}


def blank_facts(policy: Policy) -> dict[str, Any]:
    """The proforma: every heading, nothing filled in."""
    return {
        **documents.letterhead(),
        "state": BLANK,
        "parties": [[label, ""] for label in ("Host school", say("AST"), say("AST’s own school"), say("Authority"))],
        "terms": [[label, ""] for label in TERMS],
        "paper_kinds": [str(label) for label in PaperKind.labels],
        "follows": [[COORDINATOR, ""], *([[INSPECTOR, ""]] if policy.senior_inspector else [])],
        "review_kinds": [str(label) for label in ReviewKind.labels],
        "never": [str(label) for label in NeverWork.labels],
        **policy_text(policy),
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
    say_later("Visit to the AST’s own school"),
    "Notice to prepare something",
)


def _parties(placement: Placement) -> list[list[str]]:
    return [
        ["Host school", placement.host.name],
        [say("AST"), placement.post.user.name],
        [say("AST’s own school"), placement.home.name],
        [say("Authority"), documents.letterhead()["letterhead"]["authority"]],
    ]


def _terms(placement: Placement, told: Callable[[str], str]) -> list[list[str]]:
    """Pairs in the order of `TERMS`."""
    weekday = f"{placement.get_weekday_display()}s" if placement.weekday is not None else "Days as arranged"
    values = (
        placement.get_subject_display(),
        days_words(placement.days),
        _day(placement.starts_on),
        _day(placement.ends_on),
        f"{weekday}, {placement.get_day_share_display().lower()}",
        told(placement.day_shape),
        told(_visit(placement)),
        f"{placement.notice_days} school days" if placement.notice_days else "",
    )
    return [[label, value] for label, value in zip(TERMS, values, strict=True)]


def _visit(placement: Placement) -> str:
    if placement.visit_waived_reason:
        return f"None: {placement.visit_waived_reason}"
    return _day(placement.visit_planned_on)


def _papers(placement: Placement) -> list[list[str]]:
    """Not who at the host school keeps each: the home head signs the same text, and does not read it (section G)."""
    rows = []
    for paper in placement.papers.all():
        applies = paper.state != paper.State.NOT_APPLICABLE
        rows.append([paper.get_kind_display(), HOST_SCHOOL if applies else NOT_APPLICABLE, _day(paper.due)])
    return rows


def _day(on: date | None) -> str:
    return date_words(on) if on else ""
