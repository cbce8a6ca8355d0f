"""Start-up checks: a view that does not say who may see it stops the software (design, section 5)."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from astcoord.core.access import rule_of

THIRD_PARTY = ("allauth.", "django.")
"""Views of libraries keep their own rules: LoginRequiredMiddleware still stands before them."""


def url_patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern with its whole route."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from url_patterns(entry, route)
        else:
            yield route, entry


@register("access")
def every_view_declares_its_access(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An error for each of our views without `@access`, `@signed_in` or `@public`."""
    if not hasattr(settings, "ROOT_URLCONF"):
        return []
    return [
        Error(
            f"/{route} does not declare who may see it.",
            hint="Decorate the view with access(...), signed_in or public(...) from astcoord.core.access.",
            id="astcoord.E001",
        )
        for route, pattern in url_patterns()
        if rule_of(pattern.callback) is None and not pattern.callback.__module__.startswith(THIRD_PARTY)
    ]
