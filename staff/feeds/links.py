"""Calendar addresses: secret, because a calendar program cannot sign in, and revocable (R-18.3).

The address says only whose calendar it is and which version; the signature cannot be guessed. It does not run out by
itself: a calendar that stops in the middle of a year without a word is worse than none. A new address, or none, ends
all earlier ones, and so does the end of the account.
"""

from django.core import signing
from django.urls import reverse

from astcoord.core import outbox
from staff.feeds.models import CalendarFeed

SALT = "staff.feeds.calendar"


def address(feed: CalendarFeed) -> str:
    """The whole address, for the person it belongs to."""
    return outbox.link(reverse("staff:calendar_feed", args=[signing.dumps([feed.pk, feed.version], salt=SALT)]))


def read(token: str) -> tuple[CalendarFeed | None, bool]:
    """Whose address it is if it works; else None, and whether it ever was one. Never raises, whatever the text."""
    try:
        pk, version = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None, False
    works = CalendarFeed.objects.filter(pk=pk, version=version, is_open=True, user__is_active=True)
    return works.select_related("user").first(), True
