"""What the co-ordinator visits ASTs and schools for (R-3.22)."""

from django.db import models


class VisitKind(models.TextChoices):
    SUPPORT = "support", "Support"
    RECRUITING = "recruiting", "Recruiting"
    MARKETING = "marketing", "Making the status known"
