"""Start-up checks: a view that does not say who may see it stops the software, and so does a forgotten text."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from astcoord.core import personal_data
from astcoord.core.access import rule_of
from astcoord.core.models.about import AppendOnly, AppendOnlyQuerySet

THIRD_PARTY = ("allauth.", "django.")
"""Views of libraries keep their own rules: LoginRequiredMiddleware still stands before them. So do their tables."""


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


@register("personal_data")
def every_text_is_declared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An error for each column of ours that can hold words and of which nobody said whom it may name (section G)."""
    return [
        Error(
            f"{model.__name__}: {problem}.",
            hint="Say it in the model: personal_data = PersonalData(...), see astcoord.core.personal_data.",
            obj=model,
            id="astcoord.E002",
        )
        for model in apps.get_models()
        if not model.__module__.startswith(THIRD_PARTY)
        for problem in (*personal_data.problems(model), *_written_unclean(model))
    ]


def _written_unclean(model: Any) -> Iterator[str]:
    """Rows for ever, of which many at once would be written with the names in them."""
    for_ever = issubclass(model, AppendOnly) and personal_data.of(model).may_name
    if for_ever and not isinstance(model._default_manager.all(), AppendOnlyQuerySet):
        yield "its manager is not made of AppendOnlyQuerySet, so what can never be changed is not cleaned of names"
