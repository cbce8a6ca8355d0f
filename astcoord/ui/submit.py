"""A form's way from the browser to an action and back, and the one page that shows a form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url

from astcoord.core.problems import Problem, Refused
from astcoord.ui import naming
from astcoord.ui.forms import ReasonForm, show_problems

T = TypeVar("T")

Link = tuple[Any, ...]
"""The link's words, then where it leads as `redirect` takes it: `("Back to the placement", placement)`."""


@dataclass(frozen=True)
class Done(Generic[T]):
    """The action has run: what it gave back. True even where that is nothing."""

    result: T


def sent(request: HttpRequest) -> QueryDict | None:
    """What binds a form: the answers that were posted, also where nothing was filled in; None to show it empty.

    Answers kept over a new sign-in bind it, too, and no form is valid with them (`astcoord.ui.kept`).
    """
    return request.POST if request.method == "POST" else getattr(request, "kept_answers", None)


def submit(form: forms.BaseForm, action: Callable[[dict[str, Any]], T]) -> Done[T] | None:
    """Run `action` with the cleaned data of a form that was sent and is right.

    None if it was not sent, is wrong, or the action was refused: then the form says why, and is shown (again). The same
    where it names somebody whom its readers may not know by name, until it is sent a second time (section G).
    """
    if not form.is_valid():
        return None
    try:
        return Done(naming.told_once(form, lambda: action(form.cleaned_data)))
    except Refused as refusal:
        show_problems(form, refusal.problems)
        return None


def attempt(request: HttpRequest, action: Callable[[], T]) -> Done[T] | None:
    """Run the action of a button that has no form. None if it was refused: the next page says why, in a banner."""
    try:
        return Done(action())
    except Refused as refusal:
        for problem in refusal.problems:
            messages.error(request, problem.message)
        return None


def refusal_of(action: Callable[[], object]) -> list[Problem]:
    """Run an action whose page says each problem where it is mended: the problems, none if it has run."""
    try:
        action()
    except Refused as refusal:
        return refusal.problems
    return []


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    title: str,
    heading: str | None = None,
    caption: str = "",
    back: Link = (),
    warning: str = "",
    inset: str = "",
    lead: str | Sequence[str] = (),
    beside: Link = (),
    after: Link = (),
    template: str = "form_page.html",
    **more: Any,
) -> HttpResponse:
    """The page of one form: a way back, what it is about, what to know beforehand, the form, other ways out.

    `heading` is the title if none is given; "" where a field's own legend is the heading. `beside` is a link beside
    the button, `after` one below the form. What is said in plain words is said here; a page that shows more has a
    template of its own, which extends `form_page.html` and gets `more`.
    """
    context = {
        "form": form,
        "title": title,
        "heading": title if heading is None else heading,
        "caption": caption,
        "back": _link(back),
        "warning": warning,
        "inset": inset,
        "lead": [words for words in ([lead] if isinstance(lead, str) else lead) if words],
        "beside": _link(beside),
        "after": _link(after),
    }
    return render(request, template, context | more)


def reason_page(
    request: HttpRequest,
    action: Callable[..., object],
    *,
    title: str,
    done: str,
    to: Any,
    form: ReasonForm | None = None,
    **page: Any,
) -> HttpResponse:
    """The page that asks why, and nothing else: `action(reason=…)`, then `done` in a banner on the page `to`.

    The button says the title unless a `form` says otherwise; `page` as for `form_page`.
    """
    form = form or ReasonForm(sent(request), submit=title)
    if submit(form, lambda data: action(**data)):
        messages.success(request, done)
        return redirect(to)
    return form_page(request, form, title=title, **page)


def _link(link: Link) -> dict[str, str] | None:
    return {"text": link[0], "href": resolve_url(*link[1:])} if link else None
