"""What is sent twice is done once: by a double click, back and again, two tabs, or a browser that retries (R-17.11).

Every form is drawn with a key of its own (`KEY`, written by `{% csrf_token %}`). The view runs in one transaction with
the row that remembers the key and where the form led to, so a second sending waits for the first, and then is led to
the same page. A form that comes back with an error may be sent again. See docs/decisions/0018.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from astcoord.core.checks import THIRD_PARTY
from astcoord.core.models.posted import Posted
from astcoord.core.turns import one_after_the_other
from astcoord.ui import kept
from astcoord.ui.kept import KEY

A_SHORT_WHILE = timedelta(minutes=10)
"""So long the same answers at the same address are taken for the same wish, if nothing else was sent in between."""

DRAWN = re.compile(r"[\w-]{22}", re.ASCII)
TWICE = "This was sent twice. It counts once."

View = Callable[..., HttpResponse]
V = TypeVar("V", bound=View)


def sent_at_will(view: V) -> V:
    """Decorate a view whose form may be sent again and again, and does the same each time: it is run each time.

    For large files, which are read for a while and replace what was sent before: no transaction waits for that.
    """
    view.sent_at_will = True  # type: ignore[attr-defined]
    return view


def new_key() -> str:
    """For one form on one page; nobody else can guess it, and nothing is stored before it is sent."""
    return secrets.token_urlsafe(16)


class OnceMiddleware:
    """Runs the view, unless this very form has led somewhere already. After all who may refuse the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """The view's answer, or the first one's; None for what is only read, and where a library has its own ways."""
        own_ways = view.__module__.startswith(THIRD_PARTY) or getattr(view, "sent_at_will", False)
        if request.method != "POST" or own_ways:
            return None

        def around(view: View, args: Any, kwargs: Any) -> HttpResponse:
            return once(request, lambda: view(request, *args, **kwargs))

        if getattr(view, "reads_files_late", False):
            request.around = around  # type: ignore[attr-defined]
            return None
        return around(view, args, kwargs)


def once(request: HttpRequest, run: Callable[[], HttpResponse]) -> HttpResponse:
    """Run it and remember where it led; or lead there, if the form has been sent before."""
    drawn = request.POST.get(KEY, "")
    if not DRAWN.fullmatch(drawn):
        return run()
    digest = _digest(request)
    with transaction.atomic():
        if kept.SHOWN in request.POST:
            one_after_the_other(request.path)
        # One that is on its way is waited for here: the database lets only one of them write the key.
        post, is_first = Posted.objects.get_or_create(
            key=_key(request, drawn), defaults={"by_pk": _by(request), "digest": digest}
        )
        if not is_first and post.digest == digest:
            messages.info(request, TWICE)
            return redirect(post.target)
        if not is_first and not _may_be_sent_again(request):
            return _sent_already(request, post, other=True)
        twin = _twin(request, post) if is_first else None
        if twin is None:
            return _run(request, post, digest, run)
        Posted.objects.filter(pk=post.pk).update(target=twin.target, asked=True)
        return _sent_already(request, twin, other=False)


def was_done(request: HttpRequest, drawn: str) -> bool:
    """Whether this person's form with that key has led somewhere; one that came back wrong has not."""
    return Posted.objects.filter(key=_key(request, drawn)).exclude(target="").exists()


def _key(request: HttpRequest, drawn: str) -> str:
    return hashlib.sha256(f"{_by(request)}:{drawn}".encode()).hexdigest()


def _run(request: HttpRequest, post: Posted, digest: str, run: Callable[[], HttpResponse]) -> HttpResponse:
    """What led to no page, or to one that says what is wrong, may be sent again."""
    answer = run()
    target = answer.headers.get("Location", "") if answer.status_code in (302, 303) else ""
    mine = Posted.objects.filter(pk=post.pk)
    if target and not _went_wrong(request):
        mine.update(digest=digest, target=target)
    else:
        mine.delete()
    return answer


def _went_wrong(request: HttpRequest) -> bool:
    """Whether the next page will say that it was refused."""
    said = getattr(request, "_messages", None)  # asking it by its front door would count as having shown them
    return any(message.level >= messages.ERROR for message in getattr(said, "_queued_messages", ()))


def _twin(request: HttpRequest, post: Posted) -> Posted | None:
    """What this person sent last, if it was just this, a short while ago, and they have not been asked yet.

    Only where something was written: a button may be pressed again. And only where something is added: a form that
    changes what is there finds it changed (`astcoord.ui.meanwhile`).
    """
    if post.by_pk is None or kept.SHOWN in request.POST or not kept.typed(kept.answers_of(request)):
        return None
    last = Posted.objects.filter(by_pk=post.by_pk).exclude(pk=post.pk).order_by("-pk").first()
    is_twin = last and last.digest == post.digest and not last.asked and last.at > timezone.now() - A_SHORT_WHILE
    return last if is_twin else None


def _may_be_sent_again(request: HttpRequest) -> bool:
    """With other answers: where they change what is there, and from a signed link, which has no session to keep them.

    What people write by such a link changes their own form, which is handed in once.
    """
    return kept.SHOWN in request.POST or _by(request) is None


def _sent_already(request: HttpRequest, first: Posted, *, other: bool) -> HttpResponse:
    """The page that says so: on to what came of the first, or to the form with these answers, kept."""
    form_url = kept.keep_to_send_again(request)
    context = {"other": other, "at": first.at, "target": first.target, "form_url": form_url}
    return render(request, "ui/sent_already.html", context)


def _by(request: HttpRequest) -> int | None:
    user = getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated else None


def _digest(request: HttpRequest) -> str:
    """Of the address, and of all that was answered, files with it."""
    answers = [(name, values) for name, values in request.POST.lists() if name not in kept.NOT_ANSWERS]
    files = [(name, each.name, _file_digest(each)) for name, found in request.FILES.lists() for each in found]
    return hashlib.sha256(json.dumps([request.get_full_path(), answers, files]).encode()).hexdigest()


def _file_digest(file: Any) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()
