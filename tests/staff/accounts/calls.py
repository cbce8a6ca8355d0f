"""What a view can come to call, read off the functions themselves: no list of pages has to be kept for it.

Every name that a function mentions counts as called, and so does what a registry, a form or a dataclass on the way
holds: rather too much than too little.
"""

import inspect
import re
import types
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

OURS = ("astcoord.", "schools.", "staff.", "placements.", "evaluation.")


def views() -> dict[str, Any]:
    """Every page of ours by the name of its address."""
    return {name: view for name, view in _views(get_resolver(), "") if getattr(view, "login_required", True)}


def _views(resolver: URLResolver, space: str) -> Iterator[tuple[str, Any]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", each.callback
        else:
            yield from _views(each, f"{space}{each.namespace}:" if each.namespace else space)


class Calls:
    """What leads to what, from these starts on."""

    def __init__(self, starts: Iterable[Any]) -> None:
        self.things: dict[int, Any] = {}
        self.callers: dict[int, set[int]] = defaultdict(set)
        waiting = list(starts)
        while waiting:
            thing = waiting.pop()
            if id(thing) in self.things:
                continue
            self.things[id(thing)] = thing
            for other in _mentioned(thing):
                self.callers[id(other)].add(id(thing))
                waiting.append(other)

    @cached_property
    def functions(self) -> list[types.FunctionType]:
        """Those of ours on the way that somebody wrote: what `dataclass` makes has no source."""
        found = [thing for thing in self.things.values() if isinstance(thing, types.FunctionType) and _is_ours(thing)]
        return [each for each in found if not each.__code__.co_filename.startswith("<")]

    def writing(self, pattern: re.Pattern[str], *, names: set[str]) -> list[types.FunctionType]:
        """Functions whose source has `pattern`; it is read only of those that mention one of `names`."""
        return [
            each
            for each in self.functions
            if names & {name for code in _codes(each.__code__) for name in (*code.co_names, *code.co_consts)}
            and pattern.search(inspect.getsource(each))
        ]

    def leading_to(self, ends: Iterable[Any]) -> set[int]:
        """The ids of all that can come to call one of `ends`."""
        found: set[int] = set()
        waiting = [id(end) for end in ends]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting.extend(self.callers[each])
        return found


def _is_ours(thing: Any) -> bool:
    return (getattr(thing, "__module__", None) or "").startswith(OURS)


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _codes(inner)


def _mentioned(thing: Any) -> Iterator[Any]:
    """What may be called by way of a thing, short of what is nothing to call."""
    return (
        each for each in _held(thing) if not isinstance(each, str | bytes | int | types.NoneType | types.ModuleType)
    )


def _held(thing: Any) -> Iterator[Any]:
    match thing:
        case types.FunctionType():
            yield from _of_function(thing)
        case types.MethodType():
            yield from (thing.__self__, thing.__func__)
        case staticmethod() | classmethod():
            yield thing.__func__
        case property():
            yield thing.fget
        case partial():
            yield from (thing.func, *thing.args, *thing.keywords.values())
        case dict():
            yield from thing.values()
        case list() | tuple() | set() | frozenset():
            yield from thing
        case type():
            if not issubclass(thing, Model):
                yield from (held for kind in thing.__mro__ if _is_ours(kind) for held in vars(kind).values())
        case _ if _is_ours(type(thing)):
            yield from (type(thing), *getattr(thing, "__dict__", {}).values())


def _of_function(function: types.FunctionType) -> Iterator[Any]:
    inner = vars(function)
    yield from (inner.get("__wrapped__"), inner.get("view_class"), inner.get("view_initkwargs"))
    if not (_is_ours(function) or "__wrapped__" in inner):
        return
    yield from (cell.cell_contents for cell in function.__closure__ or ())
    yield from (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
    names = [name for code in _codes(function.__code__) for name in code.co_names]
    for name in names:
        held = function.__globals__.get(name)
        if isinstance(held, types.ModuleType) and held.__name__.startswith(OURS):
            yield from (getattr(held, inside, None) for inside in names)
        else:
            yield held
