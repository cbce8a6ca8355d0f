"""What did not come about is forgotten: candidatures that were closed, proposals for a secondment that were not taken.

History and the account's own row stay for as long as their lines of the schedule say.
"""

from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from astcoord.core import documents
from astcoord.core.models.documents import Document
from astcoord.core.models.history import Transition
from astcoord.core.periods import years_before
from staff.aspirants.models import Aspirant
from staff.descriptions.models import JobDescription, JobObjective
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.secondments.lifecycle import ProposalStatus
from staff.secondments.models import Proposal

KEPT_YEARS = 2
"""So long a school may still ask why, and the teacher may still be proposed anew†."""
REMOVED = "Name removed"
NOT_TAKEN = (ProposalStatus.DRAFT, ProposalStatus.DECLINED, ProposalStatus.WITHDRAWN)


def old_candidatures(today: date) -> QuerySet[Post]:
    """Closed for so long, of somebody who never held the post nor was seconded in it."""
    day = timezone.make_aware(datetime.combine(years_before(today, KEPT_YEARS), time.min))
    kind = ContentType.objects.get_for_model(Post)
    moves = Transition.objects.filter(about_type=kind, about_id=OuterRef("pk"))
    held = Q(target__in=(PostStatus.SECONDED, PostStatus.IN_POST))
    lately = Q(target=PostStatus.CLOSED, at__gte=day)
    return Post.objects.filter(~Exists(moves.filter(held | lately)), status=PostStatus.CLOSED)


def forget_candidatures(today: date) -> int:
    """Delete them with everything that was entered of them; how many. A second call finds none."""
    old = list(old_candidatures(today).select_related("user"))
    for post in old:
        mine = JobDescription.objects.filter(post=post)
        _clean_papers(mine, post.name)
        _clean_papers(Post.objects.filter(pk=post.pk), post.name)
        JobObjective.objects.filter(responsibility__description__in=mine).delete()
        mine.delete()
        Aspirant.objects.filter(post=post).update(post=None)
        post.delete()
    return len(old)


def old_proposals(today: date) -> QuerySet[Proposal]:
    """Of rounds that closed so long ago: declined, withdrawn or never sent, with the teacher still named."""
    closed = Proposal.objects.filter(round__closes_on__lt=years_before(today, KEPT_YEARS), status__in=NOT_TAKEN)
    return closed.exclude(aspirant_name=REMOVED)


def forget_proposals(today: date) -> int:
    """Take the teacher, the answers and the pay out of them; how many. The school, the round and the outcome stay."""
    old = list(old_proposals(today))
    for proposal in old:
        _clean_papers(Proposal.objects.filter(pk=proposal.pk), proposal.aspirant_name)
    texts = ("aspirant_email", "pay_fit", "other_source", "endorsement", "decision_note")
    emptied: dict[str, Any] = {
        **dict.fromkeys(texts, ""),
        **dict.fromkeys(("current_salary", "range_start", "other_funding")),
        "answers": [],
        "aspirant_name": REMOVED,
    }
    Proposal.objects.filter(pk__in=[proposal.pk for proposal in old]).update(**emptied)
    return len(old)


def _clean_papers(rows: QuerySet[Any], name: str) -> None:
    """Letters and printed versions say "a colleague"."""
    kind = ContentType.objects.get_for_model(rows.model)
    for document in Document.objects.filter(about_type=kind, about_id__in=rows.values("pk")):
        documents.forget_names(document, [name])
