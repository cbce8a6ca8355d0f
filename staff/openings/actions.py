"""A school opens an AST post: what is decided of it before there is a candidate (R-1.4, R-2.1)."""

from datetime import date

from django.db import transaction

from astcoord.core import gate
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.openings.models import Opening


@transaction.atomic
def opened_before(
    *, school: School, decided_on: date, minute: str, responsible_for: str, reason: str, by: User
) -> Opening:
    """A post that was opened before this service began, up to its candidate: every stage is walked, with the reason."""
    opening = Opening.objects.create(school=school)
    gate.move(opening, "discuss", by=by, may=_coordinates, reason=reason)
    gate.move(
        opening,
        "approve",
        by=by,
        may=_coordinates,
        reason=reason,
        governors_decided_on=decided_on,
        governors_minute=minute.strip(),
        responsible_for=responsible_for.strip(),
    )
    return gate.move(opening, "select", by=by, may=_coordinates, reason=reason)


def fill(*, opening: Opening, reason: str, by: User | None) -> Opening:
    """The candidate is in post."""
    return gate.move(opening, "fill", by=by, reason=reason)


def _coordinates(user: User, opening: Opening) -> bool:
    return is_coordinator(user)
