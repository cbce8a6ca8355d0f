"""What e-mail templates have without `{% load %}`, beside what documents have: lists, and the addresses of pages."""

from typing import Any

from django import template
from django.urls import reverse

from astcoord.core import outbox, shown, wording

register = template.Library()
register.filter("listed", wording.listed)


@register.filter
def one_line(text: Any) -> str:
    """A subject and a greeting are one line, whatever somebody pasted into a name."""
    return " ".join(str(text).split())


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
