"""A state machine as data. The gate (`astcoord.core.gate`) is the only place that acts on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.db import models


@dataclass(frozen=True)
class Move:
    """One arrow: `name` in code, `label` on the button, `who` in the words of section E."""

    name: str
    sources: frozenset[str]
    target: str
    label: str
    who: str

    @classmethod
    def of(cls, name: str, sources: Iterable[str] | str, target: str, label: str, who: str) -> "Move":
        """Build a move from one source or several."""
        return cls(name, frozenset([sources] if isinstance(sources, str) else sources), target, label, who)


class Machine:
    """All arrows of one kind of thing. Names are unique; several sources may share one arrow.

    Every machine made is in `Machine.known`, from which the diagrams in `docs/` are drawn.
    `colours` are the tags' colours by state: grey draft, blue submitted, yellow waiting, green done, red problem.
    """

    known: ClassVar[dict[str, "Machine"]] = {}

    def __init__(
        self,
        name: str,
        states: type[models.TextChoices],
        moves: Iterable[Move],
        colours: dict[str, str] | None = None,
    ) -> None:
        self.name = name
        self.states = states
        self.colours = colours or {}
        self.moves = {move.name: move for move in moves}
        unknown = {s for m in self.moves.values() for s in (*m.sources, m.target)} - set(states.values)
        if unknown:
            raise ValueError(f"{name}: moves name unknown states {sorted(unknown)}")
        Machine.known[name] = self

    def get(self, name: str) -> Move:
        """The move called `name`; KeyError if this machine has none."""
        return self.moves[name]

    def moves_from(self, status: str) -> list[Move]:
        """The moves that leave `status`, in the table's order."""
        return [m for m in self.moves.values() if status in m.sources]

    def mermaid(self) -> str:
        """The machine as a Mermaid state diagram, for `docs/`."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.states.values[0]}"]
        for move in self.moves.values():
            lines += [
                f"    {source} --> {move.target}: {move.name} ({move.who})"
                for source in self.states.values
                if source in move.sources
            ]
        return "\n".join(lines)
