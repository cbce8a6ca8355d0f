"""An AST’s checklist, who lacks which topic, and who may co-ordinate training (R-3.11, R-3.21)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from staff.accounts.models import RoleAssignment, User
from staff.figures.permissions import reads_sums
from staff.figures.reads.sheets import Sheet, Table
from staff.posts.models import Post
from staff.posts.reads.posts import Card
from staff.training import permissions
from staff.training.lifecycle import Topic
from staff.training.models import RoleTraining, TrainingCoordinator
from staff.training.querysets import posts_of

ASTS, HAD, LACK = 1, 2, 3
"""Columns that add up to all ASTs."""


@dataclass(frozen=True)
class Line:
    """One topic of the checklist; without `training` the AST has not had it."""

    topic: str
    training: RoleTraining | None


def checklist(post: Post) -> list[Line]:
    """All seven topics; training in an earlier post of the same person counts. One query."""
    rows = RoleTraining.objects.filter(post__user=post.user_id).select_related("recorded_by")
    had = {row.topic: row for row in rows}
    return [Line(str(topic.label), had.get(topic.value)) for topic in Topic]


def wanting(post: Post) -> list[tuple[str, str]]:
    """What can still be recorded, as choices."""
    had = {line.topic for line in checklist(post) if line.training}
    return [(topic.value, str(topic.label)) for topic in Topic if topic.label not in had]


def card(post: Post, user: User, today: date) -> Iterator[Card]:
    """How much of the checklist is done, for those who may read it. One query."""
    if not permissions.can_read(user, post) or not post.starts_on:
        return
    lines = checklist(post)
    rows = [("Topics had", f"{sum(bool(line.training) for line in lines)} of {len(lines)}")]
    yield Card("Role training", rows, (("Checklist of role training", reverse("staff:role_training", args=[post.pk])),))


def gaps(user: User, today: date) -> Sheet:
    """Topics by how many ASTs had them, and which AST lacks which; officers read the numbers only. Two queries."""
    every = user.has_role(*OFFICE, Role.OFFICER) or permissions.coordinates_training(user)
    found = posts_of(user, every=every).in_post(today).select_related("user", "home").prefetch_related("expertise")
    posts = list(found.order_by("user__name_key", "pk"))
    had = _had(posts)
    tables = [_by_topic(posts, had)] if posts else []
    if reads_sums(user):
        tables = [table.for_officers(sums=[(ASTS, HAD, LACK)]) for table in tables]
    elif lacking := [post for post in posts if len(had.get(post.user_id, ())) < len(Topic)]:
        tables.append(_by_person(lacking, had, user))
    return Sheet(
        name="role-training",
        title=say("Role training: what ASTs lack"),
        tables=tuple(tables),
        lead="" if every else say("These are the ASTs of your subjects."),
        notes=(say("ASTs in post today. What somebody had in an earlier AST post counts."),),
        empty=say("There is no AST in post."),
    )


def _had(posts: list[Post]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = RoleTraining.objects.filter(post__user__in={post.user_id for post in posts})
    for account, topic in rows.values_list("post__user_id", "topic"):
        found.setdefault(account, set()).add(topic)
    return found


def _by_topic(posts: list[Post], had: dict[int, set[str]]) -> Table:
    people = {post.user_id for post in posts}
    lines = []
    for topic in Topic:
        count = sum(topic.value in had.get(account, ()) for account in people)
        lines.append((str(topic.label), len(people), count, len(people) - count))
    return Table("csv", "By topic", ("Topic", say("ASTs"), "Had it", "Lack it"), tuple(lines))


def _by_person(posts: list[Post], had: dict[int, set[str]], user: User) -> Table:
    """Who lacks which; the names lead on for those who may open an AST’s checklist."""
    rows = []
    for post in posts:
        lacks = [str(topic.label) for topic in Topic if topic.value not in had.get(post.user_id, ())]
        rows.append((post.name, post.home.name, "; ".join(lacks)))
    table = Table("people", say("ASTs who lack a topic"), (say("AST"), "Home school", "Lacks"), tuple(rows), words=3)
    return replace(table, links=tuple(_link(post, user) for post in posts))


def _link(post: Post, user: User) -> str:
    return reverse("staff:role_training", args=[post.pk]) if permissions.can_read(user, post) else ""


def may_be_named(today: date) -> list[User]:
    """Consultants, and ASTs in post. Two queries."""
    held = RoleAssignment.objects.in_force(today).filter(role__in=permissions.MAY_BE_NAMED, user__is_active=True)
    found = {each.user for each in held.select_related("user")}
    return sorted(found, key=lambda user: (user.name, user.pk))


def coordinators() -> list[TrainingCoordinator]:
    """All there were, the newest first. One query."""
    return list(TrainingCoordinator.objects.select_related("user"))
