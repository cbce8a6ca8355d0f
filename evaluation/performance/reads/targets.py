"""The targets of an AST’s outreach: the objectives on outreach of the job description in force (R-12.1)."""

from collections.abc import Iterable, Sequence

from evaluation.performance.models import TargetJudged
from staff.descriptions.lifecycle import DescriptionStatus
from staff.descriptions.models import JobObjective
from staff.posts.models import Post


def targets_of(post: Post) -> list[JobObjective]:
    """In the order of the responsibilities. One query."""
    found = JobObjective.objects.filter(
        on_outreach=True,
        responsibility__description__post=post,
        responsibility__description__status=DescriptionStatus.IN_FORCE,
    )
    return list(found.order_by("responsibility__number", "pk"))


def unjudged(targets: Sequence[JobObjective], judged: Iterable[TargetJudged]) -> list[str]:
    """The words of those of which it is not said how far they are reached, and what shows it."""
    said = {each.objective_id for each in judged if each.reached and each.evidence.strip()}
    return [each.text for each in targets if each.pk not in said]
