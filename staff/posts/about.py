"""An AST as other pages name them: a link, and their address, for those who may have it (R-20.11, section G)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.core.words import say
from astcoord.ui import about
from astcoord.ui.about import Line
from schools.register.about import line_of as school_line
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.permissions import can_see


def register() -> None:
    about.register(Post, _of_post, order=10)


def line_of(post: Post, user: User, *, reads: bool = False) -> Line:
    """The AST. `reads`: this person works with the AST, and has the address, though the page is not theirs."""
    opens = can_see(user, post)
    url = reverse("staff:post", args=[post.pk]) if opens else ""
    return Line(say("AST"), post.name, url, email=post.user.email if opens or reads else "")


def _of_post(post: Post, user: User) -> Iterator[Line]:
    yield line_of(post, user)
    yield school_line("Home school", post.home, user)
