"""A former AST's link to the own entry: the account opens nothing any more after the last day (R-3.17)."""

from django.urls import reverse

from astcoord.core import outbox, signed_links
from astcoord.core.signed_links import Link
from staff.alumni.models import AlumniEntry

SALT = "staff.alumni.own-entry"


def token_for(entry: AlumniEntry) -> str:
    """A token made now, of the entry's present version."""
    return signed_links.token_for(entry.pk, entry.link_version, salt=SALT)


def address(entry: AlumniEntry) -> str:
    """The whole link, for a message."""
    return outbox.link(reverse("staff:alumni_by_link", args=[token_for(entry)]))


def read(token: str) -> Link[AlumniEntry]:
    """Whose link it is, and whether it still counts."""
    return signed_links.read(token, salt=SALT, find=_find)


def _find(pk: int) -> tuple[AlumniEntry, int] | None:
    entry = AlumniEntry.objects.select_related("post__user").filter(pk=pk).first()
    return (entry, entry.link_version) if entry else None
