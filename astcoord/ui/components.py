"""GOV.UK Frontend components, rendered by macros that are compiled once."""

import json
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

from astcoord.core import words

PACKAGE = "govuk_frontend_jinja"

_environment = Environment(
    loader=PrefixLoader({PACKAGE: PackageLoader(PACKAGE)}),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
# The macros indent what they wrap. Inside a text area that would be spaces which nobody typed, more with every saving.
_environment.filters["indent"] = lambda html, *_, **__: html


@cache
def _macro(name: str) -> Callable[[Mapping[str, Any]], str]:
    template = _environment.get_template(f"{PACKAGE}/components/{name}/macro.html")
    macro: Callable[[Mapping[str, Any]], str] = getattr(template.module, f"govuk{name.title().replace('-', '')}")
    return macro


def render(name: str, params: Mapping[str, Any]) -> SafeString:
    """The component `name` (as in "date-input") as HTML: `text` values are escaped, `html` values trusted."""
    if name == "select":
        return _select(json.dumps(words.said(params), default=str))
    return mark_safe(str(_macro(name)(_plain(params))))


@lru_cache(maxsize=256)
def _select(params: str) -> SafeString:
    """A list to choose from has the same options for everybody, and many of them: it is written once.

    What it is made from is text alone, so that nothing in it passes for trusted HTML.
    """
    return mark_safe(str(_macro("select")(json.loads(params))))


def _plain(value: Any) -> Any:
    """Lazy strings, and those said when they are shown, as strings: the macros join some of them with `+`."""
    if isinstance(value, Promise | words.Later):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
