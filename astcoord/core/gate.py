"""The one gate through which every status changes (design, section 4)."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from astcoord.core import audit
from astcoord.core.lifecycle import Move
from astcoord.core.models.history import Transition
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import written

if TYPE_CHECKING:
    from staff.accounts.models import User

S = TypeVar("S", bound=models.Model)
May = Callable[[Any, Any], bool]
Facts = Callable[[Any], Iterable[Problem]]


@transaction.atomic
def move(
    obj: S,
    name: str,
    *,
    by: "User | None",
    may: May | None = None,
    problems: Facts | None = None,
    reason: str = "",
    **changes: Any,
) -> S:
    """Move `obj` along the arrow `name` and return it, fresh from the database.

    The row is locked first, so of two people only one finds the arrow still there. `may(by, obj)` decides whether
    this person may (PermissionDenied); `problems(obj)` whether the facts allow it (Refused). `by=None` means the
    system, and then `may` is not asked. `changes` are other fields written in the same breath.
    """
    locked: Any = type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    arrow = locked.machine.get(name)
    if by is not None and may is not None and not may(by, locked):
        raise PermissionDenied(f"{name} {locked.machine.name}")
    if locked.status not in arrow.sources:
        raise Refused([out_of_turn(locked, arrow.label)])
    for field, value in changes.items():
        setattr(locked, field, value)
    if problems is not None:
        refuse(problems(locked))
    before, locked.status = locked.status, arrow.target
    locked.save(update_fields=["status", *changes])
    _record(locked, arrow, name, before, by=by, reason=reason)
    obj.refresh_from_db()
    return obj


def _record(moved: Any, arrow: Move, name: str, before: str, *, by: "User | None", reason: str) -> None:
    """The status change, and beside it the audit row."""
    machine = moved.machine.name
    Transition.objects.create(
        about=moved,
        machine=machine,
        move=name,
        source=before,
        target=arrow.target,
        by=by,
        done_for_id=by.stands_in_for_id if by else None,
        reason=reason,
    )
    audit.record(
        f"{written(machine)}: {written(arrow.label)}",
        moved,
        by=by,
        reason=reason,
        before={"status": before},
        after={"status": arrow.target},
    )


def out_of_turn(obj: Any, label: str) -> Problem:
    """Somebody else was quicker, or the page was old: say where things stand now."""
    return Problem(
        f"“{label}” is no longer possible: this {obj.machine.name} is now “{obj.get_status_display()}”. "
        "Reload the page to see what happened.",
        code="out-of-turn",
    )
