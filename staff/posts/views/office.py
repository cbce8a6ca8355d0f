"""The office's pages: the register of ASTs, who is in post, people and their roles."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect

from astcoord.core.access import Request, access
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.words import say, say_later
from astcoord.ui.bulk import BulkAction
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, sent, submit
from staff.accounts.permissions import is_coordinator, is_office
from staff.posts.actions import posts as actions
from staff.posts.filters import PostFilter
from staff.posts.forms.posts import InPostForm
from staff.posts.models import Post
from staff.posts.tables import PostTable


@access(AUTHORITY)
class PostList(FilteredList):
    """The register of ASTs: all for the office and officers, the own group for a consultant (R-3.4, R-3.5)."""

    table_class = PostTable
    filterset_class = PostFilter
    template_name = "staff/posts/posts.html"
    title = say_later("ASTs")
    csv_name = "asts"
    bulk = (BulkAction("Write to them", "staff:mailing_write", OFFICE, ("asts",)),)

    def get_queryset(self) -> QuerySet[Post]:
        return Post.objects.visible_to(self.request.user).with_profile().prefetch_related("hours", "absences")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(may_add=is_coordinator(user), is_office=is_office(user), **kwargs)


@access(Role.COORDINATOR)
def post_add(request: Request) -> HttpResponse:
    """Enter an AST who is in post already (R-2.1)."""
    form = InPostForm(sent(request))
    if done := submit(
        form,
        lambda data: actions.record_in_post(
            entry=form.entry(),
            reason=data["reason"],
            by=request.user,
            capacity_reason=data.get("capacity_reason", ""),
        ),
    ):
        messages.success(
            request, f"{done.result.name} is recorded as in post. What is still to do stands on this page."
        )
        return redirect("staff:post", done.result.pk)
    lead = say(
        "For somebody who was an AST before this service began. The stages from first discussion to appointment are "
        "all recorded, with your reason. The AST gets an e-mail that says how to sign in, and this year’s outreach "
        "days. What the AST offers, the outreach time and the induction are asked afterwards, on the AST’s page."
    )
    return form_page(
        request,
        form,
        title=say("Add an AST in post"),
        caption=say("ASTs"),
        back=(say("ASTs"), "staff:posts"),
        lead=lead,
    )
