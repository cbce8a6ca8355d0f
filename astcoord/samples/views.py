"""What people are sent: for the office, which is asked about it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from astcoord.core import documents, emails, policy
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE
from astcoord.samples import messages, papers


@access(OFFICE)
def samples(request: Request) -> HttpResponse:
    """Every message, by what it is about."""
    rooms = messages.by_room()
    context = {"rooms": rooms.items(), "count": len(messages.templates()), "papers": papers.names()}
    return render(request, "samples/list.html", context)


@access(OFFICE)
@require_safe
def sample_paper(request: Request, kind: str) -> HttpResponse:
    """One paper as it is printed, with invented facts."""
    try:
        title, data = papers.printed(kind)
    except KeyError:
        raise Http404 from None
    return documents.as_download(data, title)


@access(OFFICE)
@policy.once()
def sample(request: Request, kind: str) -> HttpResponse:
    """One message, as HTML shows it and as text, with invented facts."""
    if kind not in messages.templates():
        raise Http404
    found = messages.sample(kind, today(), policy.in_force())
    sides = [(subject, list(emails.blocks(text)), text) for subject, text in found.sides]
    return render(request, "samples/message.html", {"sample": found, "sides": sides})
