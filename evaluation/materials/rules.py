"""What a published material must say, and whom it must not name (R-10.10). Pure."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from astcoord.core.names import without_whole_names
from astcoord.core.problems import Problem

if TYPE_CHECKING:
    from evaluation.materials.models import Material


def words_problems(material: "Material", supported: Iterable[str]) -> list[Problem]:
    """`supported`: the names of the people whom its author supports."""
    names = list(supported)
    found = []
    for field, missing in (("title", "Enter what it is"), ("purpose", "Enter what it is for")):
        text = getattr(material, field)
        if not text.strip():
            found.append(Problem(missing, field, "R-10.10", "missing"))
        elif without_whole_names(text, names) != text:
            words = "This names somebody whom you support. Every school reads it: take the name out"
            found.append(Problem(words, field, "R-10.10", "names"))
    if without_whole_names(material.name, names) != material.name:
        words = "The file’s name is that of somebody whom you support. Give it another name, and select it again"
        found.append(Problem(words, "file", "R-10.10", "names"))
    if not material.key_stages:
        found.append(Problem("Select the key stages that it is for", "key_stages", "R-10.10", "missing"))
    return found


def published_already(material: "Material", others: Iterable["Material"]) -> list[Problem]:
    """`others`: what the same author has in the library."""
    same = next((each for each in others if each.sha256 == material.sha256), None)
    if same is None:
        return []
    words = f"You have published this already, as “{same.title}”. Change that instead."
    return [Problem(words, "what", "R-10.10", "twice")]


def not_declared() -> Problem:
    """The tick is missing."""
    words = "Tick this once no pupil and nobody whom you support is named or can be recognised in it"
    return Problem(words, "no_names", "R-10.10", "declared")
