"""The initial consultation form on paper, filled in or blank (R-8.18, R-15.9)."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from astcoord.core import documents
from astcoord.core.words import say
from placements.consultations.permissions import About
from placements.consultations.reads import consultation_of, parts_of
from placements.placement.models import Placement

FORM = "initial-consultation"


def form_facts(about: About, tell: Callable[[str], str], *, blank: bool = False) -> dict[str, Any]:
    """Every question with its answer; room for the answers on a blank one."""
    outreach = isinstance(about, Placement)
    rows = [
        ["For", "Outreach" if outreach else say("Inreach, at the AST’s own school")],
        [say("AST"), about.post.user.name],
    ]
    rows.append(["School", about.host.name if isinstance(about, Placement) else about.post.home.name])
    parts = parts_of(None if blank else consultation_of(about), tell)
    return {**documents.letterhead(), "blank": blank, "rows": rows, "parts": [asdict(part) for part in parts]}
