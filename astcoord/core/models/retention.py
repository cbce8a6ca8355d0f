"""What of the retention schedule could not be carried out (section G)."""

from django.db import models

from astcoord.core.personal_data import PersonalData


class RetentionFailure(models.Model):
    """A line of the schedule that failed, `since` when; the row goes when the line is carried out again.

    `what` is the line's own, `reason` the kind of the error and none of its words.
    """

    what = models.CharField(max_length=200, unique=True)
    since = models.DateTimeField()
    reason = models.CharField(max_length=100)

    personal_data = PersonalData(not_personal={"the software’s own words": ("what", "reason")})

    class Meta:
        verbose_name = "retention that failed"
        verbose_name_plural = "retention that failed"

    def __str__(self) -> str:
        return self.what
