"""Job descriptions that hang on an AST's post: another headteacher has to agree anew (R-17.7, R-2.5)."""

from collections.abc import Iterator

from astcoord.core import gate, outbox
from astcoord.core.consequences import Hanging
from astcoord.core.words import say
from staff.accounts.models import User
from staff.descriptions.actions.writing import ASKED, NOT_AGREED
from staff.descriptions.lifecycle import DESCRIPTION_WAITS, DescriptionStatus
from staff.descriptions.models import JobDescription
from staff.posts.events import MOVING, Moving


def of_moving(event: Moving) -> Iterator[Hanging]:
    """What is agreed holds until the new headteacher agrees another; what waits is a draft again. One query."""
    held = (DescriptionStatus.IN_FORCE, DescriptionStatus.DRAFT, *DESCRIPTION_WAITS)
    for each in JobDescription.objects.filter(post=event.post, status__in=held).select_related("post__user"):
        fate = "Is a draft again: the new headteacher looks at it first."
        if each.status == DescriptionStatus.DRAFT:
            fate = "Goes on as the new headteacher’s draft."
        if each.status == DescriptionStatus.IN_FORCE:
            fate = say("Holds until the new headteacher and the AST agree another version.")
        yield Hanging(f"Version {each.version}: {each.get_status_display()}", fate, each.get_absolute_url())


def carry_moving(event: Moving, by: User | None) -> None:
    """Nobody has agreed with the new headteacher yet."""
    for each in JobDescription.objects.filter(post=event.post, status__in=DESCRIPTION_WAITS):
        moved = gate.move(each, "take_back", by=by, reason=say("The AST moves to another school"), **NOT_AGREED)
        outbox.cancel_about(moved, kind=ASKED)


def register() -> None:
    """Called when the software starts."""
    MOVING.register("Job description", of_moving, carry_moving, order=60)
