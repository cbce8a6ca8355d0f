"""Whose names history, messages and signed papers do not hold (section G)."""

from collections.abc import Iterable

from astcoord.core import protected
from placements.agreement.models import ContractVersion
from placements.days.models import OutreachDay
from placements.matching.models import Match
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from placements.supported.names import of_placement, of_request


def _of_version(version: ContractVersion) -> Iterable[str]:
    return of_placement(version.placement)


def register() -> None:
    """Called when the software starts."""
    protected.register(OutreachRequest, lambda request: of_request(request.pk))
    protected.register(Match, lambda match: of_request(match.request_id))
    protected.register(Placement, of_placement)
    protected.register(OutreachDay, lambda day: of_placement(day.placement))
    protected.register(ContractVersion, _of_version)
