"""What the end of placements asks of the co-ordinator on the first page."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.placement.models import Placement
from staff.accounts.models import User
from staff.posts.models import PostAbsence


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=24)


def tasks(user: User, today: date) -> Iterable[Task]:
    """Placements whose last day has passed and that nobody has ended: a count that leads to the list. Of
    ASTs who leave or are away, those that go on all the same, by AST. Three queries, one more for each time away."""
    if not user.has_role(Role.COORDINATOR):
        return
    yield from _outlasting()
    yield from _away(today)
    if count := Placement.objects.past_last_day(today).count():
        yield Task(
            say("Placements past their last day"), f"{reverse('placements:placement_list')}?past=on", count=count
        )


def _outlasting() -> Iterator[Task]:
    found: dict[int, list[Placement]] = {}
    for placement in Placement.objects.outlasting_the_post().with_people().order_by("post__ends_on", "pk"):
        found.setdefault(placement.post_id, []).append(placement)
    for post, placements in found.items():
        first = placements[0]
        last_day = first.post.ends_on
        title = f"Decide how the work of {first.post.name} ends"
        hint = f"The last day in post is {date_words(last_day)}, and {say('a placement')} goes on" if last_day else ""
        yield Task(title, reverse("staff:post_leave", args=[post]), due=last_day, hint=hint, count=len(placements))


def _away(today: date) -> Iterator[Task]:
    """Times away that are not over, until the office says that their placements are decided."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    for absence in PostAbsence.objects.filter(running, decided_on=None).select_related("post__user"):
        mine = Placement.objects.filter(post=absence.post).while_away(absence.starts_on, absence.ends_on)
        if count := mine.count():
            title = f"Decide how the work of {absence.post.name} goes on"
            yield Task(title, reverse("staff:absence", args=[absence.pk]), hint=str(absence), count=count)
