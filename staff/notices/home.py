"""What is new for an AST, on the first page (R-3.20)."""

from collections.abc import Iterator
from datetime import date

from astcoord.core import home
from astcoord.core.home import Panel
from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.notices.models import Notice

MOST = 5


def register() -> None:
    """What this room puts on the first page."""
    home.register(panels=panels, order=20)


def panels(user: User, today: date) -> Iterator[Panel]:
    """The newest notices for this AST. One query."""
    if user.has_role(Role.AST):
        found = Notice.objects.shown(today).meant_for(user, today)[:MOST]
        if links := tuple((notice.title, notice.get_absolute_url()) for notice in found):
            yield Panel("News for you", links=links)
