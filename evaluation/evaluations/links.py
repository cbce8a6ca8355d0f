"""A supported person's link to one evaluation form (R-11.1).

It stops when the person's address changes or another link to the own part goes out: both raise the person's version.
"""

from django.urls import reverse

from astcoord.core import outbox, signed_links
from astcoord.core.signed_links import Link
from evaluation.evaluations.models import Evaluation
from placements.supported.models import SupportedStaff

SALT = "evaluation.evaluations.own-form"


def token_for(form: Evaluation, person: SupportedStaff) -> str:
    """A token made now, of the person's present version."""
    return signed_links.token_for(form.pk, person.link_version, salt=SALT)


def address(form: Evaluation, person: SupportedStaff) -> str:
    """The whole link, for a message."""
    return outbox.link(reverse("evaluation:own_evaluation", args=[token_for(form, person)]))


def read(token: str) -> Link[Evaluation]:
    """Whose form it is, and whether the link still counts."""
    return signed_links.read(token, salt=SALT, find=_find)


def _find(pk: int) -> tuple[Evaluation, int] | None:
    form = Evaluation.objects.with_people().filter(pk=pk, person__isnull=False).first()
    return (form, form.person.link_version) if form and form.person else None
