"""Links for people without an account: signed, for one form and one person, good for thirty days† (R-6.11).

A link is the only proof of who somebody is, so it says as little as it can: a row's number and a version. Whoever
sends a new one raises the version, and all earlier links stop. The salt binds a link to this one form.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.core import signing
from django.urls import reverse

from astcoord.core import outbox
from placements.supported.models import SupportedStaff

SALT = "placements.supported-staff.own-form"
LIFE = timedelta(days=30)


class State(Enum):
    """What became of a link."""

    GOOD = "good"
    EXPIRED = "expired"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Link:
    """`person` is known for a good link, and for one whose only fault is its age."""

    state: State
    person: SupportedStaff | None = None


def token_for(person: SupportedStaff) -> str:
    """A token made now, of the person's present version."""
    return signing.dumps([person.pk, person.link_version], salt=SALT)


def address(person: SupportedStaff) -> str:
    """The whole link, for a message."""
    return outbox.link(reverse("placements:supported_form", args=[token_for(person)]))


def works_until(sent: date) -> date:
    """The last day on which a link sent that day is sure to work."""
    return sent + LIFE - timedelta(days=1)


def read(token: str) -> Link:
    """Whose link it is, and whether it still counts. Never raises, whatever the text."""
    try:
        facts, expired = signing.loads(token, salt=SALT, max_age=LIFE), False
    except signing.SignatureExpired:
        facts, expired = signing.loads(token, salt=SALT), True
    except signing.BadSignature:
        return Link(State.UNKNOWN)
    pk, version = facts
    person = SupportedStaff.objects.select_related("placement__post__user", "placement__home", "placement__host")
    found = person.filter(pk=pk).first()
    if found is None:
        return Link(State.UNKNOWN)
    if version != found.link_version:
        return Link(State.REPLACED)
    return Link(State.EXPIRED if expired else State.GOOD, found)
