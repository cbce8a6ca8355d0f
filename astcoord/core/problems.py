"""Why something may not be done, as a value: forms, actions, dashboards and letters all quote the same problem."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One reason. `message` says what is wrong and what to do; `field` is the form field it belongs to, if any.

    A `warning` is shown and never blocks. `rule` is the number in the requirements ("R-6.4").
    """

    message: str
    field: str = ""
    rule: str = ""
    code: str = ""
    warning: bool = False

    def __str__(self) -> str:
        return self.message


class Refused(Exception):
    """An action was refused; `problems` says why. Nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(p.message for p in self.problems))


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop the action (everything but the warnings)."""
    return [p for p in problems if not p.warning]


def refuse(problems: Iterable[Problem]) -> None:
    """Raise `Refused` if any of `problems` blocks; otherwise do nothing."""
    if found := blocking(problems):
        raise Refused(found)
