"""By when an outreach day is to be written up: within a week, or in as many working days as the policy says (R-19.2).

It is how the authority works today that counts, for all its placements alike.
"""

from datetime import date, timedelta

from astcoord.core import clock, policy
from astcoord.core.week import latest
from astcoord.core.wording import counted
from schools.calendar.reads import working_days_after

USUALLY = timedelta(days=7)


def due_on(day: date, today: date) -> date:
    """The last day on which the record of an outreach day is in time."""
    within = policy.in_force(today).record_due_days
    return working_days_after(day, within) if within else day + USUALLY


def due_by(day: date) -> date:
    """As the lists and the first page count it: `due_on`, as the policy is today."""
    return due_on(day, clock.today())


def late_until(today: date) -> date:
    """Outreach days up to this one, still without a record, are late today: reminded of, and counted by the office."""
    within = policy.in_force(today).record_due_days
    if not within:
        return today - USUALLY
    return latest(today - timedelta(days=1), lambda day: working_days_after(day, within))


def within_words(today: date) -> str:
    """ "for a week", "within 5 working days": how long nobody has written it up."""
    within = policy.in_force(today).record_due_days
    return f"within {counted(within, 'working day')}" if within else "for a week"
