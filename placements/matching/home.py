"""What matches want of people on their first page (R-7.5)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min, QuerySet
from django.urls import reverse

from astcoord.core import home, week
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.week import Kind
from astcoord.core.words import say
from astcoord.ui import navigation
from placements.matching.models import Match, MatchAnswer
from placements.matching.reads.matches import awaiting
from staff.accounts.models import User

Party = MatchAnswer.Party
UNANSWERED = Kind(
    one="match without all answers",
    many="matches without all answers",
    action="See who has still to answer",
    rows=lambda user: Match.objects.visible_to(user).awaiting_answer(),
    due="answer_by",
    page="placements:match",
    listed="placements:matches",
    school="request__host__name",
    ast="post__user__name",
    owner="request__owner__name",
)
"""R-20.2: proposed, and somebody has still to say yes or no."""


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=15)
    week.register(UNANSWERED)
    for role in (Role.COORDINATOR, Role.CONSULTANT):
        hint = "Proposals that wait for answers, and what became of the others"
        navigation.register(role, "Matches", "placements:matches", order=20, hint=hint, under="placements:queue")
    navigation.register(Role.AST, "Schools asking for you", "placements:asked_of_me", order=20)


def tasks(user: User, today: date) -> Iterator[Task]:
    """Answers that this person owes, and for the co-ordinator what is still out. One query for each role held.

    Where one match waits, the task leads to it and not to a list of one.
    """
    if user.has_role(Role.AST):
        mine = awaiting(Match.objects.filter(post__user=user), Party.AST)
        yield from _task(mine, "Say whether you can help a school", "asked_of_me", "match_ast")
    if homes := user.schools_as(Role.HEADTEACHER):
        theirs = awaiting(Match.objects.filter(post__home_id__in=homes), Party.HOME_HEAD)
        yield from _task(theirs, say("Say whether your AST may help a school"), "answers_awaited", "match_home")
    if user.has_role(Role.COORDINATOR):
        out = Match.objects.awaiting_answer()
        hint = say("Proposed to an AST or a home headteacher, who has not answered yet")
        yield from _task(out, "Matches that wait for answers", "matches", "match", query="?status=proposed", hint=hint)


def _task(
    matches: QuerySet[Match], title: str, many: str, single: str, *, query: str = "", hint: str = ""
) -> Iterator[Task]:
    found = matches.order_by().aggregate(count=Count("pk"), first=Min("answer_by"), any=Min("pk"))
    if found["count"] == 1:
        yield Task(title, reverse(f"placements:{single}", args=[found["any"]]), due=found["first"], hint=hint, count=1)
    elif found["count"]:
        url = f"{reverse(f'placements:{many}')}{query}"
        yield Task(title, url, due=found["first"], hint=hint, count=found["count"])
