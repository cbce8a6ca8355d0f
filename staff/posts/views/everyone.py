"""An AST's page, for all who may see it, and the changes that some of them may make."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from astcoord.core import audit
from astcoord.core.access import Request, access, require
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.submit import form_page, sent, submit
from staff.posts import permissions
from staff.posts.actions import posts as actions
from staff.posts.forms.posts import PatternForm, ProfileForm
from staff.posts.models import Post
from staff.posts.reads.posts import post_page

READERS = AUTHORITY | {Role.HEADTEACHER, Role.AST, Role.GOVERNOR}
EDITORS = OFFICE | {Role.HEADTEACHER, Role.AST}


@access(READERS)
def post(request: Request, pk: int) -> HttpResponse:
    """What an AST offers, where, when, and how the post came about."""
    shown = _post(request, pk)
    if permissions.looks_at_somebody(request.user, shown):
        audit.viewed(shown, by=request.user, what="assessment and funding")
    context = {"page": post_page(shown, request.user, today()), "post": shown, "balance_url": _balance_url(pk)}
    return render(request, "staff/posts/post.html", {**context, **_way_back(request)})


@access(EDITORS)
def profile(request: Request, pk: int) -> HttpResponse:
    """Change what the AST offers (R-3.5)."""
    shown = _post(request, pk)
    require(permissions.can_edit_profile(request.user, shown))
    form = ProfileForm(sent(request), post=shown)
    if submit(form, lambda _: actions.update_profile(post=shown, profile=form.profile(), by=request.user)):
        return _done(request, pk, "The profile is saved, and counts as checked today.")
    lead = "Saving also notes that the profile was checked today."
    return _form_page(request, form, shown, title="Change profile", lead=lead)


@access(EDITORS)
def pattern(request: Request, pk: int) -> HttpResponse:
    """Set the AST's outreach time (R-4.10)."""
    shown = _post(request, pk)
    require(permissions.can_set_pattern(request.user, shown))
    form = PatternForm(sent(request), post=shown)
    if submit(
        form,
        lambda data: actions.set_pattern(post=shown, days=form.days(), from_on=data["from_on"], by=request.user),
    ):
        return _done(request, pk, "The outreach time is saved.")
    lead = say("The weekdays on which other schools can have this AST. Days that are already planned stay as they are.")
    return _form_page(request, form, shown, title="Outreach time", lead=lead)


@access(EDITORS)
@require_POST
def checked(request: Request, pk: int) -> HttpResponse:
    """The profile is right as it stands (R-3.5)."""
    actions.mark_checked(post=_post(request, pk), by=request.user)
    return _done(request, pk, "The profile counts as checked today.")


def _post(request: Request, pk: int) -> Post:
    homes = ("home__statuses", "moves__left", "moves__home")
    visible: Any = (
        Post.objects.visible_to(request.user).with_profile().with_dates().with_first_start().prefetch_related(*homes)
    )
    found: Post = get_object_or_404(visible, pk=pk)
    return found


def _form_page(request: Request, form: Any, post: Post, *, title: str, lead: str) -> HttpResponse:
    return form_page(request, form, title=title, caption=post.name, back=("Back", "staff:post", post.pk), lead=lead)


def _done(request: Request, pk: int, words: str) -> HttpResponse:
    """Say what was done, and go back to the AST's page."""
    messages.success(request, words)
    return redirect("staff:post", pk)


def _way_back(request: Request) -> dict[str, str]:
    """To the list that this reader came from."""
    if request.user.has_role(*AUTHORITY):
        return {"back_url": reverse("staff:posts"), "back_text": say("ASTs")}
    if request.user.has_role(Role.HEADTEACHER, Role.GOVERNOR):
        return {"back_url": reverse("staff:own_asts"), "back_text": say("Your ASTs")}
    return {}


def _balance_url(pk: int) -> str:
    """The AST's year is kept on the floor above."""
    try:
        return reverse("placements:balance", args=[pk])
    except NoReverseMatch:
        return ""
