"""`{% csrf_token %}` in every template: Django's, for whom the form was drawn (`astcoord.ui.kept`), and its own key.

With the key a form that is sent twice is done once (`astcoord.ui.once`). Browsers are told not to fill the fields in
again themselves: a page that is loaded anew has a key of its own.
"""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from astcoord.ui import away, kept, once

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


@register.simple_tag(takes_context=True)
def kept_for(context: Any) -> SafeString | str:
    """On the body: under which mark texts of whoever is signed in lie on the device."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return format_html(' data-kept-for="{}" data-kept-sent="{}"', away.mark_of(user), reverse("was_sent", args=["KEY"]))


@register.simple_tag(takes_context=True)
def kept_here(context: Any) -> SafeString:
    """Around a form whose text is kept on the device until it has arrived (`astcoord.ui.away`)."""
    form = context.get("form")
    key = away.key_of(context["request"].user)
    return format_html(' data-kept-key="{}"{}', key, mark_safe(" data-kept-drawn") if form and form.is_bound else "")
