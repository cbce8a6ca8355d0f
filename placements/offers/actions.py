"""Saying “I could do this”, and taking it back (R-7.9)."""

from django.db import transaction
from django.utils import timezone

from astcoord.core import audit
from astcoord.core import policy as policies
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import refuse
from astcoord.core.words import say
from placements.offers import permissions, rules
from placements.offers.models import HelpOffer
from placements.offers.querysets import within_reach
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.permissions import is_own


@transaction.atomic
def offer(*, request: OutreachRequest, post: Post, note: str, by: User) -> HelpOffer:
    """The co-ordinator sees it beside the ranking. Said again, the note and the day are the new ones."""
    locked = Post.objects.locked(post.pk)
    require(is_own(by, locked), say("offer for this AST"))
    refuse(
        rules.offer_problems(
            may_offer=permissions.can_offer(by, locked, policies.in_force()),
            still_listed=within_reach(locked, today()).filter(pk=request.pk).exists(),
        )
    )
    words = " ".join(note.split())
    said: HelpOffer
    said, _ = HelpOffer.objects.update_or_create(
        request=request, post=locked, defaults={"note": words, "at": timezone.now()}
    )
    audit.record("offer to help: said", said, by=by, after={"request": request.reference, "note": words})
    return said


def take_back(*, offer: HelpOffer, by: User) -> None:
    """The AST no longer could; said a second time it changes nothing."""
    require(permissions.can_take_back(by, offer), "take this offer back")
    lapse(offer=offer, by=by)


@transaction.atomic
def lapse(*, offer: HelpOffer, by: User | None) -> None:
    """It is gone from the co-ordinator's page. Who may, the caller has asked."""
    for held in HelpOffer.objects.select_for_update(of=("self",)).select_related("request").filter(pk=offer.pk):
        audit.record("offer to help: taken back", held, by=by, before={"request": held.request.reference})
        held.delete()
