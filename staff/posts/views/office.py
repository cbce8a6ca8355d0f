"""The office's pages: the register of ASTs, who is in post, people and their roles."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from astcoord.core.access import Request, access
from astcoord.core.roles import AUTHORITY, Role
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, sent, submit
from staff.accounts.permissions import is_coordinator
from staff.posts.actions import posts as actions
from staff.posts.filters import PostFilter
from staff.posts.forms.posts import FundingForm, InPostForm
from staff.posts.models import Post
from staff.posts.querysets import SEES_ALL
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
        return Post.objects.visible_to(self.request.user).with_profile().with_dates()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(may_add=is_coordinator(user), sees_leavers=user.has_role(*SEES_ALL), **kwargs)


@access(Role.COORDINATOR)
def post_add(request: Request) -> HttpResponse:
    """Enter an AST who is in post already (R-2.1)."""
    form = InPostForm(sent(request))
    if done := submit(
        form, lambda data: actions.record_in_post(entry=form.entry(), reason=data["reason"], by=request.user)
    ):
        messages.success(request, f"{done.result.name} is recorded as in post.")
        return redirect("staff:post", done.result.pk)
    lead = (
        "For somebody who was an AST before this service began. The stages from first discussion to appointment are "
        "all recorded, with your reason. The AST gets an e-mail that says how to sign in, and this year’s outreach "
        "days."
    )
    return form_page(request, form, title="Add an AST in post", caption="ASTs", back=("ASTs", "staff:posts"), lead=lead)


@access(Role.COORDINATOR)
def funding(request: Request, pk: int) -> HttpResponse:
    """Change who pays for a post: what outreach is asked of the AST goes by it (R-2.11, R-4.9)."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("user"), pk=pk)
    form = FundingForm(sent(request), initial={"funding": post.funding})
    if submit(form, lambda data: actions.change_funding(post=post, by=request.user, **data)):
        messages.success(request, "The funding is saved.")
        return redirect("staff:post", pk)
    lead = "What outreach is asked of an AST depends on who pays for the post."
    return form_page(request, form, title="Funding", caption=post.name, back=("Back", "staff:post", pk), lead=lead)
