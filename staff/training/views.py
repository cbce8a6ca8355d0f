"""Role training: the checklist of one AST, what ASTs lack, and the training co-ordinator (R-3.11, R-3.21)."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core.access import Request, access, require
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui.submit import attempt, form_page, sent, submit
from staff.figures.views import answer
from staff.posts.models import Post
from staff.training import actions, permissions, reads
from staff.training.forms import NameForm, RecordForm
from staff.training.models import RoleTraining, TrainingCoordinator
from staff.training.permissions import GAPS, KEEPERS, READERS


@access(GAPS)
@require_safe
def training_gaps(request: Request) -> HttpResponseBase:
    """R-3.11: which topics by how many ASTs, and who lacks which; an AST only as training co-ordinator (R-3.21)."""
    require(permissions.reads_gaps(request.user), say("read what ASTs lack in training"))
    sheet = reads.gaps(request.user, today())
    return answer(request, sheet, None, pages=(), template="staff/training/gaps.html")


@access(READERS)
@require_safe
def role_training(request: Request, pk: int) -> HttpResponse:
    """The seven topics: when each was had, and who recorded it."""
    post = _find(request, pk)
    lines = reads.checklist(post)
    may_keep = permissions.can_keep(request.user, post)
    may_record = may_keep and post.is_in_post(today()) and not all(line.training for line in lines)
    context = {"post": post, "lines": lines, "may_keep": may_keep, "may_record": may_record}
    return render(request, "staff/training/checklist.html", context)


@access(KEEPERS)
def role_training_record(request: Request, pk: int) -> HttpResponse:
    """One training, about one topic or several."""
    post = _find(request, pk)
    require(permissions.can_keep(request.user, post))
    form = RecordForm(sent(request), wanting=reads.wanting(post))
    if submit(form, lambda data: actions.record(post=post, by=request.user, **data)):
        messages.success(request, "The training is recorded.")
        return redirect("staff:role_training", pk)
    lead = "What stands on the checklist already is not listed here."
    back = ("Role training", "staff:role_training", pk)
    return form_page(request, form, title="Record role training", caption=post.name, lead=lead, back=back)


@access(KEEPERS)
@require_POST
def role_training_take_off(request: Request, pk: int) -> HttpResponse:
    """It was recorded by mistake."""
    row = get_object_or_404(RoleTraining.objects.visible_to(request.user).select_related("post"), pk=pk)
    if attempt(request, lambda: actions.take_off(training=row, by=request.user)):
        messages.success(request, f"“{row.get_topic_display()}” is off the checklist.")
    return redirect("staff:role_training", row.post_id)


@access(Role.COORDINATOR)
@require_safe
def training_coordinator(request: Request) -> HttpResponse:
    """Who holds it now, and who did."""
    rows = reads.coordinators()
    held = next((row for row in rows if row.ended_on is None), None)
    may = {each.pk for each in reads.may_be_named(today())} if held else set()
    context = {"held": held, "before": [row for row in rows if row.ended_on], "idle": held and held.user_id not in may}
    return render(request, "staff/training/coordinator.html", context)


@access(Role.COORDINATOR)
def training_coordinator_name(request: Request) -> HttpResponse:
    """A consultant or an AST, instead of whoever holds it."""
    form = NameForm(sent(request), people=reads.may_be_named(today()))
    if done := submit(form, lambda _: actions.name(user=form.chosen(), by=request.user)):
        messages.success(request, f"{done.result.user.name} is {say('training co-ordinator')}, and is told by e-mail.")
        return redirect("staff:training_coordinator")
    lead = say(
        "The training co-ordinator reads which training all ASTs lack, and nothing else of other ASTs. Whoever is "
    )
    lead += say("training co-ordinator now is so no longer, and is told by e-mail.")
    back = (say("Training co-ordinator"), "staff:training_coordinator")
    return form_page(request, form, title=say("Name a training co-ordinator"), lead=lead, back=back)


@access(Role.COORDINATOR)
@require_POST
def training_coordinator_end(request: Request, pk: int) -> HttpResponse:
    """Nobody holds it."""
    row = get_object_or_404(TrainingCoordinator.objects.select_related("user"), pk=pk)
    if attempt(request, lambda: actions.end(row=row, by=request.user)):
        messages.success(
            request, f"{row.user.name} is no longer {say('training co-ordinator')}, and is told by e-mail."
        )
    return redirect("staff:training_coordinator")


def _find(request: Request, pk: int) -> Post:
    """An AST’s post of which this person may read the checklist."""
    found: Post = get_object_or_404(Post.objects.visible_to(request.user).with_profile(), pk=pk)
    require(permissions.can_read(request.user, found))
    return found
