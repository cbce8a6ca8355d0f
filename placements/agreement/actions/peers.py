"""Another AST at the meetings, for support, induction or an even hand: only by everybody's yes (R-8.6, P6)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from placements.agreement import emails
from placements.agreement.actions import terms
from placements.agreement.models import Peer, PeerAnswer
from placements.agreement.permissions import parties_in_contract
from placements.agreement.reads.protocol import peer_of
from placements.agreement.rules.peers import invite_problems, propose_problems
from placements.placement.lifecycle import PLACEMENT_OPEN
from placements.placement.models import Placement
from placements.placement.permissions import can_work_on_protocol
from placements.placement.reads import policy_of, readers_of
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.posts.models import Post


@transaction.atomic
def propose(*, placement: Placement, post: Post, by: User) -> Peer:
    """Propose an AST; who proposes says yes with it in the own capacity. All parties are asked."""
    if not can_work_on_protocol(by, placement):
        raise PermissionDenied(say("propose another AST"))
    placement = _open(placement)
    refuse(propose_problems(is_own=post.pk == placement.post_id, another=peer_of(placement) is not None))
    peer = Peer.objects.create(placement=placement, post=post, asked_by=by)
    audit.record("another AST proposed for the meetings", placement, by=by, after={"post": post.pk})
    own = parties_in_contract(by, placement)[:1]
    for party in own:
        PeerAnswer.objects.create(peer=peer, party=party, yes=True, by=by)
    emails.ask_about_peer(peer, readers_of(placement, today()), [p for p in _asked(placement) if p not in own])
    return peer


@transaction.atomic
def answer(*, placement: Placement, yes: bool, by: User) -> Peer:
    """One party's yes or no; it may be changed until the invitation has gone out."""
    parties = [party for party in parties_in_contract(by, placement) if party in _asked(placement)]
    if not parties:
        raise PermissionDenied("answer")
    peer = _proposed(_open(placement))
    if peer.invited_at and yes:
        return peer
    for party in parties:
        PeerAnswer.objects.update_or_create(peer=peer, party=party, defaults={"yes": yes, "by": by})
    if not yes and peer.invited_at:  # whoever no longer agrees stops it
        Peer.objects.filter(pk=peer.pk).update(invited_at=None)
    words = f"{say('another AST')} at the meetings: {'yes' if yes else 'no'}"
    audit.record(words, placement, by=by, after={"post": peer.post_id, "as": parties})
    return peer


@transaction.atomic
def invite(*, placement: Placement, by: User) -> Peer:
    """The co-ordinator invites the AST; refused while one party has said no or nothing."""
    if not is_coordinator(by):
        raise PermissionDenied(say("invite another AST"))
    placement = _open(placement)
    peer = _proposed(placement)
    answers = {each.party: each.yes for each in peer.answers.all()}
    refuse(invite_problems(_asked(placement), answers))
    if peer.invited_at is None:
        peer.invited_at = timezone.now()
        peer.save(update_fields=["invited_at"])
        audit.record("another AST invited to the meetings", placement, by=by, after={"post": peer.post_id})
        emails.invite_peer(peer)
    return peer


@transaction.atomic
def take_back(*, placement: Placement, by: User) -> None:
    """Whoever proposed it, or the co-ordinator, drops it."""
    peer = peer_of(placement)
    if peer is not None and not (is_coordinator(by) or peer.asked_by_id == by.pk):
        raise PermissionDenied("take it back")
    if peer is not None:
        Peer.objects.filter(pk=peer.pk).update(ended_at=timezone.now())
        audit.record("another AST at the meetings: taken back", placement, by=by, after={"post": peer.post_id})


def _asked(placement: Placement) -> tuple[str, ...]:
    """Everybody who signs says yes or no."""
    return tuple(policy_of(placement).signatories)


def _open(placement: Placement) -> Placement:
    locked = terms.lock(placement)
    if locked.status not in PLACEMENT_OPEN:
        raise Refused([gate.out_of_turn(locked, say("Propose another AST"))])
    return locked


def _proposed(placement: Placement) -> Peer:
    peer = peer_of(placement)
    if peer is None:
        raise Refused([Problem(say("Nobody is proposed for the meetings. Propose an AST first."), rule="R-8.6")])
    return peer
