"""What the pay of ASTs wants of people on their first page (R-2.4, R-2.7)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from astcoord.ui import navigation
from staff.accounts.models import User
from staff.pay import rules
from staff.pay.models import PayRange, PostContract
from staff.posts.models import Post
from staff.posts.querysets import PostQuerySet


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=58)
    what = "What each post brings in, and what its point costs"
    for role in (Role.COORDINATOR, Role.OFFICER):
        navigation.register(
            role, "Income and cost of posts", "staff:pay_gaps", order=71, hint=what, group=navigation.REPORTS
        )


def tasks(user: User, today: date) -> Iterator[Task]:
    """One query for co-ordinator and head, one for governors and ASTs."""
    if user.has_role(Role.COORDINATOR, Role.HEADTEACHER):
        yield from _due(user, today)
    if user.has_role(Role.GOVERNOR, Role.AST):
        yield from _ranges(user)


def _pay(post: Post) -> str:
    return reverse("staff:pay", args=[post.pk])


def _due(user: User, today: date) -> Iterator[Task]:
    """R-2.4: the terms that end."""
    rows = PostContract.objects.due(today + rules.DUE_BEFORE).filter(post__in=_kept(user))
    for each in rows.select_related("post__user").order_by("ends_on", "pk"):
        until = each.ends_on or today
        words = f"Funding decision due: {each.post.name}, until {date_words(until)}"
        yield Task(words, _pay(each.post), due=max(until, today), hint="The fixed term ends then")


def _ranges(user: User) -> Iterator[Task]:
    """R-2.7: ranges that this person is heard on, or decides."""
    governs, own = user.schools_as(Role.GOVERNOR), user.pk if user.has_role(Role.AST) else 0
    theirs = Q(post__home__in=governs) | Q(post__user=own)
    for each in PayRange.objects.waiting().filter(theirs).select_related("post__user").order_by("starts_on", "pk"):
        if each.post.user_id != user.pk:
            yield Task(f"Decide the pay range of {each.post.name}", _pay(each.post))
        elif each.talked_on is None:
            yield Task("Read the pay range that is proposed for you", _pay(each.post))


def _kept(user: User) -> PostQuerySet:
    """The posts whose pay this person keeps."""
    if user.has_role(Role.COORDINATOR):
        return Post.objects.order_by()
    return Post.objects.filter(home__in=user.schools_as(Role.HEADTEACHER)).order_by()
