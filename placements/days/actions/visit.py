"""The visit to the AST's school: who is told that none is planned, and what a head may say (R-10.2)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused, refuse
from placements.days import emails, permissions
from placements.days.reads.visit import without_visit
from placements.days.rules import visit as rules
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from staff.accounts.models import User


@transaction.atomic
def waive_visit(*, placement: Placement, reason: str, by: User) -> Placement:
    """One of the two heads says why there will be no visit; the office may enter what a head said."""
    if not permissions.can_waive_visit(by, placement):
        raise PermissionDenied("waive the visit")
    refuse(rules.not_waived(reason))
    placement = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if placement.status not in PLACEMENT_UNDER_WAY:
        raise Refused([gate.out_of_turn(placement, "Go without the visit")])
    placement.visit_waived_reason = reason.strip()
    placement.save(update_fields=["visit_waived_reason"])
    audit.record("visit to the AST’s school waived", placement, by=by, reason=reason)
    return placement


@transaction.atomic
def expect_visit(*, placement: Placement, by: User) -> Placement:
    """There will be a visit after all."""
    if not permissions.can_waive_visit(by, placement):
        raise PermissionDenied("waive the visit")
    placement = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if placement.visit_waived_reason:
        audit.record("visit to the AST’s school expected after all", placement, by=by)
        placement.visit_waived_reason = ""
        placement.save(update_fields=["visit_waived_reason"])
    return placement


def remind_of_visits(today: date) -> int:
    """N19: both heads and the AST hear once that a third of the days has come without a visit; how many messages."""
    asked = Message.objects.filter(kind=emails.VISIT)
    before = asked.count()
    under_way = Placement.objects.filter(status__in=PLACEMENT_UNDER_WAY, visit_waived_reason="")
    for placement in without_visit(under_way.with_people(), today):
        emails.visit_missing(placement)
    return asked.count() - before
