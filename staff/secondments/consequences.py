"""What of secondments hangs on an AST's post that ends or moves, on accounts that become one, on a policy (R-17.7)."""

from collections.abc import Iterator

from astcoord.core import audit, gate
from astcoord.core.consequences import Hanging
from astcoord.core.policy_events import ADOPTING, Adopting
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from astcoord.core.words import say
from staff.accounts.events import Merging
from staff.accounts.models import User
from staff.posts.events import LEAVING, Leaving, Moving, TakenBack
from staff.posts.models import Post
from staff.secondments.lifecycle import RUNNING, TAKES_A_PLACE, WITH_AUTHORITY, ProposalStatus
from staff.secondments.models import Proposal, Secondment


def register() -> None:
    """Called when the software starts."""
    LEAVING.register("Secondment", of_leaving, carry_leaving, order=70)
    ADOPTING.register("Secondments", of_adopting, order=40)


def of_adopting(event: Adopting) -> Iterator[Hanging]:
    """Proposals and secondments that nobody could open; teachers who could not be let out (R-16.1). One query each."""
    if event.turns("secondments", to=False):
        for proposal in Proposal.objects.filter(status__in=WITH_AUTHORITY | TAKES_A_PLACE).whole():
            fate = "Nobody can open it from that day. Decide on it, or end it, before."
            yield Hanging(str(proposal), fate, proposal.get_absolute_url(), undecided=True)
    elif event.turns("aspirant_outreach", to=False):
        for proposal in Proposal.objects.filter(status=ProposalStatus.ASPIRING).whole():
            fate = "Stays seconded, and is sent to no more schools until assessed."
            yield Hanging(str(proposal), fate, proposal.get_absolute_url())


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """One that runs: its grant is paid until the last day, and what follows is still to be chosen."""
    if event.last_day is None:
        return
    for held in _running(event):
        words = f"Its grant is paid until {date_words(event.last_day)}. Choose on its page what follows."
        yield Hanging(str(held), words, held.proposal.get_absolute_url(), undecided=True)


def carry_leaving(event: Leaving, by: User | None) -> None:
    """The secondment is over with the post, at the latest."""
    for held in _running(event):
        if event.last_day is not None and event.last_day < held.ends_on:
            before, held.ends_on = held.ends_on, max(event.last_day, held.starts_on)
            held.save(update_fields=["ends_on"])
            audit.record(
                "secondment: ends with the post",
                held.proposal,
                by=by,
                before={"until": before},
                after={"until": held.ends_on},
            )


def follow_pass(post: Post, by: User) -> None:
    """R-2.18: who was aspiring is assessed. An extension stays what it is."""
    for held in Secondment.objects.filter(post=post, proposal__status=ProposalStatus.ASPIRING):
        gate.move(held.proposal, "pass", by=by)


def moving_problems(event: Moving) -> list[Problem]:
    """R-2.17: a secondment is of one school."""
    if not Secondment.objects.filter(post=event.post, proposal__status__in=RUNNING).exists():
        return []
    words = say("This AST is seconded at the home school. Record first what follows the secondment.")
    return [Problem(words, "home", "R-2.17", "seconded")]


def held_by_secondment(event: TakenBack) -> list[Problem]:
    """R-2.17: a secondment goes on with the post, and ends on its own page."""
    if not Secondment.objects.filter(post=event.post).exists():
        return []
    words = say("This AST came into post by a secondment. Choose on the secondment’s page what follows it.")
    return [Problem(words, "stage", "R-2.17", "seconded")]


def merged(event: Merging) -> Iterator[Hanging]:
    """Proposals that the account advises on, and secondments whose preparation it guides. Two queries."""
    for proposal in Proposal.objects.filter(adviser=event.other).select_related("school"):
        yield Hanging(str(proposal), "Goes over, with who advises the school")
    for held in Secondment.objects.filter(guide=event.other).select_related("post__user"):
        yield Hanging(str(held), "Goes over, with who guides the preparation")


def carry_merged(event: Merging, by: User | None) -> None:
    """Who advises and who guides is the account that goes on."""
    event.move(Proposal.objects.filter(adviser=event.other), "adviser")
    event.move(Secondment.objects.filter(guide=event.other), "guide")


def _running(event: Leaving) -> list[Secondment]:
    rows = Secondment.objects.filter(post=event.post, proposal__status__in=RUNNING)
    return list(rows.select_related("proposal__school", "post__user"))
