"""Whom a head has put forward is answered about (R-2.22). Without the teacher's name: it is for few."""

from astcoord.core import emails
from astcoord.core.clock import today
from staff.accounts.reads import heads_or_school
from staff.aspirants.models import Aspirant


def answered(row: Aspirant, *, listed: bool) -> None:
    """To the heads with an account: the school's own mailbox may have other readers."""
    for reader in heads_or_school(row.school, today()):
        if not reader.stands_in:
            key = f"aspirant-answered:{row.pk}:{'on' if listed else 'off'}:{reader.key}"
            template = "staff/aspirants/emails/aspirant-answered.txt"
            emails.send(template, to=reader, key=key, about=row, aspirant=row, listed=listed)
