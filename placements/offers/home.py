"""What an AST finds on the first page and in the menu of schools that look for help (R-7.9)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Panel
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.ui import navigation
from placements.offers import reads
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(panels=panels, order=45)
    hint = "Open requests in your subjects: say what you could do"
    navigation.register(Role.AST, "Schools looking for help", "placements:looking_for_help", 21, hint=hint)


def panels(user: User, today: date) -> Iterator[Panel]:
    """How many there are, where there are any. A fixed number of queries."""
    post = reads.own_post(user) if user.has_role(Role.AST) else None
    if count := reads.open_to(post, today).count() if post else 0:
        text = f"{counted(count, 'request')} in your subjects and key stages, for which nobody has been found yet."
        links = (("Say what you could do", reverse("placements:looking_for_help")),)
        yield Panel("Schools looking for help", text=text, links=links)
