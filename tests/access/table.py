"""The table of access, `matrix.csv`, as data: what its words mean, and its rows."""

import csv
from dataclasses import dataclass
from pathlib import Path

from tests.access.people import KEYS

TABLE = Path(__file__).with_name("matrix.csv")
ALL, OWN, OWN_ONLY, NO, HIDDEN, SEE, SEE_ALL, SIGN_IN, YES = (
    "all",
    "own",
    "own only",
    "no",
    "hidden",
    "see",
    "see all",
    "sign in",
    "yes",
)
WORDS = {
    YES: "opens; the page concerns no single thing, and lists on it hold only what the person may see",
    ALL: "opens for every school’s and every placement’s",
    OWN: "opens for the person’s own; the neighbour’s does not exist for this person (404)",
    OWN_ONLY: "opens for the person’s own; the neighbour’s may be read, but not this be done with it (403)",
    SEE: "may read the thing itself, but not do this with it (403); the neighbour’s does not exist (404)",
    SEE_ALL: "may read every such thing, but not do this with it (403)",
    HIDDEN: "does not exist for this person (404)",
    NO: "this kind of person has no business there (403)",
    SIGN_IN: "has to sign in first",
}
MEANING = {
    # own, neighbour's, nobody's
    ALL: ("ok", "ok", "404"),
    OWN: ("ok", "404", "404"),
    OWN_ONLY: ("ok", "403", "404"),
    SEE: ("403", "404", "404"),
    SEE_ALL: ("403", "403", "404"),
    HIDDEN: ("404", "404", "404"),
    NO: ("403", "403", "403"),
    SIGN_IN: ("sign in", "sign in", "sign in"),
}
WITHOUT_OBJECT = {YES: "ok", NO: "403", SIGN_IN: "sign in", HIDDEN: "404"}


@dataclass(frozen=True)
class Row:
    """One page of the table. `kind` is page, form, answer (what a form sends), button (POST only), file or closed."""

    page: str
    kind: str
    thing: str
    fixed: dict[str, str]
    cells: dict[str, str]
    note: str


def rows() -> list[Row]:
    """The table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [_row(line) for line in csv.DictReader(file)]


def _row(line: dict[str, str]) -> Row:
    words = line["thing"].split(",")
    fixed = dict(word.strip().split("=") for word in words[1:])  # "placement, number=1"
    return Row(line["page"], line["kind"], words[0].strip(), fixed, {key: line[key] for key in KEYS}, line["note"])


def expected(row: Row, key: str) -> tuple[str, ...]:
    """What the table says that somebody gets: for ours, the neighbour's and nobody's, or for the one page."""
    cell = row.cells[key]
    return MEANING[cell] if row.thing else (WITHOUT_OBJECT[cell],)
