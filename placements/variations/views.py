"""Another share of an AST's time: the list of exceptions, asking, answering, withdrawing (R-4.7)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from astcoord.core import policy
from astcoord.core.access import Request, access
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import number
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, reason_page, sent, submit
from placements.variations import actions, permissions
from placements.variations.filters import VariationFilter
from placements.variations.forms import AnswerForm, AskForm
from placements.variations.lifecycle import VARIATION_LIVE, VARIATION_WAITS
from placements.variations.models import TimeVariation
from placements.variations.tables import VariationTable
from staff.posts.models import Post


@access(OFFICE)
class VariationList(FilteredList):
    """Every exception from the usual share; as a file too."""

    table_class = VariationTable
    filterset_class = VariationFilter
    title = "Shares of time"
    csv_name = "shares-of-time"
    few = 10

    def get_queryset(self) -> QuerySet[TimeVariation]:
        return TimeVariation.objects.select_related("post__user", "post__home")


@access(Role.AST, Role.HEADTEACHER)
def variation_ask(request: Request, pk: int) -> HttpResponse:
    """Ask for another share, for a while."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("user", "home"), pk=pk)
    if not permissions.can_ask(request.user, post):
        raise PermissionDenied
    form = AskForm(sent(request))
    if done := submit(form, lambda data: actions.ask(post=post, by=request.user, **data)):
        messages.success(request, "Asked for. The usual share holds until both have agreed.")
        return redirect(done.result)
    usual = number(policy.in_force().outreach_fraction * 100)
    lead = (
        f"The usual share is {usual} per cent. Another holds only when the home headteacher and "
        f"{say('the co-ordinator')} have "
        "both agreed, and only until its last day. The year’s days follow it."
    )
    back = ("Back to the year’s days", "placements:balance", pk)
    return form_page(request, form, title="Ask for another share of time", caption=post.name, lead=lead, back=back)


@access(Role.AST, Role.HEADTEACHER, OFFICE, Role.CONSULTANT)
@require_safe
def variation(request: Request, pk: int) -> HttpResponse:
    """What is asked, who has agreed, whose turn it is."""
    found = _variation(request, pk)
    user = request.user
    waits = found.status in VARIATION_WAITS
    context: dict[str, Any] = {
        "variation": found,
        "waits": waits,
        "usual": policy.in_force().outreach_fraction * 100,
        "may_answer": waits and bool(permissions.sides_to_answer(user, found)),
        "may_withdraw": found.status in VARIATION_LIVE and permissions.can_withdraw(user, found),
        "missing": [actions.SIDES[side] for side in _missing(found)],
    }
    return render(request, "placements/variations/detail.html", context)


@access(Role.HEADTEACHER, Role.COORDINATOR)
def variation_answer(request: Request, pk: int) -> HttpResponse:
    """Yes or no of the home headteacher or the co-ordinator."""
    found = _variation(request, pk)
    sides = permissions.sides_to_answer(request.user, found)
    if not sides or found.status not in VARIATION_WAITS:
        return redirect(found)
    form = AnswerForm(sent(request))
    if done := submit(form, lambda data: _answer(found, sides[0], request, data)):
        messages.success(request, f"Your answer is recorded. Now: {done.result.get_status_display()}.")
        return redirect(found)
    lead = f"{found.percent} of the week {say('for AST')} work. Why: {found.reason}"
    title = "Answer: another share of time"
    return form_page(request, form, title=title, caption=found.post.name, lead=lead, back=("Back", found))


def _answer(found: TimeVariation, side: str, request: Request, data: dict[str, Any]) -> TimeVariation:
    yes = data["answer"] == "yes"
    return actions.answer(variation=found, side=side, yes=yes, reason=data["reason"], by=request.user)


@access(Role.AST, Role.HEADTEACHER, Role.COORDINATOR)
def variation_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take it back, or end it today."""
    found = _variation(request, pk)
    if not permissions.can_withdraw(request.user, found):
        raise PermissionDenied
    label = "Why is it withdrawn?"
    return reason_page(
        request,
        partial(actions.withdraw, variation=found, by=request.user),
        title="Withdraw another share of time",
        done="Withdrawn. The usual share holds again.",
        to=found,
        form=ReasonForm(sent(request), submit="Withdraw it", label=label, tone="warning", most=250),
        caption=found.post.name,
        back=("Back", found),
    )


def _variation(request: Request, pk: int) -> TimeVariation:
    visible = TimeVariation.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("post__user", "post__home", "home_by", "office_by"), pk=pk)


def _missing(found: TimeVariation) -> list[str]:
    """The sides that have not agreed."""
    agreed = {permissions.HOME: found.home_by_id, permissions.OFFICE: found.office_by_id}
    return [side for side, who in agreed.items() if who is None]
