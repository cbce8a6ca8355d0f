"""What a reader is shown of what others wrote: with the names of the people supported, or without (section G).

The one place that decides it on output. Which columns may name somebody a model says itself (`personal_data.may_name`
and `named`), who may not know the people of a case says `protected.names_in`. Lists and their files ask by themselves
(`ui.tables`), and so does a search; a page or a paper says `shown_to(user, rows)` of the rows that it is made from.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, Union

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from astcoord.core import personal_data, policy, protected
from astcoord.core.problems import Problem, Refused
from astcoord.core.roles import OFFICE
from astcoord.core.words import say_later

if TYPE_CHECKING:
    from staff.accounts.models import User

M = TypeVar("M", bound=models.Model)
Reader = Union["User", AnonymousUser]
WITHOUT_NAMES = say_later(
    "You read this without the names of the people supported, and a change would take the names out for everybody. "
    "Leave the text as it was, and ask the co-ordinator to change it."
)

ANYBODY: Reader = AnonymousUser()
"""The reader of what whoever it is for may read: governors, all staff of a school. Anybody may know nobody by name."""

Told = Callable[[Any], Any]
"""From a text, or lists and dicts of them, to the same as its reader may read it."""


def shown_to(user: Reader, row: M) -> M:
    """A row to be shown to `user`, with every row that was loaded with it. It cannot be saved where names are gone."""
    return all_shown_to(user, [row])[0]


def all_shown_to(user: Reader, rows: Iterable[M]) -> list[M]:
    """The same for many: two queries at most, none for the office."""
    found = list(rows)
    if not _knows_all(user):
        reached = {id(each): each for each in _reached(found, set())}.values()
        cases = [(each, case) for each in reached if (case := personal_data.case_of(each)) is not None]
        hidden = _hidden(user, {case for _, case in cases})
        for each, case in cases:
            if names := hidden.get(case):
                _hide(each, names)
    return found


def teller(user: Reader, about: models.Model | None, *, own: str = "") -> Told:
    """How `user` reads what is written about `about`, for texts that are no longer in their rows.

    `own` is the name of one of the people supported, who has no account and reads the own name.
    """
    case = personal_data.case_of(about)
    hidden = [] if case is None or _knows_all(user) else _hidden(user, {case}).get(case, [])
    names = [name for name in hidden if name != own]
    return lambda value: protected.cleaned(value, names)


def teller_at(address: str, about: models.Model | None) -> Told:
    """How a message's reader reads it, by the role at the address; whoever has no account knows no names."""
    if address == policy.in_force().office_email:
        return lambda value: value
    accounts: Any = get_user_model()._default_manager.filter(is_active=True)
    return teller(accounts.filter(email__iexact=address).first() or ANYBODY, about)


def kept(stored: str, read: str, sent: str, *, field: str) -> str:
    """What a form says of a text that it was drawn with as `read`: whoever reads no name does not take it out.

    Refused where a text that is shown without its names was changed: it would lose them for those who may know them.
    """
    if sent.split() == read.split():
        return stored
    if read != stored:
        raise Refused([Problem(WITHOUT_NAMES, field)])
    return sent


def found_in_texts(
    user: "User", rows: models.QuerySet[Any], columns: Sequence[str], words: Sequence[str]
) -> dict[str, Q]:
    """For each word the rows of which `user` reads it in one of the free `columns`; three queries at most.

    A row is not found by a name that its reader may not know: that it was found would tell the name.
    """
    anywhere = {word: _in_one_of(columns, word) for word in words}
    if _knows_all(user) or not anywhere or not columns:
        return anywhere
    every = Q()
    for each in anywhere.values():
        every |= each
    read = [
        (row.pk, " ".join(str(getattr(row, column)) for column in columns).casefold())
        for row in all_shown_to(user, rows.filter(every))
    ]
    return {word: Q(pk__in=[pk for pk, text in read if word.casefold() in text]) for word in words}


def _in_one_of(columns: Sequence[str], word: str) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": word})
    return found


def _knows_all(user: Reader) -> bool:
    return user.is_authenticated and user.has_role(*OFFICE)


def _hidden(user: Reader, cases: set[int]) -> dict[int, list[str]]:
    """The names of those cases whose people this person may not know."""
    return protected.names_in(cases, user if user.is_authenticated else None)


def _reached(rows: Iterable[Any], seen: set[int]) -> Iterator[models.Model]:
    """These rows, and what was fetched with them, that may name somebody."""
    for row in rows:
        if not isinstance(row, models.Model) or id(row) in seen:
            continue
        seen.add(id(row))
        declared = personal_data.of(row)
        if declared.may_name or declared.named:
            yield row
        yield from _reached(row._state.fields_cache.values(), seen)
        beside = [value for value in vars(row).values() if isinstance(value, list)]
        for found in (*beside, *getattr(row, "_prefetched_objects_cache", {}).values()):
            yield from _reached(found, seen)


def _hide(row: Any, names: Sequence[str]) -> None:
    """Put the row as its reader reads it; a person's own name becomes initials."""
    declared = personal_data.of(row)
    read = {column: protected.redacted(row, column, names) for column in declared.may_name if column in vars(row)}
    if declared.named:
        read[declared.named] = protected.initials(getattr(row, declared.named))
    changed = {column: value for column, value in read.items() if value != getattr(row, column)}
    if changed:
        vars(row).update(changed, save=_never_saved)


def _never_saved(*args: Any, **kwargs: Any) -> None:
    """The names would be lost to those who may know them."""
    raise TypeError("a row that is shown without names is not saved: fetch it again")
