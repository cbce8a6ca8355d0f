"""Which schools wait longest for an answer to their request (R-5.6)."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from astcoord.core.wording import date_words
from placements.requests.lifecycle import REQUEST_WITH_COORDINATOR, RequestStatus
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from staff.figures.reads.sheets import Table

SHOWN = 20
WAITS = REQUEST_WITH_COORDINATOR | {RequestStatus.PROPOSED, RequestStatus.AGREED}
"""The school has said everything, and has no placement yet."""
READ = ("status", "subject", "submitted_at", "host__name")
"""Of a request, and of its school: a row of all their columns would cost more than the rest of the table."""
HEADER = ("Request", "School", "Subject", "Sent on", "Days since", "Where it stands")


def waiting(user: User, today: date) -> Table:
    """Those that wait longest first. One query."""
    asked = OutreachRequest.objects.visible_to(user).filter(status__in=WAITS, submitted_at__isnull=False)
    found = list(asked.select_related("host").only(*READ).order_by("submitted_at", "pk")[: SHOWN + 1])
    shown = found[:SHOWN]
    return Table(
        code="waiting",
        title="Who waits longest",
        header=HEADER,
        rows=tuple(_row(each, today) for each in shown),
        links=tuple(reverse("placements:request_detail", args=[each.pk]) for each in shown),
        note=f"The {SHOWN} that wait longest. All of them are in the list of requests." if len(found) > SHOWN else "",
    )


def _row(asked: OutreachRequest, today: date) -> tuple[str | int, ...]:
    sent = timezone.localtime(asked.submitted_at).date()
    stands = str(asked.get_status_display())
    subject = str(asked.get_subject_display())
    return (asked.reference, asked.host.name, subject, date_words(sent), (today - sent).days, stands)
