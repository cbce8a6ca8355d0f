"""Job descriptions: one version, writing it, agreeing to it, its paper (R-2.5, R-2.6, R-15.6)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core.access import Request, access, signed_in
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui.forms import ConfirmForm, ReasonForm
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from staff.descriptions import documents, permissions
from staff.descriptions.actions import agreeing, writing
from staff.descriptions.forms import DescriptionForm, ObjectiveForm
from staff.descriptions.lifecycle import DescriptionStatus
from staff.descriptions.models import JobDescription, JobObjective
from staff.descriptions.reads import description_page
from staff.posts.models import Post

WRITERS = frozenset({Role.COORDINATOR, Role.HEADTEACHER})


@signed_in
@require_safe
def description(request: Request, pk: int) -> HttpResponse:
    """What it says, whose turn it is, what happened. A candidate has no role yet, and agrees all the same."""
    found = _whole(request, pk)
    page = description_page(found, request.user)
    return render(request, "staff/descriptions/description.html", {"page": page, "description": found})


@signed_in
@require_safe
def description_pdf(request: Request, pk: int) -> HttpResponse:
    """On paper; “draft” on every page until both have agreed (R-15.6)."""
    return documents.download(_whole(request, pk))


@access(WRITERS)
def description_begin(request: Request, pk: int) -> HttpResponse:
    """The first version, or a new one from the last."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("user", "home"), pk=pk)
    if not permissions.can_write(request.user, post):
        raise PermissionDenied
    if there := JobDescription.objects.open().filter(post=post).first():
        return redirect(there)
    form = ConfirmForm(sent(request), submit="Begin")
    if done := submit(form, lambda _: writing.begin(post=post, by=request.user)):
        return redirect("staff:description_change", done.result.pk)
    lead = (
        "It has four parts: title, with the main responsibilities; accountable to; purpose; and key tasks, in the "
        "classroom and in outreach. A new version begins with what the last one says.",
        say(
            "You can save it as a draft as often as you like. It holds when the headteacher and the "
            "AST have both agreed."
        ),
    )
    title, back = "Write the job description", ("Back", "staff:post", pk)
    return form_page(request, form, title=title, caption=post.name, back=back, lead=lead)


@access(WRITERS)
def description_change(request: Request, pk: int) -> HttpResponse:
    """The four parts of a draft."""
    found = _to_write(request, pk)
    if found.status != DescriptionStatus.DRAFT:
        return _not_a_draft(request, found)
    form = DescriptionForm(sent(request), description=found)
    if submit(form, lambda _: writing.save(description=found, parts=form.parts(), by=request.user)):
        messages.success(request, "The draft is saved. Nobody is asked to agree before you put it to them.")
        return redirect(found)
    title, caption = f"Job description, version {found.version}", f"{found.post.name}, {found.post.home.name}"
    inset = f"To change: {found.to_change}" if found.to_change else ""
    lead = "A draft may have gaps. All but management duties is needed before it is put to those who agree."
    return form_page(request, form, title=title, caption=caption, back=("Back", found), inset=inset, lead=lead)


@access(WRITERS)
@require_POST
def description_put(request: Request, pk: int) -> HttpResponse:
    """Ask those who have to agree."""
    found = _to_write(request, pk)
    if done := attempt(request, lambda: writing.put(description=found, by=request.user)):
        messages.success(request, f"Sent. It waits for {' and '.join(permissions.waits_for(done.result))}.")
    return redirect(found)


@access(WRITERS)
@require_POST
def description_take_back(request: Request, pk: int) -> HttpResponse:
    """To change it once more."""
    found = _to_write(request, pk)
    if attempt(request, lambda: writing.take_back(description=found, by=request.user)):
        messages.success(request, "It is a draft again. Whoever had agreed is asked again when you put it to them.")
        return redirect("staff:description_change", pk)
    return redirect(found)


@access(WRITERS)
def description_withdraw(request: Request, pk: int) -> HttpResponse:
    """This version does not come."""
    found = _to_write(request, pk)
    return reason_page(
        request,
        lambda reason: writing.withdraw(description=found, reason=reason, by=request.user),
        title="Withdraw this version",
        done=f"Version {found.version} is withdrawn. What was in force before stays in force.",
        to=found,
        caption=found.post.name,
        back=("Back", found),
    )


@signed_in
@require_POST
def description_agree(request: Request, pk: int) -> HttpResponse:
    """A yes to what the page showed."""
    found = _whole(request, pk)
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 6 else 0
    if done := attempt(request, lambda: agreeing.agree(description=found, seen=number, by=request.user)):
        in_force = done.result.status == DescriptionStatus.IN_FORCE
        words = "Agreed by both: it is in force." if in_force else "Your agreement is recorded."
        messages.success(request, words)
    return redirect(found)


@signed_in
def description_return(request: Request, pk: int) -> HttpResponse:
    """A no, with what is to change."""
    found = _whole(request, pk)
    if not permissions.sides_of(request.user, found):
        raise PermissionDenied
    label = "What is to change?"
    return reason_page(
        request,
        lambda reason: agreeing.send_back(description=found, reason=reason, by=request.user),
        title="Send the job description back",
        done="Sent back. Whoever wrote it is told what to change.",
        to=found,
        form=ReasonForm(sent(request), submit="Send it back", label=label, most=1000),
        caption=found.post.name,
        back=("Back", found),
    )


@access(WRITERS)
def job_objective_add(request: Request, pk: int) -> HttpResponse:
    """One objective more, inside a responsibility."""
    found = _to_write(request, pk)
    return _objective_page(request, found, None, title="Add an objective")


@access(WRITERS)
def job_objective_change(request: Request, pk: int) -> HttpResponse:
    """Another wording, or another responsibility."""
    objective, found = _objective(request, pk)
    return _objective_page(request, found, objective, title="Change the objective")


@access(WRITERS)
@require_POST
def job_objective_remove(request: Request, pk: int) -> HttpResponse:
    """Out of the draft."""
    objective, found = _objective(request, pk)
    if attempt(request, lambda: writing.remove_objective(objective=objective, by=request.user)):
        messages.success(request, "The objective is removed.")
    return redirect(found)


def _objective_page(
    request: Request, found: JobDescription, objective: JobObjective | None, *, title: str
) -> HttpResponse:
    if found.status != DescriptionStatus.DRAFT:
        return _not_a_draft(request, found)
    form = ObjectiveForm(sent(request), description=found, objective=objective)
    given: dict[str, Any] = {"description": found, "objective": objective, "by": request.user}
    if submit(form, lambda data: writing.save_objective(**data, **given)):
        messages.success(request, "The objective is saved.")
        return redirect(found)
    return form_page(request, form, title=title, caption=found.post.name, back=("Back", found))


def _not_a_draft(request: Request, found: JobDescription) -> HttpResponse:
    words = f"Version {found.version} can be changed only as a draft. It is now “{found.get_status_display()}”."
    messages.error(request, words)
    return redirect(found)


def _whole(request: Request, pk: int) -> JobDescription:
    return get_object_or_404(JobDescription.objects.visible_to(request.user).whole(), pk=pk)


def _to_write(request: Request, pk: int) -> JobDescription:
    found = _whole(request, pk)
    if not permissions.can_change(request.user, found):
        raise PermissionDenied
    return found


def _objective(request: Request, pk: int) -> tuple[JobObjective, JobDescription]:
    mine = JobDescription.objects.visible_to(request.user).values("pk")
    objectives = JobObjective.objects.filter(responsibility__description__in=mine)
    objective = get_object_or_404(objectives.select_related("responsibility"), pk=pk)
    return objective, _to_write(request, objective.responsibility.description_id)
