"""Whether a material stands in the library (R-10.10)."""

from django.db import models


class MaterialState(models.TextChoices):
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
