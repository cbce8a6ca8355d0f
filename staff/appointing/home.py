"""What candidates want of the co-ordinator on the first page; they are nobody else's in the office (section G*)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=56)


def tasks(user: User, today: date) -> Iterator[Task]:
    """Assessments to book, results to record, first days to enter. One query."""
    if not user.has_role(Role.COORDINATOR):
        return
    held = Q(status=PostStatus.BOOKED, assessments__result="", assessments__on__lte=today)
    found = {
        PostStatus.CANDIDATE: ("Assessments to book", Q(status=PostStatus.CANDIDATE)),
        PostStatus.BOOKED: ("Results of assessments to record", held),
        PostStatus.PASSED: ("Candidates who have passed: record the first day in post", Q(status=PostStatus.PASSED)),
    }
    named = Post.objects.filter(candidature__isnull=False)
    counts = named.aggregate(**{str(stage): Count("pk", filter=q, distinct=True) for stage, (_, q) in found.items()})
    for stage, (title, _) in found.items():
        if counts[str(stage)]:
            yield Task(title, f"{reverse('staff:posts')}?status={stage.value}", count=counts[str(stage)])
