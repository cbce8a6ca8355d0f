"""N14: a planned day that nobody has written up."""

from django.urls import reverse

from astcoord.core import outbox
from astcoord.core.models.messages import Message
from astcoord.core.wording import date_words
from placements.days.models import OutreachDay


def missing_key(day: OutreachDay) -> str:
    """One reminder per day and date, ever: a day that was moved may be asked about again."""
    return f"diary-missing:{day.pk}:{day.on}"


def missing(day: OutreachDay) -> Message:
    """Ask the AST to write the day up or to cancel it."""
    ast = day.placement.post.user
    url = outbox.link(reverse("evaluation:write_up_day", args=[day.pk]))
    return outbox.queue(
        key=missing_key(day),
        kind="diary-missing",
        to=(ast.name, ast.email),
        subject=f"Outreach day of {date_words(day.on)} not in the diary yet",
        body=(
            f"Your outreach day at {day.placement.host.name} was planned for {date_words(day.on)}. "
            f"It has no diary entry yet, so its time does not count as delivered.\n\n"
            f"Write it up, or cancel it if it did not happen:\n{url}\n"
        ),
        about=day,
    )
