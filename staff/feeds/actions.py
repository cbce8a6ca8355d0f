"""A person's calendar address is made, replaced and closed (R-18.3)."""

from django.db import transaction
from django.utils import timezone

from astcoord.core import audit
from staff.accounts.models import User
from staff.feeds.models import CalendarFeed


@transaction.atomic
def open_feed(*, by: User) -> CalendarFeed:
    """An address for the person's own calendar. Earlier ones stop, whoever has them."""
    feed, made = CalendarFeed.objects.select_for_update().get_or_create(user=by, defaults={"made_at": timezone.now()})
    if not made:
        feed.version, feed.is_open, feed.made_at = feed.version + 1, True, timezone.now()
        feed.save(update_fields=["version", "is_open", "made_at"])
    audit.record("calendar address made", feed, by=by, after={"version": feed.version})
    return feed


@transaction.atomic
def close_feed(*, by: User) -> bool:
    """No address works any more; False if none did."""
    feed = CalendarFeed.objects.select_for_update().filter(user=by, is_open=True).first()
    if feed is None:
        return False
    feed.is_open = False
    feed.save(update_fields=["is_open"])
    audit.record("calendar address closed", feed, by=by)
    return True
