"""What outreach judgements want of people on their first page, and their entries in the menu (R-12.2)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui import navigation
from evaluation.performance.models import OutreachJudgement
from evaluation.performance.querysets import counted_in
from schools.calendar.lifecycle import Season
from schools.calendar.models import Term
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=66)
    hint = say("What heads are told each school year of their ASTs’ outreach, for performance management")
    for role in (Role.COORDINATOR, Role.CONSULTANT, Role.HEADTEACHER, Role.AST):
        navigation.register(
            role, "Outreach judgements", "evaluation:judgements", order=73, hint=hint, group=navigation.ASTS
        )


def tasks(user: User, today: date) -> Iterator[Task]:
    """The co-ordinator what is to be issued and, in the last term, written; a head what is to be acknowledged."""
    if user.has_role(Role.COORDINATOR):
        yield from _to_write(today)
    if schools := user.schools_as(Role.HEADTEACHER):
        for row in OutreachJudgement.objects.waiting().filter(home_id__in=schools).whole().order_by("issued_on", "pk"):
            yield Task(f"Read and acknowledge the outreach judgement of {row.post.name}", row.get_absolute_url())


def _to_write(today: date) -> Iterator[Task]:
    """One query for the drafts, one for the term, one in the last term of the year for who has none."""
    for row in OutreachJudgement.objects.drafts().whole().order_by("year__starts_on", "pk"):
        words = f"Finish and issue the outreach judgement of {row.post.name}, {row.year}"
        yield Task(words, row.get_absolute_url())
    term = Term.objects.filter(season=Season.SUMMER, starts_on__lte=today, year__ends_on__gte=today).first()
    if term is not None:
        begun = OutreachJudgement.objects.exclude(status__in=("withdrawn", "superseded")).filter(year=term.year_id)
        count = counted_in(term.year, today).exclude(pk__in=begun.values("post")).count()
        if count:
            url = reverse("evaluation:judgement_coverage")
            yield Task(say("ASTs without an outreach judgement this school year"), url, count=count, due=term.ends_on)
