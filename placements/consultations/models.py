"""The initial consultation form: one for a placement, or for an agreement on inreach (R-8.18)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.personal_data import PersonalData
from placements.activities.models import InreachAgreement
from placements.placement.models import Placement


class Consultation(models.Model):
    """What school and AST say to each other before they begin. Nobody signs it.

    `school_at` and `ast_at` say when a part was last saved; None while it is empty.
    """

    placement = models.OneToOneField(Placement, models.CASCADE, null=True, blank=True, related_name="consultation")
    inreach = models.OneToOneField(InreachAgreement, models.CASCADE, null=True, blank=True, related_name="consultation")

    situation = models.TextField("what is the situation now?", blank=True, max_length=1000)
    strengths = models.TextField("what works already, and can be built on?", blank=True, max_length=1000)
    tried = models.TextField("what has been tried so far?", blank=True, max_length=1000)
    wanted = models.TextField("what would you like to be different?", blank=True, max_length=1000)
    school_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    school_at = models.DateTimeField(null=True, blank=True)

    ways = models.TextField("how could we work together?", blank=True, max_length=1000)
    time = models.TextField("when, and whose time is it?", blank=True, max_length=1000)
    success = models.TextField("how will we see that it works?", blank=True, max_length=1000)
    ast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ast_at = models.DateTimeField(null=True, blank=True)

    personal_data = (
        PersonalData(
            case="placement__request",
            may_name=("situation", "strengths", "tried", "wanted", "ways", "time", "success"),
        )
        .tells_of_work("placement__post__user", "inreach__post__user")
        .shows(
            57,
            "Initial consultation forms that you filled in",
            "placement: placement.reference if placement.post.user; the school’s part: school_at if school_by; "
            "the AST’s part: ast_at if ast_by",
            accounts=("school_by", "ast_by"),
        )
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consultation_on_one_thing",
                condition=Q(placement__isnull=False, inreach__isnull=True)
                | Q(placement__isnull=True, inreach__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Initial consultation on {self.placement or self.inreach}"

    @property
    def is_whole(self) -> bool:
        """Both parts have been filled in."""
        return self.school_at is not None and self.ast_at is not None
