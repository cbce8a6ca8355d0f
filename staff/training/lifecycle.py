"""What every AST is trained in (R-3.11)."""

from django.db import models


class Topic(models.TextChoices):
    ROLES = "roles", "Roles and responsibilities"
    CONDUCT = "conduct", "Codes of conduct"
    CONTRACTS = "contracts", "Outreach contracts"
    OBSERVATION = "observation", "Classroom observation"
    SUPPORT = "support", "Supporting teachers"
    WHOLE_SCHOOL = "whole_school", "Leading whole-school INSET"
    SUBJECT = "subject", "Leading subject INSET"
