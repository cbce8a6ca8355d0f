"""What was agreed in writing, for one of the people supported: the ten items and the contract (section G)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.core.models.documents import Document
from placements.placement.lifecycle import PlacementStatus
from placements.supported.models import SupportedStaff
from placements.supported.reads import Offered


def contract_for(person: SupportedStaff) -> Document | None:
    """The paper of the version in force in which this person stands by initials; None where there is none."""
    if not person.is_in:
        return None
    version = person.placement.contracts.in_force().select_related("document", "signed_document").first()
    return (version.signed_document or version.document) if version else None


def has_protocol(person: SupportedStaff) -> bool:
    """The ten items have been gone through here, or are about to be: not what was agreed before this system."""
    placement = person.placement
    return person.is_in and placement.taken_in_on is None and placement.status != PlacementStatus.PLANNED


def for_person(person: SupportedStaff, token: str) -> Iterator[Offered]:
    """Links to both, for their own page."""
    if has_protocol(person):
        url = reverse("placements:protocol_for_person", args=[token])
        yield Offered("Save the ten items as agreed (PDF)", url, "What was said under each, and who sees to it.")
    if contract_for(person):
        url = reverse("placements:contract_for_person", args=[token])
        yield Offered("Save the contract (PDF)", url, "The people supported stand in it by initials.")
