"""`{% csrf_token %}` in every template: Django's, for whom the form was drawn (`astcoord.ui.kept`), and its own key.

With the key a form that is sent twice is done once (`astcoord.ui.once`). Browsers are told not to fill the fields in
again themselves: a page that is loaded anew has a key of its own.
"""

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from astcoord.ui import kept, once

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString | str:
    """Three hidden fields; two where nobody is signed in, none where the page has no token."""
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105  Django's word for none
        return ""
    request = context.get("request")
    found = [
        ("csrfmiddlewaretoken", token),
        (kept.OWNER, kept.owner_of(request) if request is not None else ""),
        (kept.KEY, once.new_key()),
    ]
    line = '<input type="hidden" name="{}" value="{}" autocomplete="off">'
    return format_html_join("", line, [(name, value) for name, value in found if value])
