"""Participants say how a session went, change it, and take it back, by their own link (R-11.15).

They have no account. History tells that something was said of a day, and neither what nor by whom.
"""

from collections.abc import Mapping

from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import refuse
from evaluation.feedback import reads, rules
from evaluation.feedback.models import SessionFeedback
from placements.days.models import OutreachDay
from placements.supported.models import SupportedStaff
from placements.supported.reads import BY_LINK


@transaction.atomic
def say(*, day: OutreachDay, person: SupportedStaff, answers: Mapping[str, str]) -> SessionFeedback:
    """Keep a person's answers, codes by column of `QUESTIONS`; the later ones stand. Refused once they are counted."""
    person = _may_speak(day, person)
    feedback, is_new = SessionFeedback.objects.update_or_create(day=day, person=person, defaults=dict(answers))
    _record("said" if is_new else "changed", day)
    return feedback


@transaction.atomic
def take_back(*, day: OutreachDay, person: SupportedStaff) -> None:
    """As if nothing had been said; a second call changes nothing. Refused once it is counted."""
    person = _may_speak(day, person)
    gone, _ = SessionFeedback.objects.filter(day=day, person=person).delete()
    if gone:
        _record("taken back", day)


def _may_speak(day: OutreachDay, person: SupportedStaff) -> SupportedStaff:
    """The person's row is locked: sent twice at once, it is kept once."""
    person = SupportedStaff.objects.select_for_update().get(pk=person.pk)
    took_part = day.placement_id == person.placement_id and bool(reads.attended(person, [day]))
    refuse(rules.session_problems(day, took_part=took_part, today=today()))
    return person


def _record(what: str, day: OutreachDay) -> None:
    audit.record(f"feedback on a session: {what} {BY_LINK}", day, by=None)
