"""What inductions want of those who lead ASTs on the first page, and their entry in the menu."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.ui import navigation
from staff.accounts.models import User
from staff.inductions.reads import with_steps_to_do, without_meeting
from staff.posts.models import Post

KEEPERS = (Role.COORDINATOR, Role.CONSULTANT)


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=57)
    for role in KEEPERS:
        navigation.register(
            role, "Inductions", "staff:inductions", 73, hint="Before the assessment, and after the pass"
        )


def tasks(user: User, today: date) -> Iterator[Task]:
    """Candidates to be met, and steps to be gone through. Two queries."""
    if not user.has_role(*KEEPERS):
        return
    posts = Post.objects.led_by(user)
    found = {
        "meeting": ("Candidates to meet before their assessment", without_meeting(posts)),
        "steps": ("Inductions to finish", with_steps_to_do(posts.present(today))),
    }
    for check, (title, rows) in found.items():
        if count := rows.count():
            yield Task(title, f"{reverse('staff:inductions')}?check={check}", count=count)
