"""Contracts that name somebody whose name changes: what people sign keeps the name it was drawn up with (R-17.7)."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from astcoord.core.consequences import Hanging
from astcoord.core.roles import Role
from placements.placement.lifecycle import PLACEMENT_OUT_FOR_SIGNATURE, PLACEMENT_UNDER_CONTRACT
from placements.placement.models import Placement
from staff.accounts.events import Renamed

OUT = "Keeps the old name: it is what people sign. Issue a new version if it should be the new one"


def contracts(event: Renamed) -> Iterator[Hanging]:
    """Of placements that go on, as AST, head or co-ordinator who follows the work. Two queries."""
    schools = event.person.schools_as(Role.HEADTEACHER)
    part = Q(post__user=event.person) | Q(monitor=event.person) | Q(host__in=schools) | Q(home__in=schools)
    for placement in Placement.objects.filter(part, status__in=PLACEMENT_UNDER_CONTRACT).with_people().order_by("pk"):
        out = placement.status in PLACEMENT_OUT_FOR_SIGNATURE
        url = reverse("placements:contract", args=[placement.pk])
        yield Hanging(f"Contract of {placement}", OUT if out else "Keeps the name under which it was signed", url)
