"""How many ASTs the authority wants to have, and by when: from the policy, and from who was in post then (R-14.4)."""

from dataclasses import dataclass
from datetime import date

from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import TargetCounts
from astcoord.core.wording import date_words
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import Post

SAYS = ("target", "target_counts", "target_by")


@dataclass(frozen=True)
class Target:
    """So many ASTs altogether, in the words of the authority."""

    asts: int
    words: str


def target(aims: Policy) -> Target | None:
    """None where the policy sets none. “12 more” counts from those who were in post when that was decided."""
    if aims.target is None:
        return None
    by = f", by {date_words(aims.target_by)}" if aims.target_by else ""
    if aims.target_counts == TargetCounts.ALTOGETHER:
        return Target(aims.target, f"Target{by}")
    since = decided_on(aims)
    before = held_on(since)
    return Target(before + aims.target, f"Target: {aims.target} more than the {before} of {date_words(since)}{by}")


def decided_on(aims: Policy) -> date:
    """From which day the aim is what it is: policies that change other things carry it on. One query."""
    found: date = aims.valid_from
    earlier = Policy.objects.filter(valid_from__lte=aims.valid_from).order_by("-valid_from", "-pk")
    for each in earlier:
        if any(getattr(each, name) != getattr(aims, name) for name in SAYS):
            break
        found = each.valid_from
    return found


def held_on(day: date) -> int:
    """How many were in post on a day that has passed, whoever has left since. One query."""
    return Post.objects.filter(status__in=POST_KNOWN, starts_on__lte=day).exclude(ends_on__lt=day).count()
