"""What this floor stores with a SHA-256, for the nightly look: of files their bytes, of links their text."""

from astcoord.core.records import Store, agrees
from evaluation.evidence.models import Evidence
from evaluation.materials.models import Material

SEEN = ("data", "link", "sha256")

STORES = (
    Store(
        Evidence,
        lambda: Evidence.objects.held().only(*SEEN),
        lambda row: agrees(row.data or row.link.encode(), row.sha256),
    ),
    Store(
        Material, lambda: Material.objects.only(*SEEN), lambda row: agrees(row.data or row.link.encode(), row.sha256)
    ),
)
