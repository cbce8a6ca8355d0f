"""An AST's year in days, for the office, the home head and the AST (R-4.11)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, Role
from placements.balances.reads.years import year_page
from placements.placement.models import Placement
from schools.calendar.models import AcademicYear
from staff.posts.models import Post
from staff.posts.reads import obligation


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
    context = {
        "post": post,
        "years": years,
        "page": year_page(post, year, now) if year else None,
        "obligation": obligation(post, now),
        "see_placements": Placement.objects.visible_to(request.user).filter(post=post).exists(),
    }
    return render(request, "placements/balances/balance.html", context)
