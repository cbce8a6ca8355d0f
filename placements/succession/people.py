"""Contracts that name somebody whose name changes: what people sign keeps the name it was drawn up with (R-17.7)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from astcoord.core.consequences import Hanging
from astcoord.core.problems import Problem
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.core.words import say
from placements.agreement.models import ContractVersion, Signature
from placements.changes.lifecycle import AmendmentStatus
from placements.changes.models import Amendment
from placements.placement.lifecycle import PLACEMENT_OUT_FOR_SIGNATURE, PLACEMENT_UNDER_CONTRACT
from placements.placement.models import Placement
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from staff.accounts.events import Merging, Renamed
from staff.accounts.models import User

OUT = "Keeps the old name: it is what people sign. Issue a new version if it should be the new one"


def contracts(event: Renamed) -> Iterator[Hanging]:
    """Of placements that go on, as AST, head or co-ordinator who follows the work. Two queries."""
    schools = event.person.schools_as(Role.HEADTEACHER)
    part = Q(post__user=event.person) | Q(monitor=event.person) | Q(host__in=schools) | Q(home__in=schools)
    for placement in Placement.objects.filter(part, status__in=PLACEMENT_UNDER_CONTRACT).with_people().order_by("pk"):
        out = placement.status in PLACEMENT_OUT_FOR_SIGNATURE
        url = reverse("placements:contract", args=[placement.pk])
        yield Hanging(f"Contract of {placement}", OUT if out else "Keeps the name under which it was signed", url)


def merged(event: Merging) -> Iterator[Hanging]:
    """Placements that the person follows, and drafts. Three queries."""
    for title, rows, _ in _own(event):
        if count := rows.count():
            yield Hanging(counted(count, *title), "Goes over" if count == 1 else "Go over")


def carry_merged(event: Merging, by: User | None) -> None:
    """What somebody still works on; whoever signed, answered or decided stays named as it was."""
    for _, rows, column in _own(event):
        event.move(rows, column)


def merging_problems(event: Merging) -> list[Problem]:
    """A contract that waits for signatures cannot have two of one person. One query."""
    keeps, other = (
        Signature.objects.standing().filter(version=OuterRef("pk"), user=user) for user in (event.keep, event.other)
    )
    open_ = ContractVersion.objects.filter(Exists(keeps), Exists(other), superseded_at=None, signed_document=None)
    return [
        Problem(
            f"Both accounts have signed the contract of {version.placement}, which still waits for signatures. Let it "
            "be signed by the others, or issue a new version, first.",
            "email",
            "R-17.7",
        )
        for version in open_.select_related("placement__host", "placement__post__user").distinct()
    ]


def _own(event: Merging) -> list[tuple[tuple[str, ...], "QuerySet[Any]", str]]:
    drafts = OutreachRequest.objects.filter(status=RequestStatus.DRAFT, created_by=event.other)
    changes = Amendment.objects.filter(status=AmendmentStatus.DRAFT, asked_by=event.other)
    return [
        (
            (say("placement to follow"), say("placements to follow")),
            Placement.objects.filter(monitor=event.other),
            "monitor",
        ),
        (("draft of a request", "drafts of requests"), drafts, "created_by"),
        (("change being prepared", "changes being prepared"), changes, "asked_by"),
    ]
