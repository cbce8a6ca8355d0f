"""Whose names stay out of history, messages and signed papers: those of the people supported (section G)."""

from collections import defaultdict
from collections.abc import Collection

from django.db import models
from django.db.models import F, Q

from astcoord.core.roles import Role
from placements.matching.lifecycle import MATCH_LIVE
from placements.placement.models import Placement
from placements.requests.lifecycle import StaffKind
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.supported.models import SupportedStaff
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.accounts.querysets import NOTHING

REMOVED = "Name removed"
"""What stands where a name stood; a number follows, so that two people stay two people."""


def of_requests(cases: Collection[int], kept_from: User | None = None) -> dict[int, list[str]]:
    """Everybody named in requests or in the placements that came of them; one query. A group's box names nobody.

    For a reader those alone whom `known_to` leaves out.
    """
    if kept_from and is_office(kept_from):
        return {}
    found: dict[int, list[str]] = defaultdict(list)
    asked = RequestedStaff.objects.filter(request__in=cases).annotate(case=F("request"))
    placed = SupportedStaff.objects.filter(placement__request__in=cases).annotate(case=F("placement__request"))
    if kept_from and (own := _known(kept_from)) != NOTHING:
        known = OutreachRequest.objects.filter(own, pk__in=cases).order_by().values("pk")
        asked, placed = asked.exclude(request__in=known), placed.exclude(placement__request__in=known)
    rows = [each.exclude(kind=StaffKind.GROUP).order_by().values_list("case", "name") for each in (asked, placed)]
    for case, name in rows[0].union(rows[1]):
        if not name.startswith(REMOVED):
            found[case].append(name)
    return found


def of_request(request_id: int) -> list[str]:
    """Everybody named in one request."""
    return of_requests([request_id]).get(request_id, [])


def of_placement(placement: Placement) -> list[str]:
    """The people of a placement, and of the request behind it."""
    return of_request(placement.request_id)


def known_to(user: User, cases: Collection[int]) -> set[int]:
    """Of these requests those whose people this person may know by name; one query, none for the office.

    The office, the host head, and the AST who is asked or placed. `placement.permissions.can_see_names` says the same
    of one placement.
    """
    if is_office(user):
        return set(cases)
    own = _known(user)
    return (
        set() if own == NOTHING else set(OutreachRequest.objects.filter(own, pk__in=cases).values_list("pk", flat=True))
    )


def of_readers(user: User) -> models.QuerySet[OutreachRequest]:
    """The requests that this person may read, and whose people they may know; says the same as `known_to`."""
    found = OutreachRequest.objects.visible_to(user)
    return found if is_office(user) else found.filter(_known(user))


def _known(user: User) -> Q:
    own = NOTHING
    if schools := user.schools_as(Role.HEADTEACHER):
        own |= Q(host__in=schools) | Q(placements__host__in=schools)
    if user.has_role(Role.AST):
        own |= Q(placements__post__user=user) | Q(matches__post__user=user, matches__status__in=MATCH_LIVE)
    return own
