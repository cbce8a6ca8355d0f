"""The pages of a time away from a post (R-17.7)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE
from astcoord.core.words import say
from astcoord.ui.submit import reason_page, sent
from staff.posts.actions import absence as actions
from staff.posts.events import AWAY, Away
from staff.posts.forms.changes import AbsenceForm
from staff.posts.models import Post, PostAbsence
from staff.posts.views.changing import change_page, post_of, post_url


@access(OFFICE)
def absence(request: Request, pk: int) -> HttpResponse:
    """A time away is recorded; those that are recorded and not over lead to their own pages."""
    post = post_of(request, pk)
    running = [each for each in post.absences.all() if each.ends_on is None or each.ends_on >= today()]
    return _page(request, post, None, title="Record a time away", running=running)


@access(OFFICE)
def change(request: Request, pk: int) -> HttpResponse:
    """Other days, also the last one when it is known; and whether its placements are decided."""
    held = _held(request, pk)
    post = post_of(request, held.post_id)
    known = AWAY.sections(Away(post, held.starts_on, held.ends_on, today()))
    after = ("It was a mistake: remove it", "staff:absence_remove", held.pk)
    return _page(request, post, held, title="Change the time away", known=known, after=after)


def _page(request: Request, post: Post, held: PostAbsence | None, **more: Any) -> HttpResponse:
    form = AbsenceForm(sent(request), absence=held)
    return change_page(
        request,
        form,
        post,
        check=lambda answers: actions.problems(post=post, absence=held, **answers),
        sections=lambda answers: AWAY.sections(Away(post, answers["starts_on"], answers["ends_on"], today())),
        act=lambda answers: actions.record(
            post=post, absence=held, by=request.user, decisions=form.decisions, **answers
        ),
        stored=(held.starts_on, held.ends_on, held.kind) if held else (),
        confirm="Record the time away",
        done=lambda _: "The time away is recorded.",
        lead=say(
            "The post goes on, and so do the year’s days: change the hours, too, if they are to be fewer. While the "
            "AST is away, letters, matching and plans do not count on the AST, no day is planned, and nobody is "
            "reminded."
        ),
        template="staff/posts/absence.html",
        held=held,
        **more,
    )


@access(OFFICE)
def remove(request: Request, pk: int) -> HttpResponse:
    """It was recorded by mistake."""
    held = _held(request, pk)
    return reason_page(
        request,
        lambda reason: actions.remove(absence=held, reason=reason, by=request.user),
        title="Remove the time away",
        done="The time away is removed.",
        to=post_url(held.post_id),
        caption=held.post.name,
        back=("Back", "staff:absence", held.pk),
        lead="Outreach days that were called off stay so: plan them again.",
    )


@access(OFFICE)
@require_POST
def decided(request: Request, pk: int) -> HttpResponse:
    """What becomes of the placements is settled."""
    held = _held(request, pk)
    actions.decided(absence=held, by=request.user)
    messages.success(request, say("Noted: the placements of this time are decided."))
    return redirect("staff:absence", held.pk)


def _held(request: Request, pk: int) -> PostAbsence:
    visible = PostAbsence.objects.filter(post__in=Post.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("post__user"), pk=pk)
