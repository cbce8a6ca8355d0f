"""What the office has left as it is on the set-up list of a new authority (R-17.1)."""

from django.conf import settings
from django.db import models

from astcoord.core.personal_data import PersonalData


class StepLeft(models.Model):
    """A step that is not finished and need not be: some schools have no address, some authorities no priorities."""

    code = models.SlugField(max_length=20, unique=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    personal_data = PersonalData(not_personal={"which step of the set-up list": ("code",)})

    class Meta:
        verbose_name = "step of the set-up list left as it is"
        verbose_name_plural = "steps of the set-up list left as they are"

    def __str__(self) -> str:
        return self.code
