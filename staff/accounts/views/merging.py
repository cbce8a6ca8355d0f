"""Two accounts of one person become one (R-17.7): the co-ordinator's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from astcoord.core.access import Request, access
from astcoord.core.problems import refuse
from astcoord.core.roles import Role
from astcoord.ui.submit import form_page, sent, submit
from staff.accounts.actions import merging
from staff.accounts.events import MERGING, Merging
from staff.accounts.forms.people import MergeForm, OtherAccountForm
from staff.accounts.models import User

LEAD = (
    "What was signed, answered and decided stays on record under the account that did it. Whatever is found about the "
    "person, for a request for their data too, is found under both."
)


@access(Role.COORDINATOR)
def merge(request: Request, pk: int) -> HttpResponse:
    """Which is the other account; then all that goes over, and the button."""
    keep = get_object_or_404(User, pk=pk)
    asked = request.GET.get("other", "")
    other = User.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    if other is None or merging.problems_of(keep=keep, other=other, by=request.user):
        return _which(request, keep)
    form = MergeForm(sent(request), keep=keep, other=other)

    def act(data: dict[str, str]) -> User:
        take = data["address"] == "other"
        return merging.merge(keep=keep, other=other, reason=data["reason"], take_address=take, by=request.user)

    if submit(form, act):
        messages.success(request, "The two accounts are one now.")
        return redirect("staff:person", pk)
    return form_page(
        request,
        form,
        title=f"Merge {other.email} into this account",
        caption=f"{keep.name}, {keep.email}",
        back=("Back", "staff:person", pk),
        lead=LEAD,
        template="hanging_page.html",
        sections=MERGING.sections(Merging(keep, other)),
    )


def _which(request: Request, keep: User) -> HttpResponse:
    form = OtherAccountForm(sent(request))
    if submit(form, lambda data: refuse(merging.problems_of(keep=keep, other=data["email"], by=request.user))):
        return redirect(f"{reverse('staff:person_merge', args=[keep.pk])}?other={form.cleaned_data['email'].pk}")
    return form_page(
        request,
        form,
        title="Merge another account into this one",
        caption=f"{keep.name}, {keep.email}",
        back=("Back", "staff:person", keep.pk),
        lead="For somebody who has two accounts, such as one with an old address. You see what goes over first.",
    )
