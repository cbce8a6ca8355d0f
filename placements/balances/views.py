"""An AST's year in days, for the office, the home head and the AST (R-4.11)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.words import say, say_later
from astcoord.ui.submit import form_page, sent, submit
from placements.balances import actions
from placements.balances.forms import MoveForm, UseForm
from placements.balances.reads import uses
from placements.balances.reads.alerts import alerts_of, for_everybody
from placements.balances.reads.years import year_page
from placements.balances.rules import Alert
from placements.days import budgets
from placements.placement.models import Placement
from placements.variations.lifecycle import VARIATION_LIVE, VariationStatus
from placements.variations.models import TimeVariation
from placements.variations.permissions import can_ask
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office
from staff.posts.models import Post
from staff.posts.permissions import is_home_head, is_own
from staff.posts.reads.posts import obligation

UNDIVIDED = say_later("The authority’s policy does not divide the year, so there is nothing to choose.")


@access(AUTHORITY, Role.HEADTEACHER, Role.AST, Role.GOVERNOR)
def balance(request: Request, pk: int) -> HttpResponse:
    """Budget, contracted, planned, used and left; `?year=2025-26` shows another year."""
    visible = Post.objects.visible_to(request.user).select_related("user", "home").prefetch_related("home__statuses")
    post = get_object_or_404(visible, pk=pk)
    now = today()
    years = list(AcademicYear.objects.filter(ledger__post=post).distinct().order_by("-starts_on"))
    asked = request.GET.get("year", "")
    holds_today = [year for year in years if year.starts_on <= now <= year.ends_on]
    year = next((y for y in years if y.slug == asked), None) or next(iter(holds_today or years), None)
    sees_moves = is_office(request.user) or is_home_head(request.user, post) or is_own(request.user, post)
    context = {
        "post": post,
        "years": years,
        "uses": uses.uses_of(post, year, now) if year else [],
        "moves": uses.moves(post, year) if year and sees_moves else (),
        "may_move": is_coordinator(request.user),
        "variations": _variations(post, year)
        if year and (sees_moves or request.user.has_role(Role.CONSULTANT))
        else (),
        "may_ask": can_ask(request.user, post),
        "alerts": _alerts(post, now, request.user) if sees_moves and year and year.holds(now) else (),
        "sees_work": sees_moves or request.user.has_role(Role.CONSULTANT),
        "page": year_page(post, year, now) if year else None,
        "used_before": budgets.used_before(post, year) if year else None,
        "obligation": obligation(post, now, reader=request.user),
        "see_placements": Placement.objects.visible_to(request.user).filter(post=post).exists(),
    }
    return render(request, "placements/balances/balance.html", context)


def _alerts(post: Post, now: date, reader: User) -> list[Alert]:
    return [alert for found in alerts_of([post], now, reader=reader) for alert in found.alerts]


@access(OFFICE)
@require_safe
def time_alerts(request: Request) -> HttpResponse:
    """Every AST in post whose time needs attention today (N15)."""
    context = {"found": for_everybody(today(), reader=request.user), "knows_funding": is_coordinator(request.user)}
    return render(request, "placements/balances/alerts.html", context)


def _variations(post: Post, year: AcademicYear) -> Any:
    """Other shares of time in that year, asked for, in force or over."""
    kept = (*VARIATION_LIVE, VariationStatus.EXPIRED)
    return TimeVariation.objects.filter(
        post=post, status__in=kept, starts_on__lte=year.ends_on, ends_on__gte=year.starts_on
    )


@access(Role.COORDINATOR)
def move_days(request: Request, pk: int, slug: str) -> HttpResponse:
    """Set days of an AST's year aside for another use (R-4.2)."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("user"), pk=pk)
    year = get_object_or_404(AcademicYear, slug=slug)
    found = uses.uses_of(post, year)
    form = MoveForm(sent(request), uses=found)
    to = f"{reverse('placements:balance', args=[pk])}?year={slug}"
    if submit(form, lambda data: actions.move_days(post=post, year=year, by=request.user, **data)):
        messages.success(request, "The days are moved.")
        return redirect(to)
    lead = "The year keeps its days; only what they are set aside for changes." if found else UNDIVIDED
    title, back = f"Move days between uses in {year}", (f"{post.name}: the year’s days", to)
    return form_page(request, form, title=title, caption=post.name, lead=lead, back=back)


@access(Role.COORDINATOR)
def placement_use(request: Request, pk: int) -> HttpResponse:
    """Which use of the AST's year a placement draws on (R-4.2)."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    year = calendar.year_on(placement.starts_on or today())
    named = uses.names(year) if year else []
    form = UseForm(sent(request), names=named, initial={"use": placement.category or next(iter(named), "")})
    if submit(form, lambda data: actions.draw_on(placement=placement, by=request.user, **data)):
        messages.success(request, f"{say('The placement')} draws on “{placement.category}”.")
        return redirect("placements:balance", placement.post_id)
    back = (f"{placement.post.name}: the year’s days", "placements:balance", placement.post_id)
    title = say("What the placement draws on")
    lead = "" if named else UNDIVIDED
    return form_page(request, form, title=title, heading="" if named else title, lead=lead, back=back)
