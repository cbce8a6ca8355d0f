"""Links as their owners have them: taken from the e-mail, opened by a browser that knows nobody."""

import re
from typing import Any

from django.test import Client

from astcoord.core.models.messages import Message
from placements.supported.models import SupportedStaff
from tests.placements import stories

ANSWERS: dict[str, Any] = {
    "agreed": list(stories.PART.agreed),
    "development": "Waiting longer before I help.",
    "gain": "Lessons in which pupils choose the method.",
}
LINK = re.compile(r"https://[^\s/]+(/my-part/\S+/)")


def letter_to(person: SupportedStaff) -> Message:
    """The newest message to a person's address that holds a link."""
    found = Message.objects.filter(to_email=person.email, kind__startswith="supported").order_by("-pk")
    return next(m for m in found if LINK.search(m.body))


def link_of(person: SupportedStaff) -> str:
    """The path of the newest link."""
    found = LINK.search(letter_to(person).body)
    assert found
    return found.group(1)


def confirm_by_link(person: SupportedStaff, **answers: Any) -> Any:
    """Opens the link and sends the form."""
    return Client().post(link_of(person), {**ANSWERS, **answers})
