"""Termly meetings as a register, and what is decided at one (R-20.8)."""

from datetime import date

from django.db import transaction

from astcoord.core import audit
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.register import Register
from evaluation.termly import rules
from evaluation.termly.models import Decision, TermlyMeeting
from placements.notes.actions import NOTES
from staff.accounts.models import User
from staff.accounts.permissions import is_office


class TermlyMeetings(Register[TermlyMeeting]):
    """Kept by the office for the office. One with decisions stays."""

    model = TermlyMeeting
    noun = "termly meeting"
    rule = rules.RULE
    used_words = "Something was decided at this meeting, so it stays."

    def problems(self, row: TermlyMeeting) -> list[Problem]:
        others = TermlyMeeting.objects.filter(on=row.on).exclude(pk=row.pk)
        return rules.meeting_problems(row.items, taken=others.exists())

    def is_used(self, row: TermlyMeeting) -> bool:
        return row.decisions.exists()


MEETINGS = TermlyMeetings()


@transaction.atomic
def decide(*, meeting: TermlyMeeting, text: str, due_on: date | None, owner: User, by: User) -> Decision:
    """Write down a decision: a note for the first page of whoever does it, on the day by which it is to be done."""
    require(is_office(by), "write down a decision")
    if not TermlyMeeting.objects.select_for_update().filter(pk=meeting.pk).exists():
        raise Refused([Problem("This meeting has been taken off the list meanwhile", rule=rules.RULE, code="gone")])
    refuse(rules.decision_problems(due_on, today=today()))
    note = NOTES.save(by=by, text=text, due_on=due_on, owner=owner)
    made = Decision.objects.create(meeting=meeting, note=note)
    audit.record("termly meeting: decided", meeting, by=by, after={"what": text, "who": owner.name, "by": due_on})
    return made
