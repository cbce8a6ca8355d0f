"""Where policy, audit trail and personal data stand in the menu."""

from astcoord.core.roles import Role
from astcoord.ui import navigation

POLICY = "What the authority has decided, and from when"
AUDIT = "Who did, signed, exported or looked at what"
RETENTION = "What is kept on whom, and how long"


def register() -> None:
    """What this room puts in the menu."""
    for role in (Role.COORDINATOR, Role.OFFICER):
        navigation.register(role, "Policy", "staff:policy", order=95, hint=POLICY)
    navigation.register(Role.COORDINATOR, "Audit trail", "staff:audit", order=96, hint=AUDIT)
    navigation.register(Role.COORDINATOR, "Personal data", "staff:retention", order=97, hint=RETENTION)
