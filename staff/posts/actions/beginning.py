"""A post begins: the one thing that appointing and entering somebody who is in post already have in common."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from astcoord.core import audit, policy
from astcoord.core.clock import today
from astcoord.core.problems import Problem, refuse
from astcoord.core.roles import Role
from astcoord.core.turns import one_after_the_other
from astcoord.core.words import say
from schools.register.models import School
from staff.accounts.actions.people import add_person
from staff.accounts.models import User
from staff.expertise.vocabulary import InductionStep
from staff.openings import actions as openings
from staff.posts import rules
from staff.posts.lifecycle import CAPACITY_PASSED
from staff.posts.models import InductionItem, Post

on_in_post: list[Callable[[Any, Any], object]] = []
"""Floors above put here what they do when somebody comes into post, such as opening the year's budget."""


@transaction.atomic
def begin(post: Post, *, reason: str, by: User, invite: bool = True, capacity_reason: str = "") -> None:
    """What comes with a post that is held from now on: the opening is filled, induction, role, this year's days.

    Passing the authority's capacity needs a reason, which is kept (R-14.4).
    """
    _within_capacity(post, capacity_reason, by=by)
    if post.opening is not None:
        openings.fill(opening=post.opening, reason=reason, by=by)
    open_induction(post)
    person = post.user
    add_person(
        name=person.name,
        email=person.email,
        role=Role.AST,
        school=post.home,
        by=by,
        starts_on=post.starts_on,
        invite=invite,
    )
    for tell in on_in_post:
        tell(post, by)


def open_induction(post: Post) -> None:
    """The four steps that follow the pass, to be gone through; those that are there stay as they are (R-3.2)."""
    InductionItem.objects.bulk_create(
        [InductionItem(post=post, step=step) for step in InductionStep], ignore_conflicts=True
    )


def second_post_problems(*, person: User, home: School, field: str = "email") -> list[Problem]:
    """Nobody has two posts at one school at once (R-2.1). One query."""
    if not Post.objects.current().filter(user=person, home=home).exists():
        return []
    return [Problem(f"{person.name} already has a post at {home.name}", field, "R-2.1", "another-post")]


def beyond_capacity(more: int = 1, *, on: date | None = None) -> bool:
    """Whether so many ASTs more would pass the authority's capacity (R-14.4). Two queries."""
    capacity = policy.in_force().capacity
    now = today()
    return capacity is not None and Post.objects.in_post_from(max(on or now, now)).count() + more > capacity


def _within_capacity(post: Post, reason: str, *, by: User) -> None:
    """`post` is in post already and counts. Of two who fill the last place at once the second waits here."""
    capacity = policy.in_force().capacity
    if capacity is None:
        return
    one_after_the_other(say("places for ASTs"))
    count = Post.objects.in_post_from(max(post.starts_on or today(), today())).count()
    if count <= capacity:
        return
    refuse(rules.capacity_problems(capacity=capacity, count=count, reason=reason))
    after = {"capacity": capacity, say("ASTs in post"): count}
    audit.record(CAPACITY_PASSED, post, by=by, reason=reason.strip(), after=after)
