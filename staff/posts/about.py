"""An AST as other pages name them: a link, and their address, for those who may have it (R-20.11, section G)."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from astcoord.core.finding import list_url
from astcoord.core.roles import AUTHORITY, Role
from astcoord.core.words import say
from astcoord.ui import about
from astcoord.ui.about import Card, Line
from schools.register.about import line_of as school_line
from schools.register.models import School
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.permissions import can_see

MOST = 10
"""ASTs of one school on its page; the list has all."""


def register() -> None:
    about.register(Post, _of_post, order=10)
    about.register(School, _of_school, order=20, name="asts")
    about.register_cards(School, _cards_of_school, order=10)


def line_of(post: Post, user: User, *, reads: bool = False) -> Line:
    """The AST. `reads`: this person works with the AST, and has the address, though the page is not theirs."""
    opens = can_see(user, post)
    url = reverse("staff:post", args=[post.pk]) if opens else ""
    return Line(say("AST"), post.name, url, email=post.user.email if opens or reads else "")


def _of_post(post: Post, user: User) -> Iterator[Line]:
    yield line_of(post, user)
    yield school_line("Home school", post.home, user)


def _employed(school: School, user: User) -> QuerySet[Post]:
    """Who is or becomes an AST there, as far as this person may know."""
    return Post.objects.visible_to(user).current().filter(home=school).select_related("user").order_by("user__name_key")


def _of_school(school: School, user: User) -> Iterator[Line]:
    """One query."""
    for post in _employed(school, user)[:MOST]:
        post.home = school
        yield line_of(post, user)


def _cards_of_school(school: School, user: User) -> Iterator[Card]:
    """The school's own ASTs, on its page (R-20.6). One query."""
    posts = list(_employed(school, user)[:MOST])
    office, own = user.has_role(*AUTHORITY), school.pk in user.schools_as(Role.HEADTEACHER, Role.GOVERNOR)
    if not (posts or office or own):
        return
    page = list_url("staff:posts", school=str(school.urn)) if office else reverse("staff:own_asts") if own else ""
    links = ((say("All ASTs of this school, past ones too") if office else say("The school’s ASTs"), page),)
    lines = tuple((post.name, post.get_status_display(), reverse("staff:post", args=[post.pk])) for post in posts)
    yield Card(say("Its own ASTs"), lines, links if page else (), say("No AST is employed here."))
