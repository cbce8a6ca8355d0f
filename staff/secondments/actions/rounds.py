"""Rounds, as a register; a round that has closed is opened again (R-2.13)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, refuse
from astcoord.core.register import Register
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from schools.register.lifecycle import Phase
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.secondments.models import Proposal, SecondmentRound
from staff.secondments.rules import proposals as rules


class Rounds(Register[SecondmentRound]):
    """The co-ordinator keeps them, heads read when they may propose."""

    model = SecondmentRound
    noun = "secondment round"
    rule = "R-2.13"
    readers = frozenset({Role.COORDINATOR, Role.HEADTEACHER})
    keepers = frozenset({Role.COORDINATOR})
    used_words = "Schools have proposals in this round, so it stays."

    def problems(self, row: SecondmentRound) -> list[Problem]:
        stored = SecondmentRound.objects.filter(pk=row.pk).first() if row.pk else None
        closed_on = stored.closes_on if stored and stored.closes_on < today() else None
        return rules.round_problems(row, closed_on=closed_on, today=today())

    def told(self, row: SecondmentRound) -> dict[str, Any]:
        return {
            "name": row.name,
            "opens on": date_words(row.opens_on),
            "closes on": date_words(row.closes_on),
            "schools that may propose": ", ".join(str(Phase(each).label) for each in row.phases),
            "questions": row.questions,
        }

    def is_used(self, row: SecondmentRound) -> bool:
        return Proposal.objects.filter(round=row).exists()


ROUNDS = Rounds()


@transaction.atomic
def reopen(*, row: SecondmentRound, closes_on: date, reason: str, by: User) -> SecondmentRound:
    """R-2.13: a round that has closed takes proposals until another day; the co-ordinator alone, with the reason."""
    if not is_coordinator(by):
        raise PermissionDenied("open a secondment round again")
    locked = SecondmentRound.objects.select_for_update().get(pk=row.pk)
    refuse(rules.reopening_problems(locked, closes_on=closes_on, reason=reason, today=today()))
    before, locked.closes_on = locked.closes_on, closes_on
    locked.save(update_fields=["closes_on"])
    audit.record(
        "secondment round: opened again",
        locked,
        by=by,
        reason=reason.strip(),
        before={"closes on": before},
        after={"closes on": closes_on},
    )
    return locked
