"""The board of former ASTs, and each one's own entry, signed in or by a link (R-3.17)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from astcoord.core.access import Request, access, only_where, public
from astcoord.core.clock import today
from astcoord.core.limits import too_many
from astcoord.core.roles import OFFICE, Role
from astcoord.core.signed_links import Link, State
from astcoord.core.words import say, say_later
from astcoord.ui.by_link import to_nobody_else
from astcoord.ui.forms import ConfirmForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, sent, submit
from staff.accounts.permissions import is_office
from staff.alumni import actions, links
from staff.alumni.filters import AlumniFilter
from staff.alumni.forms import AlumniForm
from staff.alumni.models import AlumniEntry
from staff.alumni.permissions import is_leaver
from staff.alumni.querysets import READERS
from staff.alumni.tables import AlumniTable, OfficeAlumniTable
from staff.posts.models import Post

WHY = say_later("former ASTs open nothing with their account: a signed, expiring link opens their one entry (R-3.17)")
STATUS = {State.UNKNOWN: 404, State.EXPIRED: 410, State.REPLACED: 410}
BAD_LINKS, SAVES = 30, 30
"""Links that lead nowhere from one address, and forms sent by one person, within ten minutes†."""
REMOVED = "Taken off. Nothing of it is kept."


@access(READERS)
@only_where("alumni")
class AlumniBoard(FilteredList):
    """Who has said yes, with what they said may be shown."""

    filterset_class = AlumniFilter
    title = say_later("Former ASTs")
    few = 10

    def get_queryset(self) -> QuerySet[AlumniEntry]:
        rows = AlumniEntry.objects.visible_to(self.request.user, today()).select_related("post__user")
        return rows.order_by("-post__ends_on", "pk")

    def get_table_class(self) -> Any:
        return OfficeAlumniTable if is_office(self.request.user) else AlumniTable


@access(Role.AST)
@only_where("alumni")
def alumni_own(request: Request, pk: int) -> HttpResponse:
    """Before the last day, with the account."""
    post = _own(request, pk)
    entry = AlumniEntry.objects.filter(post=post).first()
    form = AlumniForm(sent(request), entry=entry)
    if submit(form, lambda _: actions.answer(post=post, by=request.user, **form.said())):
        messages.success(request, "Your answer is saved. You can change it here as long as you are in post.")
        return redirect("staff:alumni_own", pk)
    remove = reverse("staff:alumni_own_remove", args=[pk]) if entry and entry.on_board else ""
    template = "staff/alumni/own.html"
    return form_page(
        request, form, title=say("The board of former ASTs"), back=("Home", "home"), template=template, remove=remove
    )


@access(Role.AST)
@require_POST
@only_where("alumni")
def alumni_own_remove(request: Request, pk: int) -> HttpResponse:
    """Off the board, by the person."""
    post = _own(request, pk)
    if attempt(request, lambda: actions.remove(post=post, by=request.user)):
        messages.success(request, REMOVED)
    return redirect("staff:alumni_own", pk)


@access(OFFICE)
@only_where("alumni")
def alumni_remove(request: Request, pk: int) -> HttpResponse:
    """Off the board, by the office."""
    board = AlumniEntry.objects.visible_to(request.user, today()).select_related("post__user")
    entry = get_object_or_404(board, post=pk)
    form = ConfirmForm(sent(request), submit="Take off the board", tone="warning")
    if submit(form, lambda _: actions.remove(post=entry.post, by=request.user)):
        messages.success(request, REMOVED)
        return redirect("staff:alumni")
    lead = "What it says is removed at once. The person’s link does not put it back."
    title = f"Take off the board: {entry}"
    return form_page(request, form, title=title, back=(say("Former ASTs"), "staff:alumni"), lead=lead)


View = Callable[..., HttpResponse]


def _by_link(view: View) -> View:
    """The view gets the entry whose link it is; a link that does not count gets a page that says what to do."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        link = links.read(token)
        if link.state is not State.GOOD or link.row is None:
            response = _closed(request, token, link)
        elif request.method == "POST" and too_many(f"alumni-save:{link.row.pk}", SAVES):
            response = render(request, "staff/alumni/busy.html", status=429)
        else:
            response = view(request, token, link.row)
        return to_nobody_else(response)

    return opened


@public(WHY)
@only_where("alumni")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@_by_link
def alumni_by_link(request: HttpRequest, token: str, entry: AlumniEntry) -> HttpResponse:
    """After the last day. Looking changes nothing; only a sent form does."""
    form = AlumniForm(sent(request), entry=entry)
    by = entry.post.user
    if submit(form, lambda _: actions.answer(post=entry.post, by=by, **form.said())):
        messages.success(request, "Your answer is saved. With this link you can change it.")
        return redirect("staff:alumni_by_link", token)
    remove = reverse("staff:alumni_link_remove", args=[token]) if entry.on_board else ""
    template = "staff/alumni/own.html"
    return form_page(request, form, title=say("The board of former ASTs"), template=template, remove=remove)


@public(WHY)
@require_POST
@only_where("alumni")
@_by_link
def alumni_link_remove(request: HttpRequest, token: str, entry: AlumniEntry) -> HttpResponse:
    """Off the board, by the person, at once."""
    if attempt(request, lambda: actions.remove(post=entry.post, by=entry.post.user)):
        messages.success(request, REMOVED)
    return redirect("staff:alumni_by_link", token)


@public(WHY)
@require_POST
@only_where("alumni")
def alumni_new_link(request: HttpRequest, token: str) -> HttpResponse:
    """For a link that is too old: a fresh one to the person's own address, and nothing is shown."""
    link = links.read(token)
    if link.state is not State.EXPIRED or link.row is None:
        return to_nobody_else(_closed(request, token, link))
    entry = link.row
    actions.send_link(entry=entry)
    return to_nobody_else(render(request, "staff/alumni/sent.html"))


def _closed(request: HttpRequest, token: str, link: Link[AlumniEntry]) -> HttpResponse:
    """404 for what was never a link, 410 for one that is over. Nothing of anybody's is on the page."""
    if too_many(f"alumni-link:{request.META.get('REMOTE_ADDR', '')}", BAD_LINKS):
        return render(request, "staff/alumni/busy.html", status=429)
    state = link.state if link.state in STATUS else State.REPLACED
    renew = reverse("staff:alumni_new_link", args=[token]) if state is State.EXPIRED else ""
    context = {"expired": state is not State.UNKNOWN, "renew": renew}
    return render(request, "staff/alumni/closed.html", context, status=STATUS[state])


def _own(request: Request, pk: int) -> Post:
    """The own post, with a last day."""
    post = get_object_or_404(Post.objects.filter(user=request.user).select_related("user"), pk=pk)
    return post if is_leaver(post) else get_object_or_404(Post.objects.none())
