"""The link with which somebody who has left says what the board may show, changes it, or takes it away (R-3.17)."""

from datetime import date

from astcoord.core import emails
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message
from astcoord.core.signed_links import works_until
from staff.alumni import links
from staff.alumni.models import AlumniEntry


def send_link(entry: AlumniEntry, on: date) -> Message:
    """One a day at most."""
    return emails.send(
        "staff/alumni/emails/alumni-link.txt",
        to=Reader.of(entry.post.user),
        key=f"alumni-link:{entry.pk}:{entry.link_version}:{on:%Y-%m-%d}",
        about=entry.post,
        entry=entry,
        link=links.address(entry),
        until=works_until(on),
    )
