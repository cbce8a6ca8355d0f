"""A supported person's link to one evaluation form: signed, for thirty days†, as the link to the own part (R-11.1).

It stops when the person's address changes or another link to the own part goes out: both raise the person's version.
"""

from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.urls import reverse

from astcoord.core import outbox
from evaluation.evaluations.models import Evaluation
from placements.supported.links import LIFE, State, works_until
from placements.supported.models import SupportedStaff

SALT = "evaluation.evaluations.own-form"


@dataclass(frozen=True)
class Link:
    """`form` is known for a good link, and for one whose only fault is its age or a newer link."""

    state: State
    form: Evaluation | None = None


def token_for(form: Evaluation, person: SupportedStaff) -> str:
    """A token made now, of the person's present version."""
    return signing.dumps([form.pk, person.link_version], salt=SALT)


def address(form: Evaluation, person: SupportedStaff) -> str:
    """The whole link, for a message."""
    return outbox.link(reverse("evaluation:own_evaluation", args=[token_for(form, person)]))


def until(sent: date) -> date:
    """The last day on which a link sent that day is sure to work."""
    return works_until(sent)


def read(token: str) -> Link:
    """Whose form it is, and whether the link still counts. Never raises, whatever the text."""
    try:
        facts, expired = signing.loads(token, salt=SALT, max_age=LIFE), False
    except signing.SignatureExpired:
        facts, expired = signing.loads(token, salt=SALT), True
    except signing.BadSignature:
        return Link(State.UNKNOWN)
    pk, version = facts
    found = Evaluation.objects.with_people().filter(pk=pk, person__isnull=False).first()
    if found is None or found.person is None:
        return Link(State.UNKNOWN)
    if version != found.person.link_version:
        return Link(State.REPLACED, found)
    return Link(State.EXPIRED if expired else State.GOOD, found)
