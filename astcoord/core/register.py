"""A plain register: rows that somebody adds, words better, ends, takes back and takes away, with their history.

What is peculiar to one is its fields, who keeps it, and what makes a row wrong. `astcoord.ui.registers` has its pages.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import OFFICE
from astcoord.core.wording import number

if TYPE_CHECKING:
    from staff.accounts.models import User

M = TypeVar("M", bound=models.Model)


class Register(Generic[M]):
    """Subclass it, say what it is of, and make one of it. Every write is audited as `noun: added`, `changed` …"""

    model: type[M]
    noun: ClassVar[str]
    rule: ClassVar[str] = ""
    """Its number in the requirements."""
    readers: ClassVar[frozenset[Any]] = OFFICE
    keepers: ClassVar[frozenset[Any]] = OFFICE
    ends_with: ClassVar[str] = ""
    """The date field that is set when a row ends; empty where rows do not end."""
    used_words: ClassVar[str] = "It has been used, so it stays. End it instead."
    """Why one that has been used cannot be taken away."""
    end_verb: ClassVar[str] = "ended"
    resume_verb: ClassVar[str] = "taken up again"

    def rows(self, user: "User") -> models.QuerySet[M]:
        """What this person may read: `visible_to(user)` where the model's rows have one, else everything."""
        every: Any = self.model._default_manager.all()
        found: models.QuerySet[M] = every.visible_to(user) if hasattr(every, "visible_to") else every
        return found

    def may_keep(self, user: "User", row: M | None = None) -> bool:
        """Whether this person adds rows, or changes this one."""
        return bool(user.has_role(*self.keepers))

    def problems(self, row: M) -> list[Problem]:
        """What is wrong with a row as it would be stored; asked when it is saved and when it is taken up again."""
        return []

    def told(self, row: M) -> dict[str, Any]:
        """What it says, in words that its history can show: by default all that people enter, by its own names."""
        return {str(field.verbose_name): _words(row, field) for field in self.model._meta.fields if field.editable}

    def is_used(self, row: M) -> bool:
        """Whether something hangs on it: then it is ended and never taken away."""
        return False

    def has_ended(self, row: M) -> bool:
        return bool(self.ends_with) and getattr(row, self.ends_with) is not None

    @transaction.atomic
    def save(self, *, row: M | None = None, by: "User", **fields: Any) -> M:
        """Add a row, or word one better; nothing is written where nothing changes."""
        self._require(by, row)
        held = self._lock(row) if row else self.model()
        before = self.told(held) if row else {}
        for name, value in fields.items():
            setattr(held, name, value)
        if not self.has_ended(held):
            refuse(self.problems(held))
        after = {what: words for what, words in self.told(held).items() if before.get(what) != words}
        if after:
            held.save()
            verb = "changed" if row else "added"
            audit.record(
                f"{self.noun}: {verb}", held, by=by, before={what: before[what] for what in after if row}, after=after
            )
        return held

    @transaction.atomic
    def end(self, *, row: M, by: "User") -> M:
        """It holds no longer; whatever hangs on it stays. A second call changes nothing."""
        held = self._keep(row, by)
        if not self.has_ended(held):
            self._set_end(held, today())
            audit.record(f"{self.noun}: {self.end_verb}", held, by=by)
        return held

    @transaction.atomic
    def resume(self, *, row: M, by: "User") -> M:
        """One that has ended holds again, unless another has taken its place."""
        held = self._keep(row, by)
        if self.has_ended(held):
            refuse(self.problems(held))
            self._set_end(held, None)
            audit.record(f"{self.noun}: {self.resume_verb}", held, by=by)
        return held

    @transaction.atomic
    def remove(self, *, row: M, by: "User") -> None:
        """Take one away that nothing hangs on; its history keeps what it said."""
        held = self._keep(row, by)
        if self.is_used(held):
            raise Refused([Problem(self.used_words, rule=self.rule, code="used")])
        audit.record(f"{self.noun}: removed", held, by=by, before=self.told(held))
        held.delete()

    def _keep(self, row: M, by: "User") -> M:
        self._require(by, row)
        return self._lock(row)

    def _require(self, by: "User", row: M | None) -> None:
        if not self.may_keep(by, row):
            raise PermissionDenied(f"keep the register: {self.noun}")

    def _lock(self, row: M) -> M:
        held: M = self.model._default_manager.select_for_update().get(pk=row.pk)
        return held

    def _set_end(self, row: M, day: Any) -> None:
        setattr(row, self.ends_with, day)
        row.save(update_fields=[self.ends_with])


def _words(row: models.Model, field: Any) -> Any:
    """A field's value as history shows it: a choice by its label, a thing by its name, a date as ISO text."""
    value = getattr(row, field.name)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, Decimal):
        return number(value)  # 0.50 and 0.5 are no change
    return value if value is None or isinstance(value, bool | int | str) else str(value)
