"""The button that reminds whoever is waited for (R-18.5); see `core.waiting`."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from astcoord.core import waiting
from astcoord.core.access import Request, signed_in
from astcoord.ui.submit import attempt


@require_POST
@signed_in
def remind(request: Request, pk: int, slug: str) -> HttpResponse:
    """`slug` is the kind and the party: “match-home_head”."""
    code, _, party = slug.partition("-")
    kind = waiting.kind_called(code)
    if kind is None:
        raise Http404
    thing = get_object_or_404(kind.rows(request.user), pk=pk)
    if not kind.may(request.user, thing):
        raise PermissionDenied
    if done := attempt(request, lambda: waiting.remind(kind=kind, thing=thing, party=party, by=request.user)):
        messages.success(request, f"A reminder goes to {done.result.who} by e-mail.")
    return redirect(kind.page(thing, request.user))
