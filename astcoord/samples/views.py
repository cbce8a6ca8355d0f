"""What people are sent: for the office, which is asked about it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from astcoord.core import emails, policy
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE
from astcoord.samples import messages


@access(OFFICE)
def samples(request: Request) -> HttpResponse:
    """Every message, by what it is about."""
    rooms = messages.by_room()
    return render(request, "samples/list.html", {"rooms": rooms.items(), "count": len(messages.templates())})


@access(OFFICE)
@policy.once()
def sample(request: Request, kind: str) -> HttpResponse:
    """One message, as HTML shows it and as text, with invented facts."""
    if kind not in messages.templates():
        raise Http404
    found = messages.sample(kind, today(), policy.in_force())
    sides = [(subject, list(emails.blocks(text)), text) for subject, text in found.sides]
    return render(request, "samples/message.html", {"sample": found, "sides": sides})
