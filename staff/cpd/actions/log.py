"""The CPD log, as a register; an entry is evaluated, and the AST reminded of a visit that is not (R-3.9)."""

from datetime import date
from typing import Any

from django.db import transaction

from astcoord.core import audit
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, refuse
from astcoord.core.register import Register
from astcoord.core.words import say
from staff.accounts.models import User
from staff.cpd import emails, permissions, rules
from staff.cpd.models import CpdEntry


class CpdLog(Register[CpdEntry]):
    """ASTs write their own, the office and consultants those of their ASTs; the own headteacher reads."""

    model = CpdEntry
    noun = "CPD entry"
    rule = "R-3.9"
    readers = permissions.READERS
    keepers = permissions.KEEPERS
    used_words = "It came from an offer that was accepted. Take the acceptance back instead."

    def may_keep(self, user: User, row: CpdEntry | None = None) -> bool:
        return permissions.can_keep(user, row) if row else super().may_keep(user)

    @transaction.atomic
    def save(self, *, row: CpdEntry | None = None, by: User, **fields: Any) -> CpdEntry:
        """A new one is of an AST whom this person may keep it for; of another day, the reminder is due anew."""
        if row is None:
            require(permissions.keeps_development(by, fields["post"]), say("keep this AST’s CPD log"))
            return super().save(by=by, recorded_by=by, **fields)
        moved = "on" in fields and fields["on"] != row.on
        return super().save(row=row, by=by, **fields, **({"reminded_on": None} if moved else {}))

    def problems(self, row: CpdEntry) -> list[Problem]:
        now = today()
        ended = row.pk is None and not row.post.is_in_post(now)
        words = say("This person is not an AST now, so nothing is added any more.")
        return rules.entry_problems(row, today=now) + [Problem(words, "post", "R-3.9", "post")] * ended

    def is_used(self, row: CpdEntry) -> bool:
        return row.offer_id is not None


CPD = CpdLog()


@transaction.atomic
def evaluate(*, entry: CpdEntry, evaluation: str, by: User) -> CpdEntry:
    """What came of it; can be put in other words."""
    require(permissions.can_keep(by, entry), "evaluate this")
    held: CpdEntry = CpdEntry.objects.select_for_update().get(pk=entry.pk)
    refuse(rules.evaluation_problems(held, evaluation, today=today()))
    if held.evaluation != evaluation.strip():
        before = {"what came of it": held.evaluation} if held.evaluation else {}
        held.evaluation, held.evaluated_on = evaluation.strip(), held.evaluated_on or today()
        held.save(update_fields=["evaluation", "evaluated_on"])
        audit.record("CPD entry: evaluated", held, by=by, before=before, after={"what came of it": held.evaluation})
    return held


def remind(on: date) -> int:
    """R-3.9, nightly: visits of 14 days ago or more without an evaluation; each AST is written to once of each."""
    due = CpdEntry.objects.unevaluated(on).filter(reminded_on=None).select_related("post__user")
    return each(due, lambda entry: _remind(entry, on))


def _remind(entry: CpdEntry, on: date) -> None:
    emails.unevaluated(entry)
    entry.reminded_on = on
    entry.save(update_fields=["reminded_on"])
