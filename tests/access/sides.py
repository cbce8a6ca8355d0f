"""One placement's side of the world: its people, its things, and the marks in what its school asks for."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from astcoord.demo.ask import Ask
from placements.placement.models import Placement
from schools.register.models import School
from staff.accounts.models import User
from staff.posts.models import Post

OURS, THEIRS = "ZQO", "ZQT"
NOW = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)


def ask_of(side: str, base: Ask) -> Ask:
    """What a school asks for, with marks where people write freely."""
    return replace(
        base,
        task=f"{side}REQUEST {base.task}",
        outcome=f"{side}AIM {base.outcome}",
        baseline=f"{side}BASELINE {base.baseline}",
        people=tuple((f"Alma {side}STAFF{n}", kind, chosen) for n, (_, kind, chosen) in enumerate(base.people)),
        priorities=(f"{side}PRIORITY",),
    )


@dataclass
class Side:
    """One school's dealings with an AST, in every state that a page needs."""

    mark: str
    host: School
    host_head: User
    home: School
    home_head: User
    ast: User
    post: Post
    placement: Placement
    things: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, list[int]] = field(default_factory=dict)
    """Of every model which rows are this side's (`changed.rows_of`)."""

    def __getitem__(self, name: str) -> Any:
        return self.things[name]


@dataclass
class World:
    """Both sides, and who looks at them."""

    ours: Side
    theirs: Side
    users: dict[str, User]
    read: dict[str, dict[str, str]] = field(default_factory=dict)
    """What each person reads of it, by address (`crawl.read_by`)."""

    @cached_property
    def somebody_else(self) -> User:
        """Who is none of those that look."""
        return User.objects.exclude(pk__in=[user.pk for user in self.users.values()]).order_by("pk")[0]
