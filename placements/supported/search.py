"""How the people supported are found, by those who may know them (R-20.1, section G)."""

from django.db.models import F, IntegerField, Value
from django.urls import reverse

from astcoord.core import finding, search
from astcoord.core.name_keys import name_key
from astcoord.core.search import MOST, Hit, Hits
from placements.requests.lifecycle import StaffKind
from placements.requests.models import RequestedStaff
from placements.supported.models import SupportedStaff
from placements.supported.names import REMOVED, of_readers
from staff.accounts.models import User

COLUMNS = ("name", "kind", "case", "placed", "school")


def register() -> None:
    search.register("people supported", _look, order=60)


def _look(user: User, text: str) -> Hits:
    """Of requests, and of placements that came of them, each person once; one query. Their names have no key."""
    cases = of_readers(user).order_by().values("pk")
    placed = SupportedStaff.objects.filter(placement__request__in=cases).annotate(
        case=F("placement__request"), placed=F("placement"), school=F("placement__host__name")
    )
    asked = RequestedStaff.objects.filter(request__in=cases).annotate(
        case=F("request"), placed=Value(None, output_field=IntegerField()), school=F("request__host__name")
    )
    rows = [each.order_by().values_list(*COLUMNS) for each in (asked, placed)]
    found = {}
    for name, kind, case, placement, school in sorted(rows[0].union(rows[1]), key=_placed_last):
        if finding.is_named(name, text) and not name.startswith(REMOVED):
            found[case, name_key(name)] = _hit(name, kind, case, placement, school)
    hits = sorted(found.values(), key=lambda hit: name_key(hit.title))
    return Hits(hits[:MOST], len(hits))


def _placed_last(row: tuple[str, str, int, int | None, str]) -> tuple[int, str]:
    """So that the placement is where somebody is looked up who stands in its request, too; the newest of several."""
    return row[3] or 0, row[0]


def _hit(name: str, kind: str, case: int, placement: int | None, school: str) -> Hit:
    role = StaffKind(kind).label
    page, number = ("supported_people", placement) if placement else ("request_detail", case)
    which = f"P{placement:05d}" if placement else f"R{case:05d}"
    return Hit(name, reverse(f"placements:{page}", args=[number]), f"{role}, {which}, {school}")
