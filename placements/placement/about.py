"""What a placement is about, on its own page and on all that belong to it (R-20.11)."""

from collections.abc import Iterator

from astcoord.core.words import say
from astcoord.ui import about
from astcoord.ui.about import Line
from placements.placement.models import Placement
from placements.placement.permissions import reads_host_school, reads_whole
from placements.requests.about import line_of as request_line
from schools.register.about import line_of as school_line
from staff.accounts.models import User
from staff.posts.about import line_of as ast_line


def register() -> None:
    about.register(Placement, _of_placement, order=10)


def _of_placement(placement: Placement, user: User) -> Iterator[Line]:
    yield Line(say("Placement"), placement.reference, placement.get_absolute_url(), placement.get_status_display())
    yield request_line(placement.request, user)
    yield ast_line(placement.post, user, reads=reads_whole(user, placement))
    yield school_line("Host school", placement.host, user, reads=reads_host_school(user, placement))
    yield school_line("Home school", placement.home, user)
