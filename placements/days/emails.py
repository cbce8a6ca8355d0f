"""N13: who hears of days planned, moved and cancelled. No names of supported staff, nothing about anybody's work."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from astcoord.core import outbox
from astcoord.core.clock import today
from astcoord.core.wording import counted, date_words, days_words
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from staff.accounts.models import RoleAssignment

Address = tuple[str, str]
VENUES = {"host": "at the host school", "home": "at the AST’s own school"}
SIDES = {"host": "the host school", "ast": "the AST or the AST’s own school"}


def planned(days: Sequence[OutreachDay], *, by: Any) -> None:
    """One message about one day or a whole series to the host school and the AST; not to the person who planned."""
    if not days:
        return
    first = days[0]
    lines = "\n".join(f"- {_when(day)}" for day in days)
    several = f"{len(days)} outreach days are planned" if len(days) > 1 else "An outreach day is planned"
    for name, email in _people(first.placement, by):
        outbox.queue(
            key=f"day-planned:{first.pk}:{len(days)}:{email}",
            kind="day-planned",
            to=(name, email),
            subject=f"{several} at {first.placement.host.name}",
            body=_body(first.placement, f"{several}:\n{lines}", prepare=True),
            about=first if len(days) == 1 else first.placement,
        )


def changed(day: OutreachDay, was: date, *, by: Any) -> None:
    """The day has moved, or is longer, shorter or elsewhere."""
    for name, email in _people(day.placement, by):
        outbox.queue(
            key=f"day-changed:{day.pk}:{day.on}:{day.days}:{day.venue}:{email}",
            kind="day-changed",
            to=(name, email),
            subject=f"The outreach day of {date_words(was)} at {day.placement.host.name} has changed",
            body=_body(day.placement, f"The day is now:\n- {_when(day)}", prepare=True),
            about=day,
        )


def parts_planned(days: Sequence[OutreachDay], *, by: Any) -> None:
    """Somebody else has said what happens on an AST's days: the AST hears of it."""
    first = days[0]
    ast = first.placement.post.user
    if by == ast or not ast.is_active:
        return
    lines = "\n".join(f"- {_when(day)}" for day in days)
    outbox.queue(
        key=f"day-parts:{first.pk}:{first.parts_version}",
        kind="day-parts",
        to=(ast.name, ast.email),
        subject=f"What happens on an outreach day at {first.placement.host.name} has been planned",
        body=_body(first.placement, f"{by.name} has planned what happens on:\n{lines}"),
        about=first,
    )


def cancelled(day: OutreachDay, *, by: Any) -> None:
    """The day is called off; what was still waiting to be sent about it is taken back."""
    outbox.cancel_about(day)
    for name, email in _people(day.placement, by):
        outbox.queue(
            key=f"day-cancelled:{day.pk}:{email}",
            kind="day-cancelled",
            to=(name, email),
            subject=f"The outreach day of {date_words(day.on)} at {day.placement.host.name} is cancelled",
            body=_body(
                day.placement,
                f"This day will not happen:\n- {_when(day)}\n\nCancelled by {SIDES[day.cancelled_by]}. "
                "The time goes back to the placement, and another day can be planned for it.",
            ),
            about=day,
        )


def _people(placement: Placement, by: Any) -> Iterator[Address]:
    """The host's heads and the AST, each once, without the one who did it."""
    heads = RoleAssignment.objects.heads_of(placement.host, today()).select_related("user")
    seen = {by.email if by is not None else ""}
    for user in [*(a.user for a in heads), placement.post.user]:
        if user.is_active and user.email not in seen:
            seen.add(user.email)
            yield user.name, user.email


def _body(placement: Placement, text: str, *, prepare: bool = False) -> str:
    who = f"{placement.post.user.name}, Advanced Skills Teacher, at {placement.host.name}"
    url = outbox.link(reverse("evaluation:placement_diary", args=[placement.pk]))
    parts = [f"Placement {placement.reference}: {who}.", text]
    if prepare and placement.notice_days:
        notice = counted(placement.notice_days, "school day")
        parts.append(f"If staff are asked to prepare something, the contract gives them {notice} of notice.")
    return "\n\n".join([*parts, f"The days of this placement:\n{url}"]) + "\n"


def _when(day: OutreachDay) -> str:
    share = "whole day" if day.days == 1 else days_words(day.days)
    return f"{day.on:%A} {date_words(day.on)}, {share}, {VENUES[day.venue]}"
