"""N14: a planned day that nobody has written up. And one that was written up with the wrong time (R-10.8)."""

from datetime import date

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message
from evaluation.diary.models import DiaryEntry
from placements.days.models import OutreachDay
from placements.days.reads.records import due_on
from staff.accounts.models import User
from staff.accounts.reads import heads_or_school


def missing_key(day: OutreachDay) -> str:
    """One reminder per day and date, ever: a day that was moved may be asked about again."""
    return f"diary-missing:{day.pk}:{day.on}"


def missing(day: OutreachDay) -> Message:
    """Ask the AST to write the day up or to cancel it."""
    ast, due = Reader.of(day.placement.post.user), due_on(day.on, today())
    return emails.send(
        "evaluation/diary/emails/diary-missing.txt", to=ast, key=missing_key(day), about=day, day=day, due=due
    )


def time_corrected(entry: DiaryEntry, was: date, *, by: User) -> None:
    """The host school knows of every outreach day, so it hears when one is put right afterwards."""
    day = entry.day
    for reader in heads_or_school(day.placement.host, today()):
        key = f"diary-time-corrected:{day.pk}:{day.on}:{day.days}:{day.venue}:{reader.key}"
        template = "evaluation/diary/emails/diary-time-corrected.txt"
        emails.send(template, to=reader, key=key, about=day, day=day, entry=entry, was=was, by=by)
