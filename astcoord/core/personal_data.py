"""What the texts of a model hold of whom, said in the model's own class (section G; docs/decisions/0011).

    class Objective(models.Model):
        personal_data = PersonalData(case="placement__request", may_name=("text", "baseline")).shows(…)

History, messages, subject access, retention and the forgetting of people read it. A start-up check (`core/checks.py`)
stops the software while a column that can hold words is in nobody's declaration.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from astcoord.core.fields import ChoiceSetField
from astcoord.core.words import say, say_later

ABOUT = "about"
"""The way to the case of a row that is about some other row, whatever its kind."""

WORK = say_later("What was written of your work as an AST")
"""The section of what others wrote of an AST, from every model that `tells_of_work`."""

Names = tuple[str, ...]
WITHOUT_WORDS = (models.BooleanField, models.DateField, models.DecimalField, models.FloatField, models.IntegerField)


class Own(NamedTuple):
    """Columns with somebody's own data; `kept` is a line of the retention schedule, or says how long."""

    columns: Names
    whose: str
    kept: str


@dataclass(frozen=True)
class Shown:
    """A section of subject access: rows that a person is given, and what of them.

    They are found by `accounts`, ways to the person's own account; by `person`, the way to one of the people supported
    by name ("" is the row itself); or by `found`, a condition made for the subject.

    `columns` is “words: way; way; …”. “way if other” is given where `other` leads to the person's account, else left
    empty; words in `made` have a function of row and subject instead. Other people's names are taken out of `may_name`
    and of the ways in `free`. With `texts`, each of `may_name` that says something is shown under its own name. Two
    sections of one title are one.
    """

    order: int
    title: str
    columns: str
    accounts: Names = ()
    person: str | None = None
    found: Callable[[Any], models.Q] | None = None
    only: Callable[[Any], Any] | None = None
    made: Mapping[str, Callable[[Any, Any], Any]] = field(default_factory=dict)
    free: Names = ()
    texts: bool = False
    by_name: bool = False


@dataclass(frozen=True)
class PersonalData:
    """Every column that can hold words stands in exactly one of these.

    `case` is the way to the request whose supported people the row may name: a lookup, "pk" for a request itself, or
    `ABOUT`. When these people are forgotten, `may_name` has their names put as "a colleague", `emptied` is emptied,
    and `named` holds one of them: a number takes its place. Append-only rows are cleaned as they are written.
    """

    case: str = ""
    may_name: Names = ()
    emptied: Names = ()
    named: str = ""
    own: tuple[Own, ...] = ()
    not_personal: Mapping[str, Names] = field(default_factory=dict)
    """The columns by the reason why they are not."""
    shown: tuple[Shown, ...] = ()

    def shows(self, order: int, title: str, columns: str, **how: Any) -> "PersonalData":
        """The same with one section more."""
        return replace(self, shown=(*self.shown, Shown(order, title, columns, **how)))

    def tells_of_work(self, *accounts: str, only: Callable[[Any], Any] | None = None) -> "PersonalData":
        """The same, and an AST is given what others wrote of the AST's work: every text of the rows to which one of
        these ways leads. Also papers, decisions and reasons about such rows are (`about_work`)."""
        said = {"in": lambda row, _: say(str(row._meta.verbose_name), within=True)}
        return self.shows(79, WORK, "in", accounts=accounts, only=only, made=said, texts=True)

    def columns(self) -> Iterator[str]:
        """All that is declared."""
        yield from (*self.may_name, *self.emptied, *filter(None, [self.named]))
        for columns in (*(own.columns for own in self.own), *self.not_personal.values()):
            yield from columns


NOTHING = PersonalData()


def of(model: Any) -> PersonalData:
    """What a model, or a row of it, declares."""
    declared: PersonalData = getattr(model, "personal_data", NOTHING)
    return declared


def about_work(subject: Any) -> models.Q:
    """Rows about some other row that tells of this person's work as an AST: papers, history."""
    found = models.Q(pk__in=[])
    for model in apps.get_models() if subject.user else ():
        for shown in of(model).shown:
            if shown.title == WORK:
                theirs = models.Q(*((way, subject.user.pk) for way in shown.accounts), _connector=models.Q.OR)
                rows = model._default_manager.filter(theirs)
                rows = shown.only(rows) if shown.only else rows
                kind = ContentType.objects.get_for_model(model)
                found |= models.Q(about_type=kind, about_id__in=rows.order_by().values("pk"))
    return found


def case_of(row: Any) -> int | None:
    """The number of the request that a row belongs to, None for a row that belongs to none."""
    way = of(row).case
    if not way:
        return None
    if way == ABOUT:
        return case_of(row.about)
    *steps, last = way.split("__")
    for step in steps:
        row = getattr(row, step)
        if row is None:
            return None
    case: int | None = getattr(row, last if last == "pk" else f"{last}_id")
    return case


def can_hold_words(column: Any) -> bool:
    """Whatever is no number, date, relation or choice among fixed codes."""
    return not (column.is_relation or column.choices or isinstance(column, (*WITHOUT_WORDS, ChoiceSetField)))


def problems(model: type[models.Model]) -> Iterator[str]:
    """What is wrong with a model's declaration; nothing, if it says all."""
    declared = of(model)
    times = Counter(declared.columns())
    there = {column.name: column for column in model._meta.concrete_fields}
    for name, column in there.items():
        if can_hold_words(column) and name not in times:
            yield f"{name} is not declared: whom may it name, whose is it, or why is it not personal?"
    for name, count in times.items():
        if name not in there:
            yield f"{name} is declared, but there is no such column"
        if count > 1:
            yield f"{name} is declared {count} times"
    if bool(declared.case) != bool(declared.may_name or declared.emptied or declared.named):
        yield "a case and columns that may name its people go together"
