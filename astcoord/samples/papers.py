"""Every paper that the service prints, with invented facts (R-15).

For each template of `templates/documents` a file lies in `invented/`, with facts as `core.documents.freeze` keeps them,
taken from the demonstration's fictional authority.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from astcoord.core import documents
from astcoord.core.words import say

HERE = Path(__file__).parent / "invented"
NOT_PAPERS = frozenset({"base", "figures", "availability-letters"})
"""What others extend, the figures of any list as they stand on the screen, and several letters in one file."""


@lru_cache(maxsize=1)
def kinds() -> tuple[str, ...]:
    """Each kind of paper: what has a template of its own."""
    found = (path.stem for path in documents.TEMPLATES.glob("*.html") if not path.name.startswith("_"))
    return tuple(sorted(kind for kind in found if kind not in NOT_PAPERS))


def names() -> list[tuple[str, str]]:
    """Kind and name of each, for the list."""
    return [(kind, say(kind.replace("-", " ").replace("ast", "AST").capitalize())) for kind in kinds()]


def facts(kind: str) -> Mapping[str, Any]:
    """Title and facts, in the scheme's own words; KeyError where there is no such paper."""
    if kind not in kinds():
        raise KeyError(kind)
    found: dict[str, Any] = _said(json.loads((HERE / f"{kind}.json").read_text("utf-8")))
    return found


def _said(kept: Any) -> Any:
    """All of it is ours, nobody typed it. A lone word in small letters is a code."""
    if isinstance(kept, dict):
        return {name: _said(each) for name, each in kept.items()}
    if isinstance(kept, list):
        return [_said(each) for each in kept]
    return say(kept) if isinstance(kept, str) and (" " in kept or not kept.islower()) else kept


def printed(kind: str) -> tuple[str, bytes]:
    """Its title and its bytes, under this authority's own letterhead."""
    paper = facts(kind)
    title = str(paper["title"])
    return title, documents.preview(
        kind, title=title, facts={**paper["facts"], **documents.letterhead()}, on=timezone.now()
    )
