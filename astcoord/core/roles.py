"""The seven kinds of people with an account (requirements 0, section G). Supported staff have none: they use links."""

from django.db import models

from astcoord.core.words import say_later


class Role(models.TextChoices):
    COORDINATOR = "coordinator", say_later("AST co-ordinator")
    ADMINISTRATOR = "administrator", "Administrator"
    CONSULTANT = "consultant", "Subject consultant"
    OFFICER = "officer", say_later("Authority officer (read only)")
    HEADTEACHER = "headteacher", "Headteacher"
    AST = "ast", say_later("Advanced Skills Teacher")
    GOVERNOR = "governor", "Governor"


OFFICE = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
"""Who works in the co-ordinator's office: the administrator enters, and approves nothing (R-3.3)."""

AUTHORITY = OFFICE | {Role.CONSULTANT, Role.OFFICER}
"""Everyone employed by the authority."""

OF_A_SCHOOL = frozenset({Role.HEADTEACHER, Role.GOVERNOR})
"""Roles that mean nothing without a school."""
