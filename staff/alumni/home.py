"""The board of former ASTs in the menu, and the question before the last day (R-3.17)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home, policy
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui import navigation
from staff.accounts.models import User
from staff.alumni.querysets import READERS
from staff.posts.models import Post


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=90)
    hint = say("Former ASTs who wish to be found")
    for role in READERS:
        navigation.register(role, say("Former ASTs"), "staff:alumni", 85, hint=hint, setting="alumni")


def tasks(user: User, today: date) -> Iterator[Task]:
    """One query, for an AST with a last day who has not answered."""
    if not user.has_role(Role.AST) or not policy.in_force(today).alumni:
        return
    leaving = Post.objects.in_post(today).filter(user=user, ends_on__isnull=False)
    for post in leaving.exclude(alumni_entry__answered_on__isnull=False):
        url = reverse("staff:alumni_own", args=[post.pk])
        yield Task("Say whether former colleagues may find you", url, due=post.ends_on, hint="Yes or no, as you like")
