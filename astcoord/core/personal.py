"""Subject access: everything that is held on one person, gathered from all floors (issue 3, item 5).

Each floor adds a collector from `AppConfig.ready`. A collector gives sections of plain rows, and keeps out of them
whatever is about somebody else: above all the names of other supported staff.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.problems import Problem, Refused

VERB = "Subject access: copy made of what is held on one person"
Row = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """The person who asks. `user` is the account, if there is one."""

    name: str = ""
    email: str = ""
    user: Any = None

    def is_named(self, *, name: str, email: str) -> bool:
        """Whether a row with this name and address is this person's: by the address, or by the name alone."""
        if email and self.email:
            return email.casefold() == self.email.casefold()
        return bool(name and self.name) and same_name(name, self.name)

    def rows_named(self, name: str = "name", email: str = "email") -> Q:
        """The same as a query: rows with the address; and rows with the name, unless another address stands there."""
        found = Q(pk__in=[])
        if self.email:
            found |= Q(**{f"{email}__iexact": self.email})
        if self.name:
            named = Q(**{f"{name}__iexact": self.name})
            found |= named & Q(**{email: ""}) if self.email else named
        return found


@dataclass(frozen=True)
class Section:
    """One kind of record. `note` tells whoever answers the request what to look at first."""

    title: str
    rows: list[Row] = field(default_factory=list)
    note: str = ""

    @property
    def columns(self) -> list[str]:
        """The union of the rows' keys, in their order."""
        return list(dict.fromkeys(key for row in self.rows for key in row))

    @property
    def table(self) -> list[list[Any]]:
        """The rows' values by column."""
        return [[row.get(column, "") for column in self.columns] for row in self.rows]


Collector = Callable[[Subject], Iterable[Section]]
_collectors: list[Collector] = []

BY_NAME = "Found by name alone: make sure that this is the same person before you hand it over."


def register(collector: Collector) -> None:
    """Add a floor's collector; once."""
    if collector not in _collectors:
        _collectors.append(collector)


def same_name(one: str, other: str) -> bool:
    """Equal but for capitals and spaces."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def find(text: str) -> Subject:
    """The person of this e-mail address or full name; Refused if several accounts have the name.

    Somebody without an account is a subject too: supported staff have none.
    """
    text = " ".join(text.split())
    if not text:
        raise Refused([Problem("Enter an e-mail address or a full name", "who")])
    by_email = "@" in text
    users = get_user_model()._default_manager
    found = list(users.filter(email__iexact=text) if by_email else users.filter(name__iexact=text))
    if len(found) > 1:
        raise Refused([Problem("Several people have that name. Enter the e-mail address instead.", "who")])
    if found:
        user: Any = found[0]
        return Subject(name=user.name, email=user.email, user=user)
    return Subject(email=text) if by_email else Subject(name=text)


def collect(subject: Subject) -> list[Section]:
    """Every section with something in it."""
    return [section for collector in _collectors for section in collector(subject) if section.rows]


@transaction.atomic
def export(subject: Subject, *, by: Any) -> bytes:
    """A ZIP for the person: a page to read and the same as JSON. The audit row names nobody but an account."""
    sections = collect(subject)
    count = sum(len(section.rows) for section in sections)
    audit.record(VERB, subject.user, by=by, after={"sections": len(sections), "rows": count})
    return archive(subject, sections)


def archive(subject: Subject, sections: list[Section]) -> bytes:
    """`personal-data.html` and `personal-data.json`."""
    facts = {"name": subject.name, "email": subject.email, "made_at": timezone.now()}
    page = render_to_string("personal/subject_access.html", {**facts, "sections": sections})
    data = {**facts, "sections": [{"title": s.title, "note": s.note, "rows": s.rows} for s in sections]}
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive_:
        archive_.writestr("personal-data.html", page)
        archive_.writestr("personal-data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
    return file.getvalue()


def kind_and_number(row: models.Model) -> str:
    """“placement P00012”: what an audit row is about, without opening it."""
    kind: Any = getattr(row, "about_type", None)
    model = kind.model_class() if kind else None
    return about_words(model, row.about_id) if model else ""  # type: ignore[attr-defined]


def about_words(model: type[models.Model], pk: int) -> str:
    """A thing by its kind and its reference, or its number where it has no reference of its own; no query."""
    named = isinstance(getattr(model, "reference", None), property)
    thing: Any = model(pk=pk)
    return f"{model._meta.verbose_name} {thing.reference if named else pk}"
