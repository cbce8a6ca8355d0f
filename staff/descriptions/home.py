"""What job descriptions want of people on their first page (R-2.5, R-2.6)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from staff.accounts.models import User
from staff.descriptions.lifecycle import DescriptionStatus
from staff.descriptions.models import JobDescription
from staff.descriptions.permissions import can_answer
from staff.posts.lifecycle import POST_OVER, PostStatus
from staff.posts.models import Post
from staff.posts.permissions import is_home_head


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=45)
    home.register(tasks=unwritten, order=95)


def tasks(user: User, today: date) -> Iterator[Task]:
    """Those that wait for this person, and drafts to be finished. One query; a candidate has no role yet."""
    heads = user.schools_as(Role.HEADTEACHER)
    wrote = user.has_role(Role.COORDINATOR)
    if user.role_set and not (heads or wrote or user.has_role(Role.AST)):
        return
    mine = Q(post__home_id__in=heads) | Q(post__user=user) | Q(written_by=user)
    found = JobDescription.objects.open().filter(mine).exclude(post__status__in=POST_OVER)
    for each in found.select_related("post__user").order_by("pk"):
        whose = "your job description" if each.post.user_id == user.pk else f"the job description of {each.post.name}"
        writes = is_home_head(user, each.post) or (wrote and each.written_by_id == user.pk)
        if each.status == DescriptionStatus.DRAFT and writes:
            hint = "It was sent back: read what is to change" if each.to_change else "It is a draft"
            yield Task(f"Finish {whose}", each.get_absolute_url(), hint=hint)
        elif each.status != DescriptionStatus.DRAFT and can_answer(user, each):
            yield Task(f"Agree to {whose}, or send it back", each.get_absolute_url())


def unwritten(user: User, today: date) -> Iterator[Task]:
    """For a head: candidates and ASTs without a job description. One query."""
    schools = user.schools_as(Role.HEADTEACHER)
    if not schools:
        return
    begun = JobDescription.objects.exclude(status=DescriptionStatus.WITHDRAWN).values("post_id")
    posts = Post.objects.filter(home_id__in=schools).exclude(pk__in=begun)
    wanting = posts.current().select_related("user")
    for post in wanting:
        if post.status != PostStatus.IN_POST:
            hint = "Nobody is in post before it is agreed"
            yield Task(f"Write the job description of {post.name}", _begin(post), hint=hint)
    held = [post for post in wanting if post.status == PostStatus.IN_POST]
    hint = say("When you have time: its four parts are agreed with the AST")
    if len(held) == 1:
        yield Task(f"Write the job description of {held[0].name}", _begin(held[0]), hint=hint)
    elif held:
        title = say("ASTs without a job description")
        yield Task(title, reverse("staff:own_asts"), count=len(held), hint=hint)


def _begin(post: Post) -> str:
    return reverse("staff:description_begin", args=[post.pk])
