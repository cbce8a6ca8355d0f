"""The set-up list of a new authority: what is done, what is missing, and where to do it (R-17.1).

Each room says its own step, as it says what it wants on the first page. The list goes when every step is done, or left
as it is where the authority can work without it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import transaction
from django.http import Http404

from astcoord.core import audit
from astcoord.core.models.opening import StepLeft
from astcoord.core.roles import OFFICE

if TYPE_CHECKING:
    from staff.accounts.models import User

OVER = "opening:over"


@dataclass(frozen=True)
class SetUpStep:
    """One step: `said` is what is done and what is missing, in figures; `url` is empty for who may not do it."""

    title: str
    url: str
    done: bool
    said: str
    may_be_left: bool = False
    code: str = ""
    left: bool = False

    @property
    def is_over(self) -> bool:
        return self.done or self.left


Source = Callable[[Any, date], SetUpStep]
_sources: dict[str, tuple[int, Source]] = {}


def register(code: str, source: Source, *, order: int) -> None:
    """Called by a room's `home.register`: a function of (user, today), of one query or two."""
    _sources[code] = (order, source)


def steps_for(user: "User", on: date) -> list[SetUpStep]:
    """For the office: all steps in order, or none once all are over, which is believed for an hour."""
    if not user.role_set & OFFICE or cache.get(OVER):
        return []
    left = set(StepLeft.objects.values_list("code", flat=True))
    found = [
        replace(source(user, on), code=code, left=code in left)
        for code, (_, source) in sorted(_sources.items(), key=lambda each: each[1][0])
    ]
    if all(step.is_over for step in found):
        cache.set(OVER, True, timeout=3600)
        return []
    return found


@transaction.atomic
def leave(code: str, *, by: "User", on: date) -> SetUpStep:
    """Leave a step as it is; a second time changes nothing. Http404 for one that cannot be left."""
    step = _step(code, by, on)
    if not step.may_be_left:
        raise Http404(code)
    _, new = StepLeft.objects.get_or_create(code=code, defaults={"by": by})
    if new:
        audit.record(f"set-up list: “{step.title}” left as it is", None, by=by, after={"as it was": step.said})
    return step


@transaction.atomic
def take_up(code: str, *, by: "User", on: date) -> SetUpStep:
    """Put a step that was left back on the list; a second time changes nothing."""
    step = _step(code, by, on)
    if StepLeft.objects.filter(code=code).delete()[0]:
        cache.delete(OVER)
        audit.record(f"set-up list: “{step.title}” taken up again", None, by=by)
    return step


def _step(code: str, by: "User", on: date) -> SetUpStep:
    if code not in _sources:
        raise Http404(code)
    return _sources[code][1](by, on)
