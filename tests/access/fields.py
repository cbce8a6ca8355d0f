"""Who may read each field: `fields.txt`, the one table of it, in the words below. `marks.py` says what lies in which.

The rows of section G stand behind the words; people are the table's (`people.py`). Of the neighbour's rows only the
authority's own people may read anything, within the same lines.
"""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps

from tests.access.people import SIGNED_IN

TABLE = Path(__file__).with_name("fields.txt")
EVERYBODY = frozenset(SIGNED_IN)
OFFICE = frozenset({"coordinator", "administrator"})
CO, OFFICER, GROUP = (frozenset({key}) for key in ("coordinator", "officer", "consultant"))
HOST, HOME, AST, CHAIR = (frozenset({key}) for key in ("host_head", "home_head", "ast", "host_chair"))
BOTH = HOST | HOME | AST
WHOLE = OFFICE | GROUP | HOST | AST
"""Who works with a school's placement and what comes of it, short of the home school."""

EVERYWHERE = OFFICE | OFFICER
"""Who may read of the neighbour's at all, within the same lines."""

CONSULTANTS = frozenset({"consultant", "other_consultant"})
"""They read of every school, and otherwise of their subjects."""

READERS: dict[str, frozenset[str] | None] = {
    "everybody": EVERYBODY,
    "nobody": frozenset(),
    "coordinator": CO,
    "office": OFFICE,
    "authority": OFFICE | OFFICER,
    "school": OFFICE | OFFICER | CONSULTANTS | HOST | AST | CHAIR,
    "profile": OFFICE | OFFICER | GROUP | HOME | AST,
    "opening": OFFICE | OFFICER | HOME,
    "talks": OFFICE | HOME,
    "cost": OFFICE | HOME,
    "offer": OFFICE | OFFICER | GROUP | BOTH,
    "funding": CO | HOME | AST,
    "seconding": CO | GROUP | HOME | AST,
    "endorsing": CO | GROUP,
    "assessment": CO | GROUP | HOME | AST,
    "leaving": OFFICE | HOME | AST,
    "time": OFFICE | GROUP | HOME | AST,
    "request": OFFICE | OFFICER | GROUP | BOTH,
    "offered": OFFICE | AST,
    "asking": OFFICE | OFFICER | GROUP | HOST,
    "questions": OFFICE | GROUP | HOST,
    "names": OFFICE | HOST | AST,
    "initials": WHOLE | HOME,
    "contacts": OFFICE | HOST | AST,
    "declaration": CO | HOST,
    "placement": OFFICE | OFFICER | GROUP | BOTH | CHAIR,
    "terms": OFFICE | OFFICER | GROUP | BOTH,
    "parties": OFFICE | GROUP | BOTH,
    "goals": OFFICE | HOST | AST,
    "consulted": WHOLE | HOME,
    "work": WHOLE,
    "seats": OFFICE | CONSULTANTS,
    "decided": OFFICE | GROUP,
    "points": OFFICE | GROUP | BOTH,
    "reasons": OFFICE | GROUP | HOME | AST,
    "coming": CO | HOST,
    "asked": CO | AST,
    "observed": CO | GROUP | HOME | AST,
    "papers": OFFICE | HOST | AST,
    "bytes": CO | HOST | AST,
    "unshared": OFFICE | GROUP,
    "shared": OFFICE | GROUP | AST,
    "host": HOST,
    "ast": AST,
    "board": OFFICE | CONSULTANTS | AST | frozenset({"other_ast"}),
    "idea": OFFICE | HOME | AST,
    "attainment": WHOLE | OFFICER | CHAIR,
    "results": OFFICE | OFFICER | GROUP | HOST | CHAIR,
    "news": OFFICE | AST,
    "guidance": EVERYBODY - {"host_chair", "other_governor"},
    "bound": None,
}
"""`bound`: it binds rows, or decides what there is and whose turn it is; whoever may see the row notices."""


class Field(NamedTuple):
    """One field of a model, the word for its readers, and of which rows that is said: all, if of none."""

    model: str
    name: str
    readers: str
    rows: str = ""

    @property
    def where(self) -> dict[str, Any]:
        """The rows, as a condition."""
        pairs = (pair.split("=") for pair in self.rows.split())
        return dict(_condition(name, codes) for name, codes in pairs)


def _condition(name: str, codes: str) -> tuple[str, Any]:
    return (f"{name}__isnull", True) if codes == "None" else (f"{name}__in", codes.split(","))


@cache
def declared() -> tuple[Field, ...]:
    """Every field of the table, in its order."""
    found, model, rows = [], "", ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            model, _, rows = line.rstrip(":").partition(" where ")
            continue
        word, names = line.strip().split(": ")
        found += [Field(model, name, word, rows) for name in names.split()]
    return tuple(found)


def readers(said: str) -> frozenset[str]:
    """Who may read “model.field”, or “model.field where …” for some rows of it, or what a word is said of."""
    if said in READERS:
        return READERS[said] or EVERYBODY
    path, _, rows = said.partition(" where ")
    word = next(f.readers for f in declared() if (f"{f.model}.{f.name}", f.rows) == (path, rows))
    return READERS[word] or EVERYBODY


def of_models() -> set[tuple[str, str]]:
    """Every field of every model of the project."""
    ours = ("astcoord", "schools", "staff", "placements", "evaluation")
    return {
        (model._meta.label, column.name)
        for model in apps.get_models()
        if model.__module__.startswith(ours)
        for column in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if not getattr(column, "primary_key", False)
    }


def hidden_from(key: str, *, ours: bool) -> list[Field]:
    """The fields of one side's rows that this person may not read."""
    return [f for f in declared() if READERS[f.readers] is not None and key not in _of_side(f.readers, ours)]


def _of_side(word: str, ours: bool) -> frozenset[str]:
    who = readers(word)
    if ours or who == EVERYBODY:
        return who
    return who & (EVERYWHERE | CONSULTANTS if word == "school" else EVERYWHERE)
