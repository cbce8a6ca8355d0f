"""What e-mail templates have without `{% load %}`, beside what documents have: lists, and the addresses of pages."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse

from astcoord.core import outbox, shown, wording
from astcoord.core.clock import today

NOTHING_WANTED = "Nothing is needed from you."
WANTED, BY, WHERE = "What is needed from you", "By when", "Where"
SOON = "as soon as you can"

register = template.Library()
register.filter("listed", wording.listed)


@register.filter
def one_line(text: Any) -> str:
    """A subject and a greeting are one line, whatever somebody pasted into a name."""
    return " ".join(str(text).split())


@register.filter
def ending(parts: str) -> str:
    """What is wanted, by when and where, as every e-mail says it (R-18.2); the three stand between lines of "==".

    Where nothing is wanted it says so, and the address is where to read more. `tests/test_emails.py` refuses a
    template that leaves out one of them; what went out is never without.
    """
    wanted, by, where = (one_line(part) for part in parts.split("\n==\n"))
    where = where or outbox.link(reverse("home"))
    if not wanted:
        return f"{NOTHING_WANTED}\nTo read more: {where}"
    return f"{WANTED}: {wanted}\n{BY}: {by or SOON}\n{WHERE}: {where}"


@register.simple_tag
def latest(day: date | None) -> str:
    """By when: the last day, or, if that has gone, that it has."""
    if day is None:
        return SOON
    return wording.date_words(day) if day >= today() else f"{SOON}: it was due by {wording.date_words(day)}"


@register.simple_tag
def before(day: date | None) -> str:
    """By when: before a day on which it must be done, as long as that is to come."""
    return SOON if day is None or day <= today() else f"before {wording.date_words(day)}"


@register.filter
def lower_first(text: Any) -> str:
    """For a heading used in a sentence: "Autumn term" → "autumn term"."""
    words = str(text)
    return words[:1].lower() + words[1:]


@register.simple_tag(takes_context=True)
def told(context: Any, text: Any, about: Any) -> str:
    """What somebody wrote of a case, as the message's reader may read it: `{% told request.task request %}`."""
    return str(shown.teller_at(context["to"].email, about)(str(text)))


@register.simple_tag
def page(name: str, *args: Any) -> str:
    """The whole address of a page: `{% page "placements:request_detail" request.pk %}`."""
    return outbox.link(reverse(name, args=args))
