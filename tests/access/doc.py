"""Writes `docs/access.md` from the table: `python -m tests.access.doc`."""

from tests import ROOT
from tests.access.people import PERSONAS, STRANGER
from tests.access.table import WORDS, Row, rows

PAGE = ROOT / "docs" / "access.md"

HEAD = """# Who may open what

Written from `tests/access/matrix.csv` by `python -m tests.access.doc`; do not edit it here. The test of the same
name opens every address as every one of these people and fails if anything differs from the table, or if a page is
missing from it. A second test plants a mark in every private text and reads every page, file and list as everybody.

## The people

“Ours” is one placement, with its host school, the AST and the AST’s own school. The neighbour’s is another.

{people}

Somebody who has not signed in reaches only the pages of the last section; every other address asks to sign in.

## The words

{words}

Every change of anything is a POST with a token; without it the answer is 403, and looking at a button changes
nothing (405).
"""
PLACES = (
    ("Schools and calendar", "schools:"),
    ("People, posts and policy", "staff:"),
    ("Requests, matches, placements, letters and days", "placements:"),
    ("Diary, reviews and summaries", "evaluation:"),
)
SHORT = {
    "coordinator": "Co",
    "administrator": "Ad",
    "officer": "Officer",
    "consultant": "Consultant",
    "other_consultant": "Other consultant",
    "host_head": "Host head",
    "home_head": "Home head",
    "outsider_head": "Other head",
    "ast": "AST",
    "other_ast": "Other AST",
    "host_chair": "Host chair",
    "other_governor": "Other governor",
}


def written() -> str:
    """The whole page."""
    table = rows()
    people = "\n".join(f"- **{SHORT.get(p.key, 'Stranger')}**: {p.who}" for p in PERSONAS)
    words = "\n".join(f"- **{word}**: {meaning}" for word, meaning in WORDS.items())
    parts = [HEAD.format(people=people, words=words)]
    for title, prefix in PLACES:
        parts.append(_section(title, [row for row in table if row.page.startswith(prefix)]))
    rest = [row for row in table if not row.page.startswith(tuple(prefix for _, prefix in PLACES))]
    parts.append(_open(rest))
    return "\n".join(parts)


def _section(title: str, found: list[Row]) -> str:
    head = f"| Page | Of | {' | '.join(SHORT.values())} | Note |"
    lines = [f"## {title}", "", head, f"|{'---|' * (len(SHORT) + 3)}"]
    for row in found:
        cells = " | ".join(row.cells[key] for key in SHORT)
        lines.append(f"| {_name(row)} | {row.thing.strip(', ')} | {cells} | {row.note} |")
    return "\n".join([*lines, ""])


def _open(found: list[Row]) -> str:
    lines = [
        "## Signing in, and pages about the service",
        "",
        "| Page | Signed in | Stranger | Note |",
        "|---|---|---|---|",
    ]
    for row in found:
        lines.append(f"| {_name(row)} | {row.cells['coordinator']} | {row.cells[STRANGER]} | {row.note} |")
    return "\n".join([*lines, ""])


def _name(row: Row) -> str:
    return f"`{row.page}` ({row.kind})"


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
