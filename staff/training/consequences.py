"""What of role training hangs on accounts that become one, and on an AST’s post that ends (R-17.7)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.core.consequences import Hanging
from astcoord.core.words import say
from staff.accounts.events import Merging
from staff.accounts.models import User
from staff.posts.events import LEAVING, Leaving
from staff.training.models import RoleTraining, TrainingCoordinator


def register() -> None:
    """Called when the software starts."""
    LEAVING.register(say("Training co-ordinator"), of_leaving, order=76)


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """The AST reads what all ASTs lack while an AST; then somebody else has to be named. One query."""
    if TrainingCoordinator.objects.current().filter(user=event.post.user_id).exists():
        words = say("Reads the report on training while an AST or a consultant; name somebody else")
        yield Hanging(say("Training co-ordinator"), words, reverse("staff:training_coordinator"))


def merged(event: Merging) -> Iterator[Hanging]:
    """What the account recorded, and that it co-ordinates training. Two queries."""
    if RoleTraining.objects.filter(recorded_by=event.other).exists():
        yield Hanging("Role training that was recorded", "Goes over, with who recorded it")
    for row in TrainingCoordinator.objects.filter(user=event.other).select_related("user"):
        yield Hanging(f"{say('Training co-ordinator')}: {row}", "Goes over")


def carry_merged(event: Merging, by: User | None) -> None:
    """The account that goes on recorded it, and co-ordinates."""
    event.move(RoleTraining.objects.filter(recorded_by=event.other), "recorded_by")
    event.move(TrainingCoordinator.objects.filter(user=event.other), "user")
