"""The menu: apps register entries in `AppConfig.ready`, people see those of their roles (R-20.1).

What is needed every day stands in the menu itself. What is for now and then stands on the page "More", in groups, and
what serves one list stands above that list, too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from astcoord.core import policy
from astcoord.core.words import say_later

if TYPE_CHECKING:
    from staff.accounts.models import User

REQUESTS, ASTS, SCHOOLS, REPORTS = (
    say_later("Requests and placements"),
    say_later("ASTs"),
    "Schools",
    "Reports and figures",
)
OFFICE, OWN = "Running the service", "Your account"
GROUPS = (REQUESTS, ASTS, SCHOOLS, REPORTS, OFFICE, OWN)
"""The headings of the page "More", in its order."""

OF_FLOOR = {"placements": REQUESTS, "evaluation": REPORTS, "staff": ASTS, "schools": SCHOOLS}
"""Where an entry stands that names no group: by the app of its address."""


@dataclass(frozen=True, order=True)
class Entry:
    order: int
    label: str
    url_name: str
    role: str
    hint: str = ""
    setting: str = ""
    group: str = ""
    under: str = ""

    @property
    def heading(self) -> str:
        """Under which it stands on the page "More"."""
        return self.group or OF_FLOOR.get(self.url_name.partition(":")[0], OFFICE)


_entries: set[Entry] = set()

SECURITY = ("Security", "mfa_index", "A second step when you sign in, passkeys, and where you are signed in")
"""Everybody's own: in the menu, or on the page "More" where there is one."""


def register(
    role: str,
    label: str,
    url_name: str,
    order: int = 50,
    *,
    hint: str = "",
    setting: str = "",
    group: str = "",
    under: str = "",
) -> None:
    """Show `label`, leading to `url_name`, to people who hold `role`; lower `order` comes first.

    An entry with a `hint` is for now and then: it stands on the page "More", in its `group`, with the hint beneath it.
    One with a `setting` is there only where the policy has that switched on. One that stands `under` a page of the
    menu, as the plans do under the requests, is named at the top of that page as well, and marks it in the menu.
    """
    _entries.add(Entry(order, label, url_name, str(role), hint, setting, group, under))


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
    """The menu: `current` is this very page, `active` the entry that leads here. Signing out stands apart from it."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    entries = entries_for(user.role_set)
    named = [("Home", "home"), *((entry.label, entry.url_name) for entry in entries if not entry.hint)]
    named += [("More", "more") if any(entry.hint for entry in entries) else SECURITY[:2]]
    links = [(label, name, url) for label, name, url in ((label, name, _url(name)) for label, name in named) if url]
    active = _active(request.path, [(name, url) for _, name, url in links], entries)
    return [
        {"text": label, "href": url, "current": url == request.path, "active": name == active}
        for label, name, url in links
    ]


def more_for(user: "User") -> list[tuple[str, list[tuple[str, str, str]]]]:
    """What stands on the page "More": by heading, each (label, url, hint)."""
    found = [(e.heading, e.label, _url(e.url_name), e.hint) for e in entries_for(user.role_set) if e.hint]
    found.append((OWN, SECURITY[0], _url(SECURITY[1]), SECURITY[2]))
    reached = sorted((row for row in found if row[2]), key=lambda row: GROUPS.index(row[0]))
    return [(heading, [row[1:] for row in rows]) for heading, rows in groupby(reached, key=lambda row: row[0])]


def beside(request: HttpRequest) -> list[tuple[str, str]]:
    """What serves this page, as (label, url)."""
    user: Any = request.user
    here = getattr(request.resolver_match, "view_name", "")
    if not (here and user.is_authenticated):
        return []
    found = [(entry.label, _url(entry.url_name)) for entry in entries_for(user.role_set) if entry.under == here]
    return [row for row in found if row[1]]


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _active(path: str, links: list[tuple[str, str]], entries: list[Entry]) -> str:
    """The entry of the menu with the longest address that leads to this page, or that what leads here stands under.

    Where none leads here, the one of the same part of the house: /requests/12/ belongs to /requests/queue/.
    """
    shown = {name for name, _ in links}
    below = [(entry.under, _url(entry.url_name)) for entry in entries if entry.under in shown]
    leading = [
        (url, name) for name, url in (*links, *below) if url and (url == path or (path.startswith(url) and url != "/"))
    ]
    if leading:
        return max(leading, key=lambda found: len(found[0]))[1]
    part = path.split("/")[1]
    return next((name for name, url in links if part and url.split("/")[1] == part), "")
