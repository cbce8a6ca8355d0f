"""A logic model as its page, the papers and the people supported see it; each as far as section G allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from astcoord.core.wording import listed
from astcoord.ui.chain import Link
from evaluation.logic import permissions
from evaluation.logic.lifecycle import LogicStatus, StepKind
from evaluation.logic.models import LogicModel, LogicStep
from evaluation.logic.rules import Chains, Step
from placements.placement.models import Placement
from placements.supported.models import SupportedStaff
from placements.supported.reads import Offered, teller_for
from placements.supported.redaction import Redactor, redactor
from staff.accounts.models import User


@dataclass(frozen=True)
class Line:
    """One step in words, for the table and on paper."""

    number: int
    kind: str
    text: str
    leads_to: str
    objectives: str


@dataclass(frozen=True)
class LogicPage:
    """One version for one reader: `whole` with all its steps, otherwise its outcomes alone."""

    model: LogicModel | None
    lines: Sequence[Line]
    links: Sequence[Link]
    reason: str
    others: Sequence[LogicModel]
    whole: bool
    can_write: bool
    can_decide: bool


def newest_of(placement: Placement) -> LogicModel | None:
    """Whatever its state."""
    return LogicModel.objects.filter(placement=placement).order_by("-version").first()


def page(placement: Placement, user: User, model: LogicModel | None = None) -> LogicPage:
    """The version `model`, or the newest that this person may see. A fixed number of queries."""
    versions = list(LogicModel.objects.visible_to(user).filter(placement=placement).order_by("-version"))
    model = model or next(iter(versions), None)
    whole, redact = permissions.reads_chains(user, placement), redactor(user, placement)
    steps = _steps(model, whole=whole) if model else []
    lines = lines_of(steps, redact)
    return LogicPage(
        model=model,
        lines=lines if whole else [replace(line, leads_to="") for line in lines],
        links=_links(steps, redact) if whole else [],
        reason=redact(model.return_reason) if model and whole else "",
        others=[each for each in versions if model is None or each.pk != model.pk],
        whole=whole,
        can_write=permissions.can_write(user, placement, newest_of(placement)),
        can_decide=model is not None and model.status == LogicStatus.SUBMITTED and permissions.decides(user, model),
    )


def _steps(model: LogicModel, *, whole: bool = True) -> list[LogicStep]:
    rows = model.steps.prefetch_related("objectives")
    return list(rows if whole else rows.filter(kind=StepKind.OUTCOME))


def lines_of(steps: Iterable[LogicStep], redact: Redactor = str) -> list[Line]:
    """In the order of a chain read backwards: outcomes, changes, what leads to them."""
    order: list[str] = [*StepKind.values, ""]
    return [
        Line(
            number=step.number,
            kind=step.get_kind_display() or "Not said yet",
            text=redact(step.text),
            leads_to=f"Step {step.leads_to}" if step.leads_to else "",
            objectives=listed([str(each.number) for each in step.objectives.all()]),
        )
        for step in sorted(steps, key=lambda step: (order.index(step.kind), step.number))
    ]


def _links(steps: Iterable[LogicStep], redact: Redactor) -> list[Link]:
    return [
        Link(step.number, f"{step.number}. {step.get_kind_display()}", redact(step.text), step.leads_to)
        for step in steps
    ]


def chains_of(model: LogicModel | None, placement: Placement) -> Chains:
    """What the form begins with: the steps of a version, and which outcome each agreed objective serves."""
    steps = _steps(model) if model else []
    served = {each.number: step.number for step in steps for each in step.objectives.all()}
    return Chains(
        [Step(step.number, step.kind, step.text, step.leads_to) for step in steps],
        {each.number: served.get(each.number) for each in placement.objectives.all()},
    )


def in_force(placement: Placement) -> LogicModel | None:
    """The version that was agreed, if any was."""
    return LogicModel.objects.agreed().filter(placement=placement).first()


def of_paper(placement: Placement) -> list[Line]:
    """R-15.9: the agreed logic model, for the final evaluation's paper; nothing where there is none."""
    model = in_force(placement)
    return lines_of(_steps(model)) if model else []


def for_person(person: SupportedStaff, token: str) -> list[Offered]:
    """The way to it from the own page of somebody supported, once it is agreed (section G)."""
    if in_force(person.placement) is None:
        return []
    url = reverse("evaluation:logic_for_person", args=[token])
    return [Offered(title="The logic model", url=url, about="What the work is for, and what is to lead to it")]


def lines_for(person: SupportedStaff) -> list[Line]:
    """The agreed one, for somebody supported: nobody else is named."""
    model = in_force(person.placement)
    return lines_of(_steps(model), teller_for(person)) if model else []
