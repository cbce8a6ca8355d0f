"""Links for people without an account: to one's own form, for one person (R-6.11)."""

from django.urls import reverse

from astcoord.core import outbox, signed_links
from astcoord.core.signed_links import Link
from placements.supported.models import SupportedStaff

SALT = "placements.supported-staff.own-form"


def token_for(person: SupportedStaff) -> str:
    """A token made now, of the person's present version."""
    return signed_links.token_for(person.pk, person.link_version, salt=SALT)


def address(person: SupportedStaff) -> str:
    """The whole link, for a message."""
    return outbox.link(reverse("placements:supported_form", args=[token_for(person)]))


def read(token: str) -> Link[SupportedStaff]:
    """Whose link it is, and whether it still counts."""
    return signed_links.read(token, salt=SALT, find=_find)


def _find(pk: int) -> tuple[SupportedStaff, int] | None:
    people = SupportedStaff.objects.select_related("placement__post__user", "placement__home", "placement__host")
    person = people.filter(pk=pk).first()
    return (person, person.link_version) if person else None
