"""The service navigation: apps register entries in `AppConfig.ready`, people see those of their roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from astcoord.core import policy

if TYPE_CHECKING:
    from staff.accounts.models import User


@dataclass(frozen=True, order=True)
class Entry:
    order: int
    label: str
    url_name: str
    role: str
    hint: str = ""
    setting: str = ""


_entries: set[Entry] = set()

SECURITY = ("Security", "mfa_index", "A second step when you sign in, passkeys, and where you are signed in")
"""Everybody's own: in the menu, or on the page "More" where there is one."""


def register(role: str, label: str, url_name: str, order: int = 50, *, hint: str = "", setting: str = "") -> None:
    """Show `label`, leading to `url_name`, to people who hold `role`; lower `order` comes first.

    An entry with a `hint` is for now and then: it stands on the page "More", with the hint beneath it. One with a
    `setting` is there only where the policy has that switched on.
    """
    _entries.add(Entry(order, label, url_name, str(role), hint, setting))


def entries_for(roles: Iterable[str]) -> list[Entry]:
    """The entries of any of `roles`, each page once, in order."""
    wanted = {str(role) for role in roles}
    seen: set[str] = set()
    found = []
    for entry in sorted(_entries):
        if entry.role in wanted and entry.url_name not in seen and _is_on(entry):
            seen.add(entry.url_name)
            found.append(entry)
    return found


def _is_on(entry: Entry) -> bool:
    return not entry.setting or bool(getattr(policy.in_force(), entry.setting))


def items_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries as the component wants them; the longest path that leads to this page is marked."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    named = [("Home", "home")]
    entries = entries_for(user.role_set)
    named += [(entry.label, entry.url_name) for entry in entries if not entry.hint]
    named += [("More", "more") if any(entry.hint for entry in entries) else SECURITY[:2]]
    named += [("Sign out", "account_logout")]
    links = [(label, url) for label, url in ((label, _url(name)) for label, name in named) if url]
    active = _active(request.path, [url for _, url in links])
    return [
        {"text": label, "href": url, "current": url == request.path, "active": url == active} for label, url in links
    ]


def more_for(user: "User") -> list[tuple[str, str, str]]:
    """What stands on the page "More": (label, url, hint)."""
    named = [(entry.label, entry.url_name, entry.hint) for entry in entries_for(user.role_set) if entry.hint]
    found = [(label, _url(url_name), hint) for label, url_name, hint in (*named, SECURITY)]
    return [row for row in found if row[1]]


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _active(path: str, urls: list[str]) -> str:
    leading = [url for url in urls if url == path or (url != "/" and path.startswith(url))]
    return max(leading, key=len, default="")
