"""What of outreach judgements hangs on a head, on an AST’s post, and on a school that closes (R-17.6, R-17.7)."""

from collections.abc import Iterator

from django.db.models import Q

from astcoord.core.consequences import Hanging
from astcoord.core.problems import Problem
from astcoord.core.wording import counted
from astcoord.core.words import say
from evaluation.performance.lifecycle import STANDS, JudgementStatus
from evaluation.performance.models import OutreachJudgement
from evaluation.performance.querysets import JudgementQuerySet
from schools.succession.events import WHAT_GOES, Handing
from staff.accounts.events import NEW_HEAD, NewHead
from staff.accounts.models import User
from staff.posts.events import LEAVING, MOVING, Leaving, Moving, TakenBack, taken_back_facts
from staff.posts.models import Post

TITLE = "Outreach judgements"


def register() -> None:
    """Called when the software starts."""
    NEW_HEAD.register(TITLE, of_new_head, order=75)
    LEAVING.register(TITLE, of_leaving, order=78)
    MOVING.register(TITLE, of_moving, order=78)
    WHAT_GOES.register(TITLE, of_closing, carry_closing, order=48)
    taken_back_facts.append(held_by_judgement)


def of_new_head(event: NewHead) -> Iterator[Hanging]:
    """Issued to the school, and not acknowledged. One query."""
    for row in OutreachJudgement.objects.waiting().filter(home=event.school).whole():
        yield Hanging(str(row), "The new headteacher acknowledges it", row.get_absolute_url(), undecided=True)


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """A draft: the co-ordinator decides. One query."""
    if event.last_day is not None:
        for row in _drafts(event.post):
            fate = say("You decide: issue it to the headteacher before the AST leaves or after, or withdraw it")
            yield Hanging(str(row), fate, row.get_absolute_url(), undecided=True)


def of_moving(event: Moving) -> Iterator[Hanging]:
    """A draft goes to the new headteacher; what was issued stays where it was issued. One query."""
    rows = OutreachJudgement.objects.filter(post=event.post).exclude(status=JudgementStatus.WITHDRAWN)
    for row in rows.exclude(status=JudgementStatus.SUPERSEDED).whole():
        fate = f"Goes to the headteacher of {event.home.name} when it is issued"
        if row.home is not None:
            fate = f"Stays with the headteacher of {row.home.name}; the new headteacher does not read it"
        yield Hanging(str(row), fate, row.get_absolute_url())


def of_closing(event: Handing) -> Iterator[Hanging]:
    """One line for all that the school holds. One query."""
    if count := _held(event).count():
        what = counted(count, "outreach judgement that the school holds", "outreach judgements that the school holds")
        fate = say("Stay with the co-ordinator and the AST")
        if event.to is not None:
            fate = f"The headteacher of {event.to.name} reads what its headteacher was told"
        yield Hanging(what, fate)


def carry_closing(event: Handing, by: User | None) -> None:
    """They go with the AST to the school that follows, whose headteacher acknowledges what waits."""
    event.move(_held(event), "home")


def held_by_judgement(event: TakenBack) -> Iterator[Problem]:
    """R-2.1: nobody is judged who was never in post. One query."""
    if OutreachJudgement.objects.filter(post=event.post).exclude(status=JudgementStatus.WITHDRAWN).exists():
        words = say("There is an outreach judgement of this AST. Withdraw it first.")
        yield Problem(words, "stage", "R-2.1", "judgement")


def _drafts(post: Post) -> JudgementQuerySet:
    return OutreachJudgement.objects.drafts().filter(post=post).whole()


def _held(event: Handing) -> JudgementQuerySet:
    return event.of(OutreachJudgement.objects.all(), "home", Q(status__in=STANDS))
