"""Changes of a post that is held: the page asks, shows what hangs on the answers, and does it once that was seen."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.consequences import Section
from astcoord.core.problems import Problem
from astcoord.core.roles import OFFICE
from astcoord.core.wording import date_words, number
from astcoord.core.words import say
from astcoord.ui.forms import show_problems
from astcoord.ui.submit import form_page, reason_page, sent, submit
from staff.posts.actions import hours as hours_actions
from staff.posts.actions import leaving
from staff.posts.events import HOURS, LEAVING, Leaving, NewHours
from staff.posts.forms.changes import ChangeForm, HoursForm, LeavingForm
from staff.posts.models import Post, PostHours

Answers = dict[str, Any]


@access(OFFICE)
def leave(request: Request, pk: int) -> HttpResponse:
    """The AST leaves: the last day, where to and why (R-3.16)."""
    post = post_of(request, pk)
    form = LeavingForm(sent(request), post=post)
    known = LEAVING.sections(Leaving(post, post.ends_on, today())) if post.ends_on else []
    return change_page(
        request,
        form,
        post,
        check=lambda answers: leaving.problems(post=post, **answers),
        sections=lambda answers: LEAVING.sections(Leaving(post, answers["last_day"], today())),
        act=lambda answers: leaving.record(post=post, by=request.user, **answers),
        stored=(post.ends_on, post.left_to, post.left_because),
        title=f"{post.name} leaves the post",
        confirm=say("Record that the AST leaves"),
        done=lambda answers: f"{post.name} is recorded as {say('an AST')} until {date_words(answers['last_day'])}.",
        known=known,
        after=(say("The AST stays: take the leaving back"), "staff:post_stay", pk) if post.ends_on else (),
    )


@access(OFFICE)
def stay(request: Request, pk: int) -> HttpResponse:
    """The AST stays after all."""
    post = post_of(request, pk)
    return reason_page(
        request,
        lambda reason: leaving.take_back(post=post, reason=reason, by=request.user),
        title="Take the leaving back",
        done=f"{post.name} stays, and no last day is recorded.",
        to=post_url(pk),
        caption=post.name,
        back=("Back", "staff:post_leave", pk),
        lead=(
            "The post, the role and the year’s days go on as if no last day had been recorded. Outreach days that were "
            "called off and matches that were withdrawn stay so: plan or propose them again."
        ),
    )


@access(OFFICE)
def hours(request: Request, pk: int) -> HttpResponse:
    """Another full-time equivalent from a day on (R-17.7)."""
    post = post_of(request, pk)
    now = today()
    return change_page(
        request,
        HoursForm(sent(request)),
        post,
        check=lambda answers: hours_actions.problems(post=post, **answers),
        sections=lambda answers: HOURS.sections(NewHours(post, answers["starts_on"], answers["fte"], now)),
        act=lambda answers: hours_actions.record(post=post, by=request.user, **answers),
        stored=post.spell.hours,
        title="Change the full-time equivalent",
        confirm="Record the new hours",
        done=lambda answers: (
            f"The full-time equivalent is {number(answers['fte'])} from {date_words(answers['starts_on'])}."
        ),
        lead=f"It is {number(post.fte_on(now))} today. The year’s outreach days follow by the weeks taught.",
        template="staff/posts/hours.html",
        coming=[each for each in post.hours.all() if each.starts_on > now],
    )


@access(OFFICE)
def hours_remove(request: Request, pk: int) -> HttpResponse:
    """A change of hours that has not begun does not come."""
    changes = PostHours.objects.filter(post__in=Post.objects.visible_to(request.user))
    change = get_object_or_404(changes.select_related("post__user"), pk=pk)
    return reason_page(
        request,
        lambda reason: hours_actions.take_away(hours=change, reason=reason, by=request.user),
        title="Take the change of hours away",
        done="The change is taken away, and the year’s days are as they were without it.",
        to=post_url(change.post_id),
        caption=change.post.name,
        back=("Back", "staff:post_hours", change.post_id),
        lead=f"Full-time equivalent {number(change.fte)} from {date_words(change.starts_on)}.",
    )


def change_page(
    request: Request,
    form: ChangeForm,
    post: Post,
    *,
    check: Callable[[Answers], list[Problem]],
    sections: Callable[[Answers], list[Section]],
    act: Callable[[Answers], object],
    stored: tuple[Any, ...],
    title: str,
    confirm: str,
    done: Callable[[Answers], str],
    known: list[Section] | None = None,
    lead: str = "",
    after: tuple[Any, ...] = (),
    template: str = "staff/posts/change.html",
    **more: Any,
) -> HttpResponse:
    """Nothing is done before the person has seen what hangs on these answers, as it stands now.

    `stored` is what is recorded already: if somebody else changes that, or anything on the list, the list is shown
    again. `known` is what hangs on what is recorded, for a page that is opened without answers.
    """
    known, asks = known or [], False
    if form.is_valid():
        answers = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        if problems := check(answers):
            show_problems(form, problems)
        else:
            known, asks = sections(answers), True
            form.decide(known)
            seen = _digest(answers, known, stored)
            if form.cleaned_data["seen"] == seen and submit(form, lambda _: act(answers)):
                messages.success(request, done(answers))
                return redirect("staff:post", post.pk)
            form.ask(seen, confirm)
    return form_page(
        request,
        form,
        title=title,
        caption=post.name,
        back=("Back", "staff:post", post.pk),
        lead=lead,
        after=() if asks else after,
        template=template,
        sections=[section.told(asks=asks) for section in known],
        asks=asks,
        listed=asks or bool(known),
        **more,
    )


def post_url(pk: int) -> str:
    return reverse("staff:post", args=[pk])


def _digest(answers: Answers, sections: list[Section], stored: tuple[Any, ...]) -> str:
    """What the person has seen, so that nothing else is done."""
    return hashlib.sha256(repr((sorted(answers.items()), sections, stored)).encode()).hexdigest()[:20]


def post_of(request: Request, pk: int) -> Post:
    """Not found by an administrator as long as it is the co-ordinator's: somebody on the way (section G*)."""
    posts: QuerySet[Post] = Post.objects.visible_to(request.user).select_related("user", "home")
    return get_object_or_404(posts, pk=pk)
