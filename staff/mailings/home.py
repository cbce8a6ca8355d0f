"""What was written to several people, in the menu of the office; and the lists from which they are chosen."""

from astcoord.core.roles import OFFICE
from astcoord.core.words import say
from astcoord.ui import navigation
from staff.mailings import reads
from staff.mailings.reads import Source


def register() -> None:
    """The entry in the menu, and the lists of the rooms below."""
    hint = "What was written to several people from a list, and to whom"
    for role in OFFICE:
        navigation.register(role, "Messages to several people", "staff:mailings", 67, hint=hint)
        navigation.register(
            role, "What people are sent", "samples", 68, hint="Every e-mail of the service, as people get it"
        )
    reads.register(Source("asts", say("ASTs"), "staff:posts", reads.asts))
    reads.register(Source("schools", "Schools", "schools:list", reads.heads))
