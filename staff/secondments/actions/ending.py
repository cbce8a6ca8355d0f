"""A secondment is nearly over: an ending is asked for, wished by the school, chosen and carried out (R-2.17)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from astcoord.core.words import say
from staff.accounts.actions.people import add_person, end_role, require_coordinator
from staff.accounts.models import RoleAssignment, User
from staff.expertise.vocabulary import Funding
from staff.openings import actions as openings
from staff.pay.actions.funding import change_funding
from staff.posts.actions import leaving
from staff.posts.lifecycle import POST_OVER, Destination, PostStatus
from staff.posts.models import Post
from staff.secondments import emails
from staff.secondments.lifecycle import OVER, RUNNING, Ending, ProposalStatus
from staff.secondments.models import Proposal, Secondment, SecondmentRound
from staff.secondments.permissions import decides, is_head
from staff.secondments.rules import clock

OVER_NOW = "The secondment is over"


@transaction.atomic
def wish(*, proposal: Proposal, ending: str, reason: str, by: User) -> Secondment:
    """The school says which ending it wishes; the co-ordinator chooses with it. Said again, it takes the place."""
    if not is_head(by, proposal):
        raise PermissionDenied("say which ending the school wishes")
    held = _running(proposal)
    if not reason.strip():
        raise Refused([Problem("Enter why, in a sentence", "reason", "R-2.17", "reason")])
    before = {"wish": held.get_wish_display(), "because": held.wish_reason}
    held.wish, held.wish_reason = Ending(ending), " ".join(reason.split())
    held.wished_by, held.wished_on = by, today()
    held.save(update_fields=["wish", "wish_reason", "wished_by", "wished_on"])
    after = {"wish": held.get_wish_display(), "because": held.wish_reason}
    audit.record("secondment: the school wishes an ending", proposal, by=by, before=before, after=after)
    return held


@transaction.atomic
def give_back(*, proposal: Proposal, last_day: date, reason: str, by: User) -> Proposal:
    """R-2.17: the teacher returns to the substantive post. The AST's post is left after the last day, or closed."""
    require_coordinator(by)
    held = _running(proposal)
    refuse(clock.ending_problems(last=last_day, starts_on=held.starts_on, reason=reason, today=today()))
    _end(held, last_day)
    if held.post.status == PostStatus.IN_POST:
        leaving.record(post=held.post, last_day=last_day, destination=Destination.SUBSTANTIVE, reason=reason, by=by)
    else:
        _end_role(held.post, last_day, by=by)
    return _over(proposal, "return", reason, by)


@transaction.atomic
def keep(*, proposal: Proposal, last_day: date, reason: str, by: User) -> Proposal:
    """R-2.17: the AST goes on in a post that the school pays: after the last day its money comes from there."""
    require_coordinator(by)
    held = _running(proposal)
    refuse(clock.ending_problems(last=last_day, starts_on=held.starts_on, reason=reason, today=today()))
    if held.post.status != PostStatus.IN_POST:
        words = say("Only an AST who is in post can go on in another one. Record the pass and the first day first.")
        raise Refused([Problem(words, "ending", "R-2.17", "not-in-post")])
    _end(held, last_day)
    return _over(proposal, "keep", reason, by)


@transaction.atomic
def extend(*, proposal: Proposal, new_end: date, reason: str, by: User) -> Proposal:
    """R-2.17: it runs on until another day, for an exceptional reason in writing; an ending is asked for again."""
    require_coordinator(by)
    held = _running(proposal)
    refuse(clock.extension_problems(ends_on=held.ends_on, new_end=new_end, reason=reason, today=today()))
    held.extended_because = reason.strip()
    held.wish, held.wish_reason, held.wished_by, held.wished_on = "", "", None, None
    held.save(update_fields=["extended_because", "wish", "wish_reason", "wished_by", "wished_on"])
    _end(held, new_end)
    moved = gate.move(proposal, "extend", by=by, may=decides, reason=reason.strip())
    emails.ended(moved)
    return moved


@transaction.atomic
def resume(*, proposal: Proposal, until: date, reason: str, by: User) -> Proposal:
    """An ending was recorded by mistake: the secondment goes on until a day, as long as its post does."""
    require_coordinator(by)
    held = _held(proposal)
    post = held.post
    found = clock.ending_problems(last=until, starts_on=held.starts_on, reason=reason, today=today())
    if until < today():
        found.append(Problem("The new last day must be today or later", "until", "R-2.17", "past"))
    if post.status in POST_OVER or (post.ends_on and post.status == PostStatus.IN_POST):
        words = (
            f"{say('The AST')} post of {post.name} ends or has ended. Take that back on {say('the AST')}’s page first."
        )
        found.append(Problem(words, "", "R-2.17", "post-ends"))
    refuse(found)
    _end(held, until)
    if post.funding_on(today()) != Funding.SECONDMENT:
        change_funding(post=post, funding=Funding.SECONDMENT, by=by)
    if post.status != PostStatus.IN_POST:
        _reopen_role(post, by=by)
    passed = post.status in (PostStatus.PASSED, PostStatus.IN_POST)
    return gate.move(proposal, "resume" if passed else "resume_aspiring", by=by, may=decides, reason=reason.strip())


def ask_for_endings(on: date) -> int:
    """Nightly: who has reached month 33 of 36 is asked about, once for each last day; how many (N22). Repeat-safe."""
    running = Secondment.objects.filter(proposal__status__in=RUNNING, ends_on__lte=clock.months_later(on, 4))
    due = running.exclude(prompted_of=F("ends_on")).select_related("proposal__school", "post__user")
    return each(due, lambda held: _ask(held, on))


def remind_of_closing(on: date) -> int:
    """Nightly: schools that may still propose hear a week before a round closes, once for each closing day (N22)."""
    soon = SecondmentRound.objects.open(on).filter(Q(reminded_of=None) | ~Q(reminded_of=F("closes_on")))
    return each(soon, lambda row: _remind(row, on))


def carry_out(on: date) -> int:
    """Nightly: what was chosen for a secondment whose last day has passed; how many. Repeat-safe."""
    over = Secondment.objects.filter(proposal__status__in=OVER, ends_on__lt=on).select_related("proposal", "post")
    waits = Q(post__in=Post.objects.funded_by(Funding.SECONDMENT, on).filter(status=PostStatus.IN_POST).order_by())
    kept = over.filter(waits, proposal__status=ProposalStatus.SCHOOL_POST)
    closed = over.filter(
        proposal__status=ProposalStatus.RETURNED, post__status__in=(PostStatus.SECONDED, PostStatus.PASSED)
    )
    return each([*kept, *closed], _carry_out)


def _carry_out(held: Secondment, by: User | None = None) -> None:
    if held.proposal.status == ProposalStatus.SCHOOL_POST:
        change_funding(post=held.post, funding=Funding.SCHOOL, by=by)
    else:
        closed = gate.move(held.post, "close", by=by, reason=OVER_NOW)
        if closed.opening is not None:
            openings.end(opening=closed.opening, reason=OVER_NOW, by=by)


def _ask(held: Secondment, on: date) -> bool:
    if held.asked_on > on:
        return False
    locked = Secondment.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if locked.prompted_of == locked.ends_on or locked.ends_on != held.ends_on:
        return False
    locked.prompted_of = locked.ends_on
    locked.save(update_fields=["prompted_of"])
    emails.ask_for_ending(held)
    return True


def _remind(row: SecondmentRound, on: date) -> bool:
    locked = SecondmentRound.objects.select_for_update().get(pk=row.pk)
    if not clock.closing_soon(locked.closes_on, on) or locked.reminded_of == locked.closes_on:
        return False
    locked.reminded_of = locked.closes_on
    locked.save(update_fields=["reminded_of"])
    emails.closing_soon(locked)
    return True


def _running(proposal: Proposal) -> Secondment:
    held = _held(proposal)
    if held.proposal.status not in RUNNING:
        raise Refused([gate.out_of_turn(held.proposal, "Choose an ending")])
    return held


def _held(proposal: Proposal) -> Secondment:
    rows = Secondment.objects.select_for_update(of=("self",)).select_related("post__user", "post__home", "proposal")
    held: Secondment | None = rows.filter(proposal=proposal).first()
    if held is None:
        raise Refused([Problem("The secondment has not begun", "", "R-2.17", "not-begun")])
    return held


def _end(held: Secondment, last_day: date) -> None:
    held.ends_on = last_day
    held.save(update_fields=["ends_on"])


def _over(proposal: Proposal, move: str, reason: str, by: User) -> Proposal:
    """The move, and at once what follows where the last day has passed."""
    moved = gate.move(proposal, move, by=by, may=decides, reason=reason.strip())
    emails.ended(moved)
    carry_out(today())
    return moved


def _reopen_role(post: Post, *, by: User) -> None:
    """The role goes on, or is given anew where it was over."""
    for role in RoleAssignment.objects.not_over(today()).filter(user=post.user, role=Role.AST, school=post.home):
        before, role.ends_on = role.ends_on, None
        role.save(update_fields=["ends_on"])
        audit.record("Role goes on", post.user, by=by, before={"role": str(role), "last day": before})
    add_person(name=post.name, email=post.user.email, role=Role.AST, school=post.home, by=by, invite=False)


def _end_role(post: Post, last_day: date, *, by: User) -> None:
    """Of somebody who has not been in post, whose leaving nobody records."""
    for role in RoleAssignment.objects.filter(user=post.user, role=Role.AST, school=post.home, ends_on=None):
        first = role.starts_on or last_day
        end_role(assignment=role, ends_on=max(first, last_day), by=by, reason=OVER_NOW)
