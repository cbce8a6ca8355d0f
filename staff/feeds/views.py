"""A person's calendar address: the page that gives it, and the calendar behind it (R-18.3)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import calendars, policy
from astcoord.core.access import Request, public, signed_in
from astcoord.core.clock import today
from astcoord.core.limits import too_many
from staff.feeds import actions, links
from staff.feeds.models import CalendarFeed

BAD_ADDRESSES = 30
"""Addresses that are none, from one place within ten minutes†."""


@signed_in
@require_safe
def calendar(request: Request) -> HttpResponse:
    """The person's own address, and how a calendar takes it."""
    feed = CalendarFeed.objects.filter(user=request.user, is_open=True).first()
    coming = [entry for entry in calendars.of(request.user, today()) if entry.on >= today() and not entry.cancelled]
    context = {"feed": feed, "address": links.address(feed) if feed else "", "coming": coming[:10]}
    response = render(request, "staff/feeds/calendar.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_POST
def calendar_open(request: Request) -> HttpResponse:
    """A first address, or a new one in place of the old."""
    feed = actions.open_feed(by=request.user)
    old = " The old one no longer works." if feed.version > 1 else ""
    messages.success(request, f"Your calendar address is ready.{old}")
    return redirect("staff:calendar")


@signed_in
@require_POST
def calendar_close(request: Request) -> HttpResponse:
    """No address."""
    if actions.close_feed(by=request.user):
        messages.success(request, "Your calendar address no longer works.")
    return redirect("staff:calendar")


@public("calendar programs cannot sign in: a secret, revocable address opens one person's own days (R-18.3)")
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar. 404 for what was never an address, 410 for one that is over: then programs stop asking."""
    feed, known = links.read(token)
    if feed is None:
        where = f"calendar-address:{request.META.get('REMOTE_ADDR', '')}"
        if not known and too_many(where, BAD_ADDRESSES):
            return HttpResponse("Too many addresses that do not work. Wait ten minutes.", "text/plain", 429)
        words = "This calendar address no longer works. Sign in for a new one." if known else "Not found."
        return HttpResponse(words, "text/plain; charset=utf-8", 410 if known else 404)
    name = f"{policy.in_force().authority_name}: outreach"
    entries = calendars.of(feed.user, today())
    response = HttpResponse(calendars.feed(entries, name=name), f"{calendars.FILE_TYPE}; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
