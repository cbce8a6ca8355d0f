"""Who may say “I could do this” (R-7.9)."""

from astcoord.core.models.policy import Policy
from placements.offers.models import HelpOffer
from staff.accounts.models import User
from staff.expertise.vocabulary import Funding
from staff.posts.lifecycle import LET_OUT, PostStatus
from staff.posts.models import Post
from staff.posts.permissions import is_own


def can_offer(user: User, post: Post, policy: Policy) -> bool:
    """The AST in post, or to be so; somebody seconded where the policy lets aspirants do outreach (R-2.17, R-7.2)."""
    aspirant = post.status in LET_OUT and post.funding == Funding.SECONDMENT and policy.aspirant_outreach
    return is_own(user, post) and (post.status == PostStatus.IN_POST or aspirant)


def can_take_back(user: User, offer: HelpOffer) -> bool:
    """Whoever has said it."""
    return is_own(user, offer.post)
