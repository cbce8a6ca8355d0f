"""The termly impact review: evidence and progress for each agreed objective (R-11.2)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import PersonalData
from evaluation.reviews.lifecycle import REVIEW, Progress, ReviewStatus
from evaluation.reviews.querysets import ReviewQuerySet
from placements.placement.models import Objective, Placement
from schools.calendar.models import Term


class ImpactReview(models.Model):
    """One placement's review of one term: by the AST, with the host head's comment, accepted by the co-ordinator."""

    machine: ClassVar[Machine] = REVIEW

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="impact_reviews")
    term = models.ForeignKey(Term, models.PROTECT, related_name="impact_reviews")
    status = models.CharField(max_length=10, choices=ReviewStatus, default=ReviewStatus.DUE)
    due_on = models.DateField()
    summary = models.TextField("what has changed in the school", blank=True, max_length=2000)
    standards = models.TextField("what shows an effect on standards", blank=True, max_length=2000)
    submitted_at = models.DateTimeField(null=True, blank=True)
    head_comment = models.TextField("the headteacher’s comment", blank=True, max_length=2000)
    commented_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(blank=True, max_length=1000)

    objects = ReviewQuerySet.as_manager()

    personal_data = (
        PersonalData(case="placement__request", may_name=("summary", "standards", "head_comment", "return_reason"))
        .tells_of_work("placement__post__user")
        .shows(
            71,
            "Impact reviews that you wrote, commented on or accepted",
            "placement: placement.reference; term: term.name; status: get_status_display; "
            "what you wrote: summary if placement.post.user; of standards: standards if placement.post.user; "
            "your comment: head_comment if commented_by; "
            "accepted by you: accepted_at if accepted_by",
            accounts=("placement__post__user", "commented_by", "accepted_by"),
        )
    )

    class Meta:
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "term"], name="one_review_per_placement_and_term"),
            models.CheckConstraint(
                name="review_accepted_when_and_by_whom",
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="review_commented_has_comment",
                condition=~Q(status__in=[ReviewStatus.COMMENTED, ReviewStatus.ACCEPTED]) | ~Q(head_comment=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term.name}, {self.placement}"


class ObjectiveProgress(models.Model):
    """How far one objective has come this term, and what shows it. About the objective, never about a person."""

    review = models.ForeignKey(ImpactReview, models.CASCADE, related_name="progress")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="progress")
    progress = models.CharField(max_length=10, choices=Progress, blank=True)
    evidence = models.TextField("what shows it", blank=True, max_length=2000)
    next_steps = models.TextField(blank=True, max_length=2000)

    personal_data = (
        PersonalData(case="review__placement__request", may_name=("evidence", "next_steps"))
        .tells_of_work("review__placement__post__user")
        .shows(
            72,
            "What you wrote about objectives",
            "placement: review.placement.reference; term: review.term.name; objective: objective.number; "
            "progress: get_progress_display; evidence; next_steps",
            accounts=("review__placement__post__user",),
        )
    )

    class Meta:
        ordering = ["objective__number"]
        verbose_name_plural = "objective progress"
        constraints = [
            models.UniqueConstraint(fields=["review", "objective"], name="progress_once_per_objective"),
            models.CheckConstraint(
                name="progress_has_evidence", condition=Q(progress__in=["", "nothing"]) | ~Q(evidence="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objective}: {self.get_progress_display()}"
