"""Informal links after the end: noted by one side, wished by both, ended by either (R-8.16, P8). The ledger is not
touched: they take no days."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from placements.endings import emails, rules
from placements.endings.models import InformalLink
from placements.endings.permissions import can_remove_link, side_in_link
from placements.endings.reads import delivered
from placements.placement.models import Placement
from placements.placement.reads import readers_of
from staff.accounts.models import User


@transaction.atomic
def note_link(*, placement: Placement, note: str, by: User) -> InformalLink:
    """The AST or the host head would like to stay in touch; the other side is asked. The same note again is one."""
    side = _side(by, placement)
    held = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    days, _ = delivered(held)
    note = note.strip()
    refuse(rules.link_problems(held, note, worked=days > 0))
    if there := held.informal_links.held().filter(note=note).first():
        return there
    link = InformalLink.objects.create(placement=held, note=note, noted_by=by, **{f"{side}_willing_at": timezone.now()})
    audit.record("informal link noted", placement, by=by, reason=note)
    emails.ask_for_link(link, readers_of(placement, today()), of="ast" if side == "host" else "host")
    return link


@transaction.atomic
def agree_to_link(*, link: InformalLink, by: User) -> InformalLink:
    """The other side wishes it too. Twice is once."""
    side = _side(by, link.placement)
    held = _locked(link)
    if getattr(held, f"{side}_willing_at") is None:
        setattr(held, f"{side}_willing_at", timezone.now())
        held.save(update_fields=[f"{side}_willing_at"])
        audit.record("informal link agreed", held.placement, by=by)
    return held


@transaction.atomic
def end_link(*, link: InformalLink, by: User) -> InformalLink:
    """Either side no longer wishes it, or never did; the office may take it away. Twice is once."""
    if not can_remove_link(by, link.placement):
        raise PermissionDenied("end an informal link")
    held = InformalLink.objects.select_for_update(of=("self",)).select_related("placement__post").get(pk=link.pk)
    if held.ended_at is None:
        held.ended_at = timezone.now()
        held.save(update_fields=["ended_at"])
        audit.record("informal link ended", held.placement, by=by)
    return held


def _locked(link: InformalLink) -> InformalLink:
    held = InformalLink.objects.select_for_update(of=("self",)).select_related("placement__post").get(pk=link.pk)
    if held.ended_at is not None:
        raise Refused([Problem("The other side has ended this link.", rule="R-8.16", code="ended")])
    return held


def _side(by: User, placement: Placement) -> str:
    side = side_in_link(by, placement)
    if not side:
        raise PermissionDenied("note an informal link")
    return side
