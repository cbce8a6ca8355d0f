"""What a placement has cost, where somebody has entered it (R-11.13)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.clock import today
from astcoord.core.fields import pounds_field
from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from evaluation.value.querysets import CostQuerySet
from evaluation.value.rules import LONGEST
from placements.placement.models import Placement


class PlacementCost(models.Model):
    """Cover at the AST's own school, travel and the like. No row: not entered, which is never the same as £0.

    It is read like the cover (section G): office and home headteacher whole, the home's governors and officers as sums.
    """

    placement = models.OneToOneField(Placement, models.PROTECT, related_name="cost")
    amount = pounds_field(verbose_name="cost in pounds")
    covers = models.CharField("what it covers", max_length=LONGEST)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    entered_on = models.DateField("entered", default=today, editable=False)

    objects = CostQuerySet.as_manager()

    personal_data = PersonalData(case="placement__request", may_name=("covers",)).shows(
        77,
        say_later("Costs of placements that you entered"),
        "placement: placement.reference; on: entered_on; pounds: amount; what it covers: covers",
        accounts=("entered_by",),
    )

    class Meta:
        ordering = ["placement"]
        constraints = [
            models.CheckConstraint(name="placement_cost_positive", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="placement_cost_says_of_what", condition=~Q(covers="")),
        ]

    def __str__(self) -> str:
        return f"Cost of {self.placement.reference}"
