"""Whether what was stored still agrees with its fingerprint (R-8.12, R-16.3)."""

from django.db import models

from astcoord.core.models.about import About, AboutQuerySet
from astcoord.core.personal_data import PersonalData


class RecordCheck(models.Model):
    """One row: how far the present round has come, so that the next worker goes on where the last one stopped."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    store = models.CharField(max_length=80, blank=True)
    upto = models.BigIntegerField(default=0)
    looked = models.PositiveBigIntegerField(default=0)

    personal_data = PersonalData(not_personal={"code": ("store",)})

    def __str__(self) -> str:
        return f"round of {self.started_at:%d %B %Y}: {self.looked} looked at"


class Mismatch(About):
    """Something whose bytes are not those that were stored. `mended_at`: when a later round found it in order."""

    said = models.CharField("what was found", max_length=250)
    found_at = models.DateTimeField(auto_now_add=True)
    mended_at = models.DateTimeField(null=True, blank=True)

    objects = AboutQuerySet.as_manager()

    personal_data = PersonalData(not_personal={"the software’s own words": ("said",)})

    class Meta(About.Meta):
        ordering = ["pk"]
        verbose_name_plural = "mismatches"
        constraints = [
            models.UniqueConstraint(
                name="one_open_mismatch_of_a_thing",
                fields=["about_type", "about_id"],
                condition=models.Q(mended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind_and_number()}: {self.about}"
