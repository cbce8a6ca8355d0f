"""What a match is about, and the match from which a placement came (R-20.11)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.core.roles import AUTHORITY
from astcoord.ui import about
from astcoord.ui.about import Line
from placements.matching.models import Match
from placements.placement.models import Placement
from placements.requests.about import line_of as request_line
from schools.register.about import line_of as school_line
from staff.accounts.models import User
from staff.accounts.querysets import OFFICE_AND_OFFICER, consultant_subjects
from staff.posts.about import line_of as ast_line
from staff.posts.models import Post
from staff.posts.permissions import is_home_head, is_own


def register() -> None:
    about.register(Match, _of_match, order=10)
    about.register(Placement, _of_placement, order=20)


def page_of(match: int, post: Post, user: User) -> str:
    """The page on which this person reads a match that they may see: the authority's, the AST's, the home head's."""
    if user.has_role(*AUTHORITY):
        return reverse("placements:match", args=[match])
    page = "match_ast" if is_own(user, post) else "match_home"
    return reverse(f"placements:{page}", args=[match])


def _of_placement(placement: Placement, user: User) -> Iterator[Line]:
    """How it came about; nobody was asked for what was agreed before this system (R-17.4). No query."""
    post = placement.post
    authority = user.has_role(*OFFICE_AND_OFFICER) or placement.subject in consultant_subjects(user)
    if placement.taken_in_on is None and (authority or is_own(user, post) or is_home_head(user, post)):
        yield Line("Match", "Who was asked, and why", page_of(placement.match_id, post, user))


def _of_match(match: Match, user: User) -> Iterator[Line]:
    yield request_line(match.request, user)
    yield ast_line(match.post, user)
    yield school_line("School", match.request.host, user)
    yield school_line("Home school", match.post.home, user)
