"""What this floor stores with a SHA-256, for the nightly look (`core.records`)."""

from typing import Any

from astcoord.core.records import Store, agrees
from placements.agreement.models import ContractVersion, Signature
from placements.papers.models import PaperFile
from placements.taken_in.models import SignedPaper


def _version(version: Any) -> str:
    if not version.document.sha256:
        return "Its paper has no bytes any more."
    return "" if version.document.sha256 == version.sha256 else "Its paper is another than the one that people sign."


def _signature(signature: Any) -> str:
    return "" if signature.sha256 == signature.version.sha256 else "What was signed is not the contract’s text."


def _file(file: Any) -> str:
    return agrees(file.data, file.sha256)


STORES = (
    Store(
        ContractVersion,
        lambda: ContractVersion.objects.filter(agreed_before=False).select_related("document").defer("document__pdf"),
        _version,
    ),
    Store(Signature, lambda: Signature.objects.select_related("version"), _signature),
    Store(PaperFile, lambda: PaperFile.objects.held().only("data", "sha256"), _file),
    Store(SignedPaper, lambda: SignedPaper.objects.held().only("data", "sha256"), _file),
)
