"""The register's file of predecessors and successors. URNs change when schools merge or become academies."""

from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.db import transaction

from astcoord.core.tablefile import Row, RowError, read, unusable
from schools.register.imports.register import BadCell, read_day, read_urn
from schools.register.lifecycle import LinkKind
from schools.register.models import School, SchoolLink

NEEDED = ("URN", "LinkURN", "LinkName", "LinkType")


@dataclass
class LinkReading:
    """Links read, and rows left out."""

    links: list[dict[str, Any]] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


def read_links(data: bytes | BinaryIO) -> LinkReading:
    """Read the register's links by column name. Refused where it is another file."""
    table = read(data, what="the register’s file of links", names=NEEDED, exact=True)
    if missing := table.lacks(NEEDED):
        raise unusable(f"The file is not the register's links: these columns are missing: {', '.join(missing)}.")
    reading = LinkReading()
    for row in table.rows():
        if isinstance(row, RowError):
            reading.errors.append(row)
            continue
        try:
            reading.links.append(_link(row))
        except BadCell as error:
            reading.errors.append(RowError(row.line, str(error)))
    return reading


@transaction.atomic
def store_links(reading: LinkReading) -> int:
    """Add the links of schools that are stored; give the number of new ones. Links are never removed."""
    ids = dict(School.objects.values_list("urn", "pk"))
    seen = set(SchoolLink.objects.values_list("school_id", "other_urn", "words"))
    new = []
    for link in reading.links:
        school = ids.get(link["urn"])
        if school is None:
            continue
        key = (school, link["other_urn"], link["words"])
        if key in seen:
            continue
        seen.add(key)
        values = {name: value for name, value in link.items() if name != "urn"}
        new.append(SchoolLink(school_id=school, other_id=ids.get(link["other_urn"]), **values))
    SchoolLink.objects.bulk_create(new, batch_size=500)
    return len(new)


def _link(row: Row) -> dict[str, Any]:
    words = row["LinkType"]
    return {
        "urn": read_urn(row["URN"], "URN"),
        "other_urn": read_urn(row["LinkURN"], "LinkURN"),
        "other_name": row["LinkName"][:120],
        "words": words[:60],
        "kind": _kind(words),
        "since": read_day(row["LinkEstablishedDate"], "LinkEstablishedDate"),
    }


def _kind(words: str) -> LinkKind:
    lowered = words.lower()
    if lowered.startswith("predecessor"):
        return LinkKind.PREDECESSOR
    return LinkKind.SUCCESSOR if lowered.startswith("successor") else LinkKind.OTHER
