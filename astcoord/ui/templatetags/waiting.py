"""`{% waits thing %}`: for whom whoever looks is waiting, since when, and the button that reminds (R-18.5)."""

from typing import Any

from django import template

from astcoord.core import waiting

register = template.Library()


@register.inclusion_tag("ui/waits.html", takes_context=True)
def waits(context: Any, thing: Any) -> dict[str, Any]:
    """Nothing where nobody is waited for, or the reader does not wait."""
    request = context["request"]
    token = context.get("csrf_token")
    return {"lines": waiting.lines_of(thing, request.user), "request": request, "csrf_token": token}
