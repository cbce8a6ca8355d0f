"""Who may reach a view. Deny by default: a view that does not say its rule stops the software (design, section 5)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import isclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from astcoord.core import policy
from astcoord.core.roles import Role

if TYPE_CHECKING:
    from staff.accounts.models import User

V = TypeVar("V", bound=Any)


class Request(HttpRequest):
    """A request as a view gets it whose door has been passed: somebody has signed in. For annotations only."""

    user: "User"  # type: ignore[assignment]


@dataclass(frozen=True)
class Rule:
    """What a view declared: the roles of which one is needed (empty: anyone signed in), or why it is public."""

    roles: frozenset[str] = frozenset()
    public: str = ""


def access(*roles: Role | frozenset[Role]) -> Callable[[V], V]:
    """Only people who hold one of `roles` (single roles or sets of them) reach the view; others get 403."""
    needed = frozenset().union(*(r if isinstance(r, frozenset) else {r} for r in roles))
    if not needed:
        raise TypeError("access() needs at least one role: use signed_in or public")
    return _declare(Rule(roles=frozenset(str(r) for r in needed)))


def signed_in(view: V) -> V:
    """Anyone with an account; what they see is decided by `visible_to`."""
    return _declare(Rule())(view)


def public(why: str) -> Callable[[V], V]:
    """Anyone at all. `why` is kept for the table of URLs and roles."""
    return _declare(Rule(public=why))


def only_where(setting: str) -> Callable[[V], V]:
    """Decorate a view below its rule: where the policy has the setting switched off, the page is not there."""

    def decorate(view: Any) -> Any:
        of_class = isclass(view)
        guarded: Any = view.dispatch if of_class else view

        @wraps(guarded)
        def switched(*args: Any, **kwargs: Any) -> HttpResponse:
            if not getattr(policy.in_force(), setting):
                raise Http404
            response: HttpResponse = guarded(*args, **kwargs)
            return response

        if not of_class:
            return switched
        changed: Any = view
        changed.dispatch = switched
        return changed

    return decorate


def require(allowed: bool, doing: str = "") -> None:
    """Raise `PermissionDenied` where a room's `permissions` say no: 403 on a page, and nothing done by an action."""
    if not allowed:
        raise PermissionDenied(doing)


def asked_by_itself(view: V) -> V:
    """Decorate a view that an open page asks for again and again: nobody is at work because of it."""
    view.asked_by_itself = True  # type: ignore[attr-defined]
    return view


def _declare(rule: Rule) -> Callable[[V], V]:
    def decorate(view: Any) -> Any:
        if isclass(view):
            guarded: Any = view
            guarded.dispatch = _guard(guarded.dispatch, rule, method=True)
            guarded.access_rule = rule
            guarded.login_required = not rule.public
            return guarded
        guarded = _guard(view, rule, method=False)
        guarded.access_rule = rule
        return login_not_required(guarded) if rule.public else guarded

    return decorate


def _guard(view: Callable[..., HttpResponse], rule: Rule, *, method: bool) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponse:
        request: Any = args[1] if method else args[0]
        if rule.roles and not (rule.roles & request.user.role_set):
            raise PermissionDenied
        return view(*args, **kwargs)

    return guarded


def rule_of(callback: Any) -> Rule | None:
    """The rule that a URL's callback declared, or None."""
    view = getattr(callback, "view_class", callback)
    return getattr(view, "access_rule", None)
