"""Role training in the menu, and on the first page of whoever co-ordinates it (R-3.11, R-3.21)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Panel
from astcoord.core.roles import AUTHORITY, Role
from astcoord.core.words import say
from astcoord.ui import navigation
from staff.accounts.models import User
from staff.training.permissions import coordinates_training


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(panels=panels, order=66)
    for role in sorted(AUTHORITY):
        hint = say("Which topics of their role ASTs were trained in, and who lacks which")
        navigation.register(role, "Role training", "staff:training_gaps", 75, hint=hint)
    hint = say("Who reads what training all ASTs lack, beside the authority")
    navigation.register(Role.COORDINATOR, say("Training co-ordinator"), "staff:training_coordinator", 76, hint=hint)


def panels(user: User, today: date) -> Iterator[Panel]:
    """The way to the report, for the training co-ordinator. One query for consultants and ASTs."""
    if coordinates_training(user):
        url = reverse("staff:training_gaps")
        yield Panel(say("You are training co-ordinator"), links=((say("Which training ASTs lack"), url),))
