"""Evidence: attached, taken away, and who took a copy (R-10.5)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from evaluation.evidence import permissions, rules
from evaluation.evidence.models import Evidence
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.papers.rules import safe_name
from placements.placement.models import Placement
from placements.supported.reads import BY_LINK
from staff.accounts.models import User


@dataclass(frozen=True)
class Attached:
    """A file as it was sent, or a link."""

    name: str = ""
    data: bytes = b""
    link: str = ""


@transaction.atomic
def attach(
    *,
    placement: Placement,
    title: str,
    attached: Attached,
    by: User,
    day: OutreachDay | None = None,
    objectives: Collection[int] = (),
    no_child: bool = False,
) -> Evidence:
    """Attach one piece to a day's diary entry, to objectives (ids), or to both; the same one again is the one there."""
    placement = Placement.objects.select_for_update(of=("self",)).select_related("post").get(pk=placement.pk)
    if not permissions.can_attach(by, placement):
        raise PermissionDenied("attach evidence")
    if day is not None and (day.placement_id != placement.pk or day.status == DayStatus.CANCELLED):
        raise Refused([Problem(say("That day was not held in this placement"), "", "R-10.5", "day")])
    name, link = safe_name(attached.name) if attached.name else "", attached.link.strip()
    there = Evidence.objects.held().filter(placement=placement)
    own = list(placement.objectives.values_list("pk", flat=True))
    found = rules.evidence_problems(
        title=title, day=day, objectives=objectives, own=own, no_child=no_child, held=there.count()
    )
    refuse([*found, *rules.attachment_problems(name, attached.data, link)])
    new = Evidence(placement=placement, day=day, title=title.strip(), added_by=by)
    new.put(name=name, data=attached.data, link=link)
    same: Evidence | None = there.filter(day=day, sha256=new.sha256).first()
    if same:
        same.objectives.add(*objectives)
        return same
    new.save()
    new.objectives.set(objectives)
    _note("evidence attached", new, by)
    return new


@transaction.atomic
def remove(*, evidence: Evidence, by: User) -> None:
    """Take it away for good; twice does no harm."""
    if not permissions.can_remove(by, evidence):
        raise PermissionDenied("remove evidence")
    if wipe(Evidence.objects.filter(pk=evidence.pk)):
        _note("evidence removed", evidence, by)


def record_download(evidence: Evidence, *, by: User | None) -> None:
    """Every copy that somebody takes is written down, each time; None is somebody supported, by their own link."""
    _note("evidence downloaded" if by else f"evidence downloaded {BY_LINK}", evidence, by)


def wipe(items: Any) -> int:
    """For the retention schedule too: bytes, names, links and titles go for good; how many."""
    gone = {"data": None, "name": "", "link": "", "title": ""}
    return int(items.filter(removed_at=None).update(removed_at=timezone.now(), **gone))


def _note(verb: str, evidence: Evidence, by: User | None) -> None:
    """By its fingerprint: its name may be a person's, and history cannot be edited."""
    facts: dict[str, Any] = {"evidence": evidence.pk, "sha256": evidence.sha256}
    audit.record(verb, evidence.placement, by=by, after=facts)
