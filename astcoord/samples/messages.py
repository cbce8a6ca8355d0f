"""Every e-mail that the service writes, filled with invented facts, as its reader gets it (R-18.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from astcoord.core import emails
from astcoord.core.models.policy import Policy
from astcoord.core.words import say, say_later
from astcoord.samples import facts

FOLDER = Path(settings.BASE_DIR) / "templates"
ROOMS = {
    "taken_in": say_later("Placements from before the service"),
    "days": "Outreach days",
    "supported": "People supported",
}
"""Where the folder's name says too little."""
SHORT = {"ast": "AST", "cpd": "CPD", "qa": "QA"}


@dataclass(frozen=True)
class Sample:
    """One message; `otherwise` is the same one where what it asks about is the other way, and the text differs."""

    kind: str
    room: str
    subject: str
    text: str
    otherwise: tuple[str, str] | None = None

    @property
    def sides(self) -> list[tuple[str, str]]:
        return [(self.subject, self.text), *([self.otherwise] if self.otherwise else [])]


@lru_cache(maxsize=1)
def templates() -> Mapping[str, str]:
    """Kind → template, by app and room. What begins with an underscore is a part of others."""
    found = sorted(path for path in FOLDER.glob("*/*/emails/*.txt") if not path.name.startswith("_"))
    return {path.stem: path.relative_to(FOLDER).as_posix() for path in found}


def room_of(template: str) -> str:
    """The heading under which a message stands."""
    room = template.split("/")[1]
    return str(ROOMS.get(room, "")) or _words(room)


def by_room() -> dict[str, list[tuple[str, str]]]:
    """Room → kind and name of each message. Nothing is filled in: there are many, and a subject takes the whole."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, template in templates().items():
        found.setdefault(room_of(template), []).append((kind, _words(kind)))
    return found


def _words(name: str) -> str:
    """ "qa-planned" → "QA planned"."""
    words = [SHORT.get(word, word) for word in name.replace("_", "-").split("-")]
    return say(" ".join([words[0][:1].upper() + words[0][1:], *words[1:]]))


def sample(kind: str, today: date, authority: Policy) -> Sample:
    """One message, both ways. KeyError for a kind that there is not."""
    template = templates()[kind]
    sides = list(_sides(template, today, authority))
    return Sample(kind, room_of(template), *sides[0], sides[1] if sides[1] != sides[0] else None)


def _sides(template: str, today: date, authority: Policy) -> Iterator[tuple[str, str]]:
    for given in (facts.facts(today, authority), facts.otherwise(today, authority)):
        yield _filled(template, authority, given)


def _filled(template: str, authority: Policy, given: dict[str, Any]) -> tuple[str, str]:
    return emails.render(template, to=facts.reader(), authority=authority, **given)
