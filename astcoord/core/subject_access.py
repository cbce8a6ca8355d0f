"""Subject access: everything that is held on one person, gathered from all floors (issue 3, item 5).

Each model declares what is shown of it (`personal_data`). What is about somebody else is left out: above all the names
of other supported staff, in every text that a model declares.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from astcoord.core import audit, personal_data, protected
from astcoord.core.names import names_somebody
from astcoord.core.personal_data import Shown
from astcoord.core.problems import Problem, Refused
from astcoord.core.words import said, say

if TYPE_CHECKING:
    from staff.accounts.models import User

VERB = "Subject access: copy made of what is held on one person"
Row = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """The person who asks. `user` is the account, if there is one."""

    name: str = ""
    email: str = ""
    user: "User | None" = None

    def whole(self) -> "list[Subject]":
        """This person, and as each account that was merged into the person's (R-17.7)."""
        merged = list(self.user.merged.all()) if self.user else []
        return [self, *(more for each in merged for more in Subject(each.name, each.email, each).whole())]

    @cached_property
    def names(self) -> list[str]:
        """The person's name; of whom only the address is known, the names that stand beside it as a supported person's.

        One query for each table of such people, the first time.
        """
        if self.name or not self.email:
            return [self.name] if self.name else []
        found = [
            model._default_manager.filter(email__iexact=self.email).values_list(named, flat=True)
            for model in apps.get_models()
            if (named := personal_data.of(model).named)
        ]
        return list(dict.fromkeys(name for names in found for name in names))

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


NAMING = "What was written that names you"
BY_NAME = "Found by name alone: make sure that this is the same person before you hand it over."
_more: list[tuple[type[models.Model], Shown]] = []


def register(*sections: tuple[type[models.Model], Shown]) -> None:
    """Sections that no model of ours declares; once."""
    _more.extend(each for each in sections if each not in _more)


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
        while user.merged_into:
            user = user.merged_into
        return Subject(name=user.name, email=user.email, user=user)
    return Subject(email=text) if by_email else Subject(name=text)


def collect(subject: Subject) -> list[Section]:
    """Every section with something in it."""
    sections: dict[str, Section] = {}
    declared = [(model, shown) for model in apps.get_models() for shown in personal_data.of(model).shown]
    for model, shown in sorted([*declared, *_more], key=lambda each: each[1].order):
        note = BY_NAME if shown.by_name or shown.person is not None else ""
        section = sections.setdefault(shown.title, Section(shown.title, note=note))
        for who in subject.whole():
            rows = (_row(shown, row, who) for row in _rows(model, shown, who))
            section.rows.extend(row for row in rows if who is subject or row not in section.rows)
    naming = Section(NAMING, [row for who in subject.whole() for row in _naming(who)], BY_NAME)
    return [section for section in (*sections.values(), naming) if section.rows]


def _naming(subject: Subject) -> Iterator[Row]:
    """Free texts that name somebody who is supported, of the requests in which they stand; nobody else is named."""
    models_ = [(model, personal_data.of(model)) for model in apps.get_models()]
    cases = {
        personal_data.case_of(row)
        for model, declared in models_
        if declared.named and subject.names
        for row in model._default_manager.filter(subject.rows_named(declared.named))
    }
    for model, declared in models_ if cases else ():
        if declared.may_name and declared.case not in ("", personal_data.ABOUT) and not declared.named:
            for row in model._default_manager.filter(**{f"{declared.case}__in": cases}):
                yield from _naming_in(row, declared.may_name, subject)


def _naming_in(row: Any, columns: Iterable[str], subject: Subject) -> Iterator[Row]:
    told = {column: getattr(row, column) for column in columns}
    told = {column: text for column, text in told.items() if names_somebody(_plain(text), subject.names)}
    if told:
        names = others(subject, row)
        yield {"in": say(str(row._meta.verbose_name), within=True)} | {
            words: protected.cleaned(text, names) for words, text in told.items()
        }


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def _rows(model: Any, shown: Shown, subject: Subject) -> Iterable[Any]:
    if shown.found is not None:
        theirs = shown.found(subject)
    elif shown.person is not None:
        way = f"{shown.person}__" if shown.person else ""
        theirs = subject.rows_named(f"{way}name", f"{way}email")
    elif subject.user is None:
        return []
    else:
        theirs = Q(*((way, subject.user.pk) for way in shown.accounts), _connector=Q.OR)
    rows: QuerySet[Any] = model._default_manager.filter(theirs).distinct()
    return shown.only(rows) if shown.only else rows


def _row(shown: Shown, row: Any, subject: Subject) -> Row:
    """What is shown of one row; free texts without anybody else's name."""
    may_name = personal_data.of(row).may_name
    pairs = [pair.strip().partition(": ") for pair in shown.columns.split(";")]
    ways = {words: way or words for words, _, way in pairs}
    ways |= {name: name for name in may_name if shown.texts and getattr(row, name)}
    told = {words: _value(shown, row, way, subject) for words, way in ways.items()}
    texts = [words for words, way in ways.items() if way.split(" if ")[0] in (*may_name, *shown.free) and told[words]]
    names = others(subject, row) if texts else []
    told |= {words: protected.cleaned(told[words], names) for words in texts}
    return {say(words): value for words, value in told.items()}


def others(subject: Subject, row: Any) -> list[str]:
    """Names to leave out of a text that this person is given: everybody's but the person's own."""
    return [name for name in protected.names_about(row) if not any(same_name(name, own) for own in subject.names)]


def _value(shown: Shown, row: Any, way: str, subject: Subject) -> Any:
    if way in shown.made:
        return shown.made[way](row, subject)
    way, _, other = way.partition(" if ")
    value = _follow(row, way)
    if other and (subject.user is None or _follow(row, other) != subject.user):
        return "" if isinstance(value, str) else None
    return value


def _follow(row: Any, way: str) -> Any:
    for step in way.split("."):
        row = getattr(row, step)
        row = row() if callable(row) else row
    return row


@transaction.atomic
def export(subject: Subject, *, by: "User | None") -> bytes:
    """A ZIP for the person: a page to read and the same as JSON. The audit row names nobody but an account."""
    sections = collect(subject)
    count = sum(len(section.rows) for section in sections)
    audit.record(VERB, subject.user, by=by, after={"sections": len(sections), "rows": count})
    return archive(subject, sections)


def archive(subject: Subject, sections: list[Section]) -> bytes:
    """`personal-data.html` and `personal-data.json`."""
    facts = {"name": subject.name, "email": subject.email, "made_at": timezone.now()}
    page = render_to_string("personal/subject_access.html", {**facts, "sections": sections})
    data = said({**facts, "sections": [{"title": s.title, "note": s.note, "rows": s.rows} for s in sections]})
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive_:
        archive_.writestr("personal-data.html", page)
        archive_.writestr("personal-data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
    return file.getvalue()
