"""Informal links that follow a placement (P8)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say
from placements.placement.models import Placement


class InformalLinkQuerySet(models.QuerySet["InformalLink"]):
    def held(self) -> "InformalLinkQuerySet":
        """Neither ended nor declined."""
        return self.filter(ended_at=None)


class InformalLink(models.Model):
    """A note that AST and school stay in touch: no days, no duty, no end date, and only while both wish (R-8.16)."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="informal_links")
    note = models.TextField("what about", max_length=500)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)
    host_willing_at = models.DateTimeField(null=True, blank=True)
    ast_willing_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InformalLinkQuerySet.as_manager()

    personal_data = (
        PersonalData(case="placement__request", may_name=("note",))
        .tells_of_work("placement__post__user")
        .shows(
            46,
            "Informal links that you noted",
            "placement: placement.reference; about: note; noted: noted_at; ended: ended_at",
            accounts=("noted_by",),
        )
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="informal_link_noted_once", fields=["placement", "note"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="informal_link_somebody_is_willing",
                condition=~Q(note="") & (Q(host_willing_at__isnull=False) | Q(ast_willing_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Informal link of {self.placement.reference}"

    @property
    def both_willing(self) -> bool:
        return bool(self.host_willing_at and self.ast_willing_at and not self.ended_at)

    @property
    def in_words(self) -> str:
        """How it stands."""
        if self.ended_at:
            return "Ended"
        if self.both_willing:
            return "Both sides wish it"
        return f"Waiting for the {say('AST') if self.host_willing_at else 'host school'} to say yes"
