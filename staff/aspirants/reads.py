"""What the list of aspirants says elsewhere: on an AST's page, in figures (R-2.22, R-14.4)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.urls import reverse

from astcoord.core.roles import Role
from astcoord.core.words import say
from staff.accounts.models import User
from staff.aspirants.models import Aspirant
from staff.openings.lifecycle import LOOKING
from staff.openings.models import Opening
from staff.posts.models import Post
from staff.posts.reads.posts import Card

READERS = (Role.COORDINATOR, Role.CONSULTANT, Role.HEADTEACHER)


def card(post: Post, user: User, today: date) -> Iterator[Card]:
    """How long the AST was an aspirant before, for those who may read the list. One query."""
    for row in Aspirant.objects.visible_to(user).filter(post=post):
        rows = [("Aspirant since", row.since), ("How ready", row.get_readiness_display()), ("Note", row.note)]
        opens = user.has_role(*READERS)
        yield Card("Before the post", rows, (("The entry on the list", row.get_absolute_url()),) if opens else ())


def from_opening(opening: Opening, user: User) -> Iterator[tuple[str, str]]:
    """To the aspirants of its subject, for the co-ordinator while nobody is named (R-2.22). No query."""
    if user.has_role(Role.COORDINATOR) and opening.status in LOOKING:
        yield (
            say("Aspiring ASTs of this subject") if opening.subject else say("Aspiring ASTs"),
            link_for(opening.subject),
        )


def listed_by_subject() -> dict[str, int]:
    """How many are on the list, by the code of their subject. One query."""
    found = Aspirant.objects.listed().order_by().values_list("subject").annotate(Count("pk"))
    return dict(found)


def link_for(subject: str) -> str:
    """Where the aspirants of a subject are; of all without one (R-2.22)."""
    return reverse("staff:aspirants") + (f"?subject={subject}" if subject else "")
