"""Changes of a post that is held: the page asks, shows what hangs on the answers, and does it once that was seen."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.consequences import Section
from astcoord.core.problems import Problem
from astcoord.core.roles import OFFICE
from astcoord.core.wording import date_words
from astcoord.ui.forms import show_problems
from astcoord.ui.submit import form_page, reason_page, sent, submit
from staff.posts.actions import leaving
from staff.posts.events import LEAVING, Leaving
from staff.posts.forms.changes import ChangeForm, LeavingForm
from staff.posts.models import Post

Answers = dict[str, Any]


@access(OFFICE)
def leave(request: Request, pk: int) -> HttpResponse:
    """The AST leaves: the last day, where to and why (R-3.16)."""
    post = _post(pk)
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
        confirm="Record that the AST leaves",
        done=lambda answers: f"{post.name} is recorded as an AST until {date_words(answers['last_day'])}.",
        known=known,
        after=("The AST stays: take the leaving back", "staff:post_stay", pk) if post.ends_on else (),
    )


@access(OFFICE)
def stay(request: Request, pk: int) -> HttpResponse:
    """The AST stays after all."""
    post = _post(pk)
    return reason_page(
        request,
        lambda reason: leaving.take_back(post=post, reason=reason, by=request.user),
        title="Take the leaving back",
        done=f"{post.name} stays, and no last day is recorded.",
        to=("staff:post", pk),
        caption=post.name,
        back=("Back", "staff:post_leave", pk),
        lead=(
            "The post, the role and the year’s days go on as if no last day had been recorded. Outreach days that were "
            "called off and matches that were withdrawn stay so: plan or propose them again."
        ),
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
    known: list[Section],
    lead: str = "",
    after: tuple[Any, ...] = (),
) -> HttpResponse:
    """Nothing is done before the person has seen what hangs on these answers, as it stands now.

    `stored` is what is recorded already: if somebody else changes that, or anything on the list, the list is shown
    again. `known` is what hangs on what is recorded, for a page that is opened without answers.
    """
    asks = False
    if form.is_valid():
        answers = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        if problems := check(answers):
            show_problems(form, problems)
        else:
            known, asks = sections(answers), True
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
        template="staff/posts/change.html",
        sections=known,
        asks=asks,
        listed=asks or bool(known),
    )


def _digest(answers: Answers, sections: list[Section], stored: tuple[Any, ...]) -> str:
    """What the person has seen, so that nothing else is done."""
    return hashlib.sha256(repr((sorted(answers.items()), sections, stored)).encode()).hexdigest()[:20]


def _post(pk: int) -> Post:
    posts: QuerySet[Post] = Post.objects.select_related("user", "home")
    return get_object_or_404(posts, pk=pk)
