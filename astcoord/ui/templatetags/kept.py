"""`{% csrf_token %}` in every template: Django's, and for whom the form was drawn (`astcoord.ui.kept`)."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from astcoord.ui import kept

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString | str:
    """Two hidden fields; one where nobody is signed in, none where the page has no token."""
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105  Django's word for none
        return ""
    field = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    request = context.get("request")
    owner = kept.owner_of(request) if request is not None else ""
    return field + format_html('<input type="hidden" name="{}" value="{}">', kept.OWNER, owner) if owner else field
