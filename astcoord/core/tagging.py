"""What WeasyPrint leaves undone in a tagged PDF, mended on its objects before they are written.

Called with the file as pydyf objects (dictionaries, lists and streams), so this imports neither library.
"""

from collections.abc import Iterator
from typing import Any


def mend(document: Any, file: Any) -> None:
    """WeasyPrint's finisher: headers get their scope, and what runs along every page is marked as not content."""
    give_headers_their_scope(file)
    mark_running_matter(file)


def give_headers_their_scope(file: Any) -> None:
    """Tell a screen reader which cells each table header stands for.

    A header in the table's head heads its column; any other heads its row.
    """
    for element in file.objects:
        if isinstance(element, dict) and element.get("S") == "/TH":
            section = _at(file, _at(file, element["P"])["P"])
            attributes = element.setdefault("A", {"O": "/Table"})
            attributes["Scope"] = "/Column" if section.get("S") == "/THead" else "/Row"


def mark_running_matter(file: Any) -> None:
    """Page numbers and the like are drawn outside the document's structure: say so, or they are read out as text."""
    root = _at(file, file.catalog["StructTreeRoot"])
    structured = set(_below(file, root["K"]))
    by_page = _at(file, root["ParentTree"])["Nums"]
    for number, page_reference in enumerate(file.pages["Kids"][::3]):
        owners = by_page[2 * number + 1]
        stray = [mark for mark, owner in enumerate(owners) if _number(owner) not in structured]
        for mark in stray:
            owners[mark] = "null"
        stream = _at(file, _at(file, f"{page_reference} 0 R")["Contents"]).stream
        for place, item in enumerate(stream):
            if isinstance(item, dict) and item.get("MCID") in stray:
                stream[place - 1], stream[place] = "/Artifact", b"<</Type /Pagination>>"


def _below(file: Any, children: Any) -> Iterator[int]:
    for child in children:
        if isinstance(child, bytes) and child.endswith(b"R"):
            yield _number(child)
            element = _at(file, child)
            if isinstance(element, dict):
                yield from _below(file, element.get("K", []))


def _at(file: Any, reference: Any) -> Any:
    return file.objects[_number(reference)]


def _number(reference: Any) -> int:
    return int(reference.split()[0])
