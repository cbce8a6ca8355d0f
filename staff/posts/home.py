"""What posts and profiles want of people on their first page."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from astcoord.core import home, opening, week
from astcoord.core.doubt import doubtful
from astcoord.core.home import Task
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.opening import SetUpStep
from astcoord.core.roles import OFFICE, Role
from astcoord.core.week import Daily
from astcoord.core.wording import counted
from astcoord.core.words import say, say_later
from astcoord.ui import navigation
from staff.accounts.models import User
from staff.accounts.reads import not_reached
from staff.posts.models import Post, PostAbsence


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=60)
    week.register_days(AWAY)
    opening.register("asts", set_up, order=60)
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.CONSULTANT, Role.OFFICER):
        navigation.register(role, say("ASTs"), "staff:posts", order=40)
    navigation.register(Role.HEADTEACHER, say("What ASTs can help with"), "staff:expertise", order=30)
    for role in (Role.HEADTEACHER, Role.GOVERNOR):
        navigation.register(role, say("Your ASTs"), "staff:own_asts", order=45)
    navigation.register(Role.AST, "Your profile", "staff:own_post", order=50)


def _away(user: User, first: date, last: date) -> QuerySet[PostAbsence]:
    absences = PostAbsence.objects.touching(first, last)
    return absences if user.role_set & OFFICE else absences.none()


AWAY = Daily(
    words="{ast} is away",
    many=say_later("ASTs away"),
    what="away",
    rows=_away,
    page="staff:post",
    key="post",
    ast="post__user__name",
    on="starts_on",
    until="ends_on",
)
"""R-20.2: which ASTs are away on which days of the week, for the office."""


def tasks(user: User, today: date) -> Iterator[Task]:
    """Counts for the office (2 queries), the own ASTs for a head (1), the own profile for an AST (1)."""
    if user.has_role(*OFFICE):
        yield from _office(user, today)
    if schools := user.schools_as(Role.HEADTEACHER):
        for post in Post.objects.without_pattern(today).filter(home__in=schools).select_related("user"):
            yield Task(
                f"Set the outreach time of {post.name}",
                reverse("staff:pattern", args=[post.pk]),
                hint=say("No placement can start before it is set"),
            )
    if user.has_role(Role.AST):
        for post in Post.objects.stale(today).filter(user=user):
            yield Task("Check your profile", reverse("staff:post", args=[post.pk]), hint="It is over a year old")


def set_up(user: User, today: date) -> SetUpStep:
    """Somebody to send: ASTs in post, or with a first day to come. One query."""
    count = Post.objects.in_post_from(today).count()
    said = f"{counted(count, 'AST')} in post" if count else "None yet"
    return SetUpStep(say("ASTs"), reverse("staff:posts"), done=bool(count), said=said)


def _office(user: User, today: date) -> Iterator[Task]:
    register = reverse("staff:posts")
    checks = {
        "no_pattern": (say("ASTs without outreach time"), Post.objects.without_pattern(today)),
        "no_profile": (say("ASTs whose profile is not filled in"), Post.objects.without_profile(today)),
        "stale": ("Profiles to be checked", Post.objects.stale(today)),
        "duties": (say("ASTs with management duties: a risk"), Post.objects.visible_to(user).keeping_duties()),
    }
    counts = Post.objects.aggregate(
        **{check: Count("pk", filter=Q(pk__in=found.order_by().values("pk"))) for check, (_, found) in checks.items()}
    )
    for check, (title, _) in checks.items():
        if counts[check]:
            yield Task(title, f"{register}?check={check}", count=counts[check])
    if count := Message.objects.filter(status=MessageStatus.FAILED).count():
        yield Task("E-mails that could not be sent", reverse("staff:failed_mail"), count=count)
    if count := doubtful().count():
        yield Task("E-mails that may have gone twice", reverse("staff:doubtful_mail"), count=count)
    if count := not_reached().count():
        yield Task("Invitations that did not arrive", f"{reverse('staff:people')}?account=not_reached", count=count)
