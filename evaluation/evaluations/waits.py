"""Whose evaluation form is waited for (R-18.5). The people supported get their link once more instead."""

from collections.abc import Iterator

from astcoord.core import waiting
from astcoord.core.clock import today
from astcoord.core.waiting import Kind, Wait
from evaluation.evaluations.emails import owners_of
from evaluation.evaluations.lifecycle import AskedOf
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.permissions import still_asked
from placements.placement.reads import WHO
from staff.accounts.models import User
from staff.accounts.permissions import is_office


def register() -> None:
    waiting.register(
        Kind(
            code="evaluation",
            model=Evaluation,
            rows=lambda user: Evaluation.objects.visible_to(user).select_related(*WITH),
            waits=_waits,
            may=_may,
            page=lambda form, _: form.get_absolute_url(),
        )
    )


WITH = ("person", "placement__post__user", "placement__host", "placement__home")


def _may(user: User, form: Evaluation) -> bool:
    return is_office(user)


def _waits(form: Evaluation) -> Iterator[Wait]:
    if form.asked_of == AskedOf.SUPPORTED or form.opens_on > today() or not still_asked(form):
        return
    placement = form.placement
    yield Wait(
        party=form.asked_of,
        who=str(WHO[form.asked_of]),
        since=form.opens_on,
        what=f"the {form.get_kind_display().lower()} of {placement.post.user.name} at {placement.host.name}",
        wanted="Fill in the form and hand it in",
        path=form.get_absolute_url(),
        readers=tuple(owners_of(form)),
        by=form.due_on,
    )
