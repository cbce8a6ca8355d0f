"""N14: a planned day that nobody has written up."""

from astcoord.core import emails
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message
from placements.days.models import OutreachDay


def missing_key(day: OutreachDay) -> str:
    """One reminder per day and date, ever: a day that was moved may be asked about again."""
    return f"diary-missing:{day.pk}:{day.on}"


def missing(day: OutreachDay) -> Message:
    """Ask the AST to write the day up or to cancel it."""
    ast = Reader.of(day.placement.post.user)
    return emails.send("evaluation/diary/emails/diary-missing.txt", to=ast, key=missing_key(day), about=day, day=day)
