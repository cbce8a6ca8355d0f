"""What the figures are narrowed to, and what a school stood in on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Protocol
from urllib.parse import urlencode

from schools.register.lifecycle import STATUS_NAMES, StatusKind
from schools.register.models import SchoolStatus

NOTHING = "Neither category nor programme"
NEITHER = "none"
LABELS = {code: str(label) for code, label in STATUS_NAMES}


class Narrowed(Protocol):
    """A placement or a request, by codes and ids."""

    @property
    def subject(self) -> str: ...
    @property
    def phase(self) -> str: ...
    @property
    def cluster_id(self) -> int | None: ...
    @property
    def standing(self) -> tuple[str, ...]: ...
    @property
    def served(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Chosen:
    """Codes and ids; empty means all."""

    priority: str = ""
    subject: str = ""
    phase: str = ""
    standing: str = ""
    cluster: str = ""

    @property
    def any(self) -> bool:
        """Whether it narrows at all."""
        return self != Chosen()

    def address(self, period: str, **more: str) -> str:
        """The page narrowed so, and by one choice `more`."""
        chosen = {name: code for name, code in {**asdict(self), **more}.items() if code}
        return f"?{urlencode({'period': period, **chosen})}"

    def takes(self, row: Narrowed) -> bool:
        """Whether a placement or a request counts."""
        return (
            self.subject in ("", row.subject)
            and self.takes_school(row.phase, row.cluster_id)
            and (not self.standing or self.standing in row.standing)
            and (not self.priority or self.priority in row.served)
        )

    def takes_school(self, phase: str, cluster_id: int | None) -> bool:
        """What of it can be asked of a school alone."""
        return self.phase in ("", phase) and self.cluster in ("", str(cluster_id or ""))


class Standings:
    """Categories and programmes of all schools that ever had one, by day (R-1.2). One query."""

    def __init__(self) -> None:
        self._of: dict[int, list[tuple[bool, str, str, str]]] = defaultdict(list)
        rows = SchoolStatus.objects.order_by("-starts_on", "name")
        for school, kind, name, first, last in rows.values_list("school_id", "kind", "name", "starts_on", "ends_on"):
            until = last.isoformat() if last else "9999-12-31"
            self._of[school].append((kind != StatusKind.CATEGORY, name, first.isoformat(), until))

    def on(self, school: int, day: str) -> tuple[str, ...]:
        """The codes in force on a day, in ISO text: the category first; “none” for a school without."""
        if school not in self._of:
            return (NEITHER,)
        held = [(later, name) for later, name, first, last in self._of[school] if first <= day <= last]
        return tuple(name for _, name in sorted(held)) or (NEITHER,)


def standing_words(codes: Iterable[str]) -> str:
    """“Special measures, National challenge”."""
    return ", ".join(LABELS.get(code, code) for code in codes if code != NEITHER) or NOTHING


def by_key(pairs: Iterable[tuple[int, int]], order: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """Ids of priorities, as text, by what is linked to them, in the order of the list."""
    place = {pk: number for number, pk in enumerate(order)}
    found: dict[int, tuple[str, ...]] = {}
    for row, priority in pairs:
        one = (str(priority),)
        found[row] = found[row] + one if row in found else one
    for row, several in found.items():
        if len(several) > 1:
            found[row] = tuple(sorted(several, key=lambda pk: place[int(pk)]))
    return found
