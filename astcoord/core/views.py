"""Whether the software is well; and, on one machine without a relay, the outbox in the browser.

The outbox is mounted only where settings say so, and production refuses to start with it.
"""

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from astcoord.core import mail
from astcoord.core.access import public

WHY = "development only: shows e-mail that would have been sent, sign-in codes included"


@public("for whoever watches the site: says only whether the software and its database answer")
def healthy(request: HttpRequest) -> HttpResponse:
    """200 and "well", or an error if the database is away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("well", content_type="text/plain", headers={"Cache-Control": "no-store"})


@public(WHY)
def outbox(request: HttpRequest) -> HttpResponse:
    """Every message written so far, newest first."""
    return render(request, "outbox/list.html", {"letters": mail.letters()})


@public(WHY)
def outbox_letter(request: HttpRequest, name: str) -> HttpResponse:
    """One message as its reader would see it."""
    return render(request, "outbox/letter.html", {"letter": _letter(name)})


@public(WHY)
def outbox_attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """An attachment of one message, to save."""
    attachments = _letter(name).attachments
    if number >= len(attachments):
        raise Http404
    attached = attachments[number]
    return HttpResponse(
        attached.content,
        content_type=attached.kind,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=attached.filename),
            "X-Content-Type-Options": "nosniff",
        },
    )


def _letter(name: str) -> mail.Letter:
    found = mail.letter(name)
    if found is None:
        raise Http404
    return found
