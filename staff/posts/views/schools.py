"""What a school sees of the ASTs: the list of expertise, its own ASTs; and an AST’s way to the own page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, Role
from astcoord.core.words import say_later
from astcoord.ui.lists import FilteredList
from staff.posts.filters import ExpertiseFilter
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.posts.querysets import SEES_ALL
from staff.posts.tables import ExpertiseTable, NamedExpertiseTable


@access(AUTHORITY, Role.HEADTEACHER, Role.AST)
class ExpertiseList(FilteredList):
    """What ASTs can help with (R-5.5). Names and home schools are for the authority only (section G)."""

    filterset_class = ExpertiseFilter
    template_name = "staff/posts/expertise.html"
    title = say_later("What ASTs can help with")
    csv_name = "ast-expertise"

    def get_queryset(self) -> QuerySet[Post]:
        now = today()
        return Post.objects.in_post(now).offering().with_expertise().marking_away(now).order_by("home__phase", "pk")

    def get_table_class(self) -> Any:
        return NamedExpertiseTable if self.request.user.has_role(*SEES_ALL) else ExpertiseTable

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_ask = self.request.user.has_role(Role.HEADTEACHER)
        return super().get_context_data(ask_url=ask_url() if may_ask else "", **kwargs)


@access(Role.HEADTEACHER, Role.GOVERNOR)
def own_asts(request: Request) -> HttpResponse:
    """The ASTs whom the school of this head or governor employs (R-13.3)."""
    schools = request.user.schools_as(Role.HEADTEACHER, Role.GOVERNOR)
    mine = Post.objects.visible_to(request.user).exclude(status=PostStatus.CLOSED)
    posts = mine.filter(home__in=schools).with_profile().with_dates()
    rows = [(post, post.gaps(today())) for post in posts]
    return render(request, "staff/posts/own_asts.html", {"rows": rows})


def ask_url() -> str:
    """Where a request for support starts, if the floor above has such a page."""
    try:
        return reverse("placements:request_start")
    except NoReverseMatch:
        return ""


@access(Role.AST)
def own(request: Request) -> HttpResponse:
    """The page of the post that this AST holds."""
    post = Post.objects.in_post(today()).filter(user=request.user).order_by("-starts_on").first()
    if post is not None:
        return redirect("staff:post", post.pk)
    return render(request, "staff/posts/no_post.html")
