"""The office's pages: the register of ASTs, who is in post, people and their roles."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core.access import access
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import AUTHORITY, Role
from astcoord.ui.lists import FilteredList
from staff.accounts.permissions import is_coordinator
from staff.posts import actions
from staff.posts.filters import PostFilter
from staff.posts.forms import FundingForm, InPostForm
from staff.posts.models import Post
from staff.posts.tables import PostTable


@access(AUTHORITY)
class PostList(FilteredList):
    """The register of ASTs: all for the office and officers, the own group for a consultant (R-3.4, R-3.5)."""

    table_class = PostTable
    filterset_class = PostFilter
    template_name = "staff/posts/posts.html"
    title = "ASTs"
    csv_name = "asts"

    def get_queryset(self) -> QuerySet[Post]:
        return Post.objects.visible_to(self.request.user).with_profile()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_add=is_coordinator(self.request.user), **kwargs)


@access(Role.COORDINATOR)
def post_add(request: HttpRequest) -> HttpResponse:
    """Enter an AST who is in post already (R-2.1)."""
    form = InPostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            post = actions.record_in_post(entry=form.entry(), reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, f"{post.name} is recorded as in post.")
            return redirect("staff:post", post.pk)
    return render(request, "staff/posts/post_add.html", {"form": form})


@access(Role.COORDINATOR)
def funding(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who pays for a post: what outreach is asked of the AST goes by it (R-2.11, R-4.9)."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("user"), pk=pk)
    form = FundingForm(request.POST or None, initial={"funding": post.funding})
    if request.method == "POST" and form.is_valid():
        actions.change_funding(post=post, funding=form.cleaned_data["funding"], by=request.user)
        messages.success(request, "The funding is saved.")
        return redirect("staff:post", pk)
    return render(request, "staff/posts/funding.html", {"form": form, "post": post})
