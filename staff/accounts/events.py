"""What happens to a head or to a person, with what hangs on it in later rooms (R-17.7)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from astcoord.core.consequences import Change
from astcoord.core.problems import Problem
from schools.register.models import School
from staff.accounts.models import User


@dataclass(frozen=True)
class NewHead:
    """Another person becomes head of the school."""

    school: School


NEW_HEAD: Change[NewHead] = Change()
"""Nothing is moved: rights follow the role. What is `undecided` waits for a head, whoever that is on the day."""


@dataclass(frozen=True)
class Renamed:
    """Somebody has another name or address: `person` has the new ones when it is carried, the old ones before."""

    person: User
    name: str
    """The name that is copied in places, which is the old one."""

    email: str


RENAMED: Change[Renamed] = Change()


@dataclass(frozen=True)
class Merging:
    """Two accounts of one person become one: what is `other`'s goes over to `keep`."""

    keep: User
    other: User

    def move(self, rows: "models.QuerySet[Any]", column: str) -> None:
        """Give these rows to the account that goes on."""
        rows.update(**{column: self.keep})


MERGING: Change[Merging] = Change()
merging_facts: list[Callable[[Merging], list[Problem]]] = []
"""What keeps two accounts from becoming one."""
