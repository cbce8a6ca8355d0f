"""A job description is begun, written, put to headteacher and AST, taken back, withdrawn (R-2.5, R-2.6).

The post is locked first: it is what two people race for, and it keeps the management duties.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate, outbox
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from staff.accounts.models import User
from staff.descriptions import emails, permissions, rules
from staff.descriptions.lifecycle import DescriptionStatus
from staff.descriptions.models import JobDescription, JobObjective, Responsibility
from staff.descriptions.rules import Parts
from staff.posts.models import Post
from staff.posts.permissions import is_home_head

ASKED = "description-put"
SAID = ("text", "on_outreach", "criterion", "action_plan", "training_plan")
"""Of an objective, what the next version takes over."""
NOT_AGREED: dict[str, Any] = {"head_agreed_by": None, "head_agreed_on": None, "ast_agreed_on": None}


@transaction.atomic
def begin(*, post: Post, by: User) -> JobDescription:
    """A draft of the next version: what was agreed last, or an empty one. One at a time."""
    locked = Post.objects.locked(post.pk)
    if not permissions.can_write(by, locked):
        raise PermissionDenied("write a job description")
    versions = JobDescription.objects.filter(post=locked)
    if there := versions.open().first():
        words = f"Version {there.version} has been begun already: open it from the page of {locked.name}"
        raise Refused([Problem(words, "", "R-2.5", "begun")])
    last = versions.order_by("-version").first()
    said: dict[str, Any] = {"title": say("Advanced Skills Teacher"), "line_manager": _head_words(locked)}
    agreed = versions.in_force().whole().first()
    if agreed is not None:
        kept = ("title", "line_manager", "purpose", "head_part", "classroom_tasks", "outreach_tasks")
        said = {name: getattr(agreed, name) for name in kept}
    said["management_duties"] = locked.management_duties
    version = last.version + 1 if last else 1
    new: JobDescription = JobDescription.objects.create(post=locked, version=version, written_by=by, **said)
    if agreed is not None:
        _copy_lists(agreed, new)
    audit.record("Job description begun", new, by=by, after={"version": version})
    return new


@transaction.atomic
def save(*, description: JobDescription, parts: Parts, by: User) -> JobDescription:
    """Change a draft, which may have gaps. The post keeps the management duties, too: they are a risk (R-2.6)."""
    locked = _locked(description, by)
    if locked.status != DescriptionStatus.DRAFT:
        raise Refused([gate.out_of_turn(locked, "Save the draft")])
    held = list(locked.responsibilities.prefetch_related("objectives"))
    kept = _kept(held, parts.responsibilities)
    gone = [row for row in held if row not in kept]
    named = {row.text: [str(each) for each in row.objectives.all()] for row in gone if row.objectives.all()}
    refuse(rules.listed_problems(parts.responsibilities, named))
    before = locked.parts
    for row in gone:
        row.delete()
    for number, (known, text) in enumerate(zip(kept, parts.responsibilities, strict=True), start=1):
        _write_responsibility(known or Responsibility(description=locked), number, text)
    said = {name: getattr(parts, name) for name in Parts.__dataclass_fields__ if name != "responsibilities"}
    for name, value in said.items():
        setattr(locked, name, value)
    locked.written_by = by
    locked.save(update_fields=[*said, "written_by"])
    _record(locked, before, parts, by=by)
    _keep_duties(locked.post, parts.management_duties, by=by)
    return locked


@transaction.atomic
def put(*, description: JobDescription, by: User) -> JobDescription:
    """Ask headteacher and AST to agree; a headteacher who puts it has agreed. All four parts are filled (R-2.5)."""
    locked = _locked(description, by)
    asked = locked.asked + 1
    moved = gate.move(
        locked,
        "put",
        by=by,
        may=permissions.can_change,
        problems=lambda row: rules.whole_problems(row.parts),
        asked=asked,
        put_on=today(),
        to_change="",
        **NOT_AGREED,
    )
    if is_home_head(by, moved.post):
        moved = gate.move(moved, "agree_first", by=by, head_agreed_by=by, head_agreed_on=today())
    emails.put(moved, by=by)
    return moved


@transaction.atomic
def take_back(*, description: JobDescription, by: User) -> JobDescription:
    """To change it once more: whoever has agreed is asked again."""
    locked = _locked(description, by)
    moved = gate.move(locked, "take_back", by=by, may=permissions.can_change, **NOT_AGREED)
    outbox.cancel_about(moved, kind=ASKED)
    return moved


@transaction.atomic
def withdraw(*, description: JobDescription, reason: str, by: User) -> JobDescription:
    """This version does not come; what was in force stays."""
    locked = _locked(description, by)
    if not reason.strip():
        raise Refused([Problem("Enter a short reason", "reason", "R-2.5", "reason")])
    moved = gate.move(locked, "withdraw", by=by, may=permissions.can_change, reason=reason.strip())
    outbox.cancel_about(moved, kind=ASKED)
    return moved


@transaction.atomic
def save_objective(
    *,
    description: JobDescription,
    text: str,
    responsibility: Responsibility | None,
    on_outreach: bool,
    criterion: str,
    by: User,
    action_plan: str = "",
    training_plan: str = "",
    objective: JobObjective | None = None,
) -> JobObjective:
    """Write an objective, new or held, inside one of the responsibilities of this draft (R-2.6, R-12.1)."""
    locked = _locked(description, by)
    if locked.status != DescriptionStatus.DRAFT:
        raise Refused([gate.out_of_turn(locked, "Save the objective")])
    inside = responsibility is not None and locked.responsibilities.filter(pk=responsibility.pk).exists()
    refuse(rules.objective_problems(text=text, criterion=criterion, inside=inside))
    held: Any = _objective(locked, objective) if objective else JobObjective()
    before = _told(held) if objective else {}
    held.responsibility = responsibility
    held.text, held.on_outreach, held.criterion = text.strip(), on_outreach, criterion.strip()
    held.action_plan, held.training_plan = action_plan.strip(), training_plan.strip()
    held.save()
    audit.record("Objective saved", locked, by=by, before=before, after=_told(held))
    saved: JobObjective = held
    return saved


@transaction.atomic
def remove_objective(*, objective: JobObjective, by: User) -> JobDescription:
    """Take an objective out of a draft."""
    locked = _locked(objective.responsibility.description, by)
    if locked.status != DescriptionStatus.DRAFT:
        raise Refused([gate.out_of_turn(locked, "Remove the objective")])
    held = _objective(locked, objective)
    told = _told(held)
    held.delete()
    audit.record("Objective removed", locked, by=by, before=told)
    return locked


def _objective(description: JobDescription, objective: JobObjective) -> JobObjective:
    found = JobObjective.objects.filter(pk=objective.pk, responsibility__description=description)
    held = found.select_related("responsibility").first()
    if held is None:
        raise Refused([Problem("This objective has been removed meanwhile", "", "R-2.6", "gone")])
    return held


def _told(objective: JobObjective) -> dict[str, Any]:
    return {
        "objective": objective.text,
        "responsibility": objective.responsibility.text,
        "on outreach": objective.on_outreach,
        "what will count as success": objective.criterion,
        "action plan": objective.action_plan,
        "training plan": objective.training_plan,
    }


def _locked(description: JobDescription, by: User) -> JobDescription:
    """As it stands, with its post locked; for those who write."""
    post = Post.objects.locked(description.post.pk)
    if not permissions.can_write(by, post):
        raise PermissionDenied("change a job description")
    found: JobDescription = JobDescription.objects.get(pk=description.pk)
    found.post = post
    return found


def _kept(held: Sequence[Responsibility], texts: Sequence[str]) -> list[Responsibility | None]:
    """The row of each line: that of the same words, or of the same place reworded; None for a new line."""
    by_words = {row.text: row for row in held}
    found = [by_words.pop(text, None) for text in texts]
    for place, row in enumerate(found):
        if row is None and place < len(held) and held[place].text in by_words:
            found[place] = by_words.pop(held[place].text)
    return found


def _write_responsibility(row: Responsibility, number: int, text: str) -> None:
    row.number, row.text = number, text
    row.save()


def _copy_lists(old: JobDescription, new: JobDescription) -> None:
    for row in old.responsibilities.all():
        copied = Responsibility.objects.create(description=new, number=row.number, text=row.text)
        for each in row.objectives.all():
            said = {name: getattr(each, name) for name in SAID}
            JobObjective.objects.create(responsibility=copied, **said)


def _keep_duties(post: Post, duties: str, *, by: User) -> None:
    before, post.management_duties = post.management_duties, duties
    if before != duties:
        post.save(update_fields=["management_duties"])
        told = {"management duties kept": before}, {"management duties kept": duties}
        audit.record("Management duties changed", post, by=by, before=told[0], after=told[1])


def _record(description: JobDescription, before: Parts, after: Parts, *, by: User) -> None:
    names = [name for name in Parts.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]
    if names:
        words = {name: name.replace("_", " ") for name in names}
        old = {words[name]: getattr(before, name) for name in names}
        new = {words[name]: getattr(after, name) for name in names}
        audit.record("Job description changed", description, by=by, before=old, after=new)


def _head_words(post: Post) -> str:
    return f"{post.home.head_name}, headteacher" if post.home.head_name else ""
