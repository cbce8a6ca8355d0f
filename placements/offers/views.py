"""Schools that look for help, as ASTs see them, and “I could do this” (R-7.9)."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.shown import shown_to
from astcoord.core.words import say, say_later
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, sent, submit
from placements.offers import actions, reads
from placements.offers.filters import LookingFilter
from placements.offers.forms import OfferForm
from placements.offers.models import HelpOffer
from placements.offers.tables import LookingTable
from placements.requests.models import OutreachRequest
from staff.posts.models import Post

PROMISED = say_later(
    "Nothing is promised by it. The co-ordinator sees it beside the ranking, and may choose somebody else."
)


@access(Role.AST)
class Looking(FilteredList):
    """Open requests in the AST's subjects and key stages."""

    table_class = LookingTable
    filterset_class = LookingFilter
    template_name = "placements/offers/list.html"
    title = "Schools looking for help"
    csv_name = "schools-looking-for-help"
    few = 10
    post: Post | None

    def get_queryset(self) -> QuerySet[OutreachRequest]:
        self.post = reads.own_post(self.request.user)
        said = HelpOffer.objects.filter(request=OuterRef("pk"), post=self.post)
        return reads.open_to(self.post, today()).annotate(said=Exists(said))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        return {**found, "unlisted": reads.unlisted(self.post), "own": reads.own_offers(self.request.user, today())}


@access(Role.AST)
def looking(request: Request, pk: int) -> HttpResponse:
    """One of these requests; the AST says “I could do this”, or changes the note."""
    user, post = request.user, reads.own_post(request.user)
    if post is None:
        raise Http404
    asked = get_object_or_404(reads.open_to(post, today()), pk=pk)
    mine = HelpOffer.objects.filter(request=asked, post=post).first()
    form = OfferForm(sent(request), offer=mine)
    if submit(form, lambda data: actions.offer(request=asked, post=post, by=user, **data)):
        messages.success(request, say("The co-ordinator sees that you could do this. Nothing is promised by it."))
        return redirect("placements:looking_for_help")
    return form_page(
        request,
        form,
        title=f"{asked.host.name} is looking for help",
        back=("Schools looking for help", "placements:looking_for_help"),
        lead=PROMISED,
        template="placements/offers/looking.html",
        asked=asked,
        rows=reads.told_of(shown_to(user, asked)),
        truths=list(reads.truths(post, today())),
        mine=mine,
    )


@access(Role.AST)
@require_POST
def help_take_back(request: Request, pk: int) -> HttpResponse:
    """The AST could not do it after all."""
    asked = OutreachRequest.objects.filter(pk=pk)
    mine = get_object_or_404(HelpOffer.objects.filter(post__user=request.user), request__in=asked)
    actions.take_back(offer=mine, by=request.user)
    messages.success(request, say("You have taken it back. The co-ordinator no longer sees it."))
    return redirect("placements:looking_for_help")
