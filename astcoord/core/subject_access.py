"""Subject access: everything that is held on one person, gathered from all floors (issue 3, item 5).

Each floor registers what it shows, from `AppConfig.ready`. What is about somebody else is left out: above all the
names of other supported staff, in every text that a model declares (`personal_data`).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from astcoord.core import audit, personal_data, protected
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


Rows = Callable[[Subject], Iterable[Any]]

BY_NAME = "Found by name alone: make sure that this is the same person before you hand it over."


@dataclass(frozen=True)
class Mine:
    """A value that is given where the way `to` leads to the person's own account, else left empty."""

    to: str
    column: str


@dataclass(frozen=True)
class Shown:
    """Rows that a person is given, and what of them: “words: way to the value; words: way; …”, or only the way.

    `made` are values that are more than a way: `Mine`, or a function of row and subject. `filled` are columns that are
    shown where something stands in them. Two of one title make one section.
    """

    title: str
    rows: Rows
    columns: str
    made: Mapping[str, Any] = field(default_factory=dict)
    filled: tuple[str, ...] = ()
    note: str = ""

    def ways(self, row: Any) -> dict[str, Any]:
        """What is shown of a row, by its words."""
        pairs = [pair.strip().partition(": ") for pair in self.columns.split(";")]
        ways = {words: self.made.get(words, way or words) for words, _, way in pairs}
        return ways | {name: name for name in self.filled if getattr(row, name)}


_shown: list[Shown] = []


def register(sections: Iterable[Shown]) -> None:
    """Add what a floor shows; once."""
    _shown.extend(each for each in sections if each not in _shown)


def by_account(model: Any, *ways: str, order: str = "") -> Rows:
    """Rows that one of these ways leads from to the person's account; none without an account."""

    def rows(subject: Subject) -> Iterable[Any]:
        if subject.user is None:
            return []
        mine = Q(*((way, subject.user.pk) for way in ways), _connector=Q.OR)
        found: QuerySet[Any] = model._default_manager.filter(mine)
        return found.order_by(order) if order else found

    return rows


def by_name(model: Any) -> Rows:
    """Rows in which the person stands by name or address."""
    return lambda subject: model._default_manager.filter(subject.rows_named())


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
    sections: dict[str, Section] = {}
    for shown in _shown:
        section = sections.setdefault(shown.title, Section(shown.title, note=shown.note))
        section.rows.extend(_row(shown, row, subject) for row in shown.rows(subject))
    return [section for section in sections.values() if section.rows]


def _row(shown: Shown, row: Any, subject: Subject) -> Row:
    """What is shown of one row; free texts without anybody else's name."""
    ways, may_name = shown.ways(row), personal_data.of(row).may_name
    told = {words: _value(row, way, subject) for words, way in ways.items()}
    texts = [words for words, way in ways.items() if getattr(way, "column", way) in may_name and told[words]]
    names = others(subject, row) if texts else []
    return told | {words: protected.cleaned(told[words], names) for words in texts}


def others(subject: Subject, row: Any) -> list[str]:
    """Names to leave out of a text that this person is given: everybody's but the person's own."""
    return [name for name in protected.names_about(row) if not same_name(name, subject.name)]


def _value(row: Any, way: Any, subject: Subject) -> Any:
    if isinstance(way, Mine):
        value = _value(row, way.column, subject)
        mine = subject.user is not None and _value(row, way.to, subject) == subject.user
        return value if mine else "" if isinstance(value, str) else None
    if not isinstance(way, str):
        return way(row, subject)
    for step in way.split("."):
        row = getattr(row, step)
        row = row() if callable(row) else row
    return row


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


def kind_and_number(row: Any, _: Subject) -> str:
    """“placement P00012”: what an audit row is about, without opening it."""
    model = row.about_type.model_class() if row.about_type else None
    return about_words(model, row.about_id) if model else ""


def about_words(model: type[models.Model], pk: int) -> str:
    """A thing by its kind and its reference, or its number where it has no reference of its own; no query."""
    named = isinstance(getattr(model, "reference", None), property)
    thing: Any = model(pk=pk)
    return f"{model._meta.verbose_name} {thing.reference if named else pk}"
