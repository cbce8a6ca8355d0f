"""How ASTs are found: by name, school and subject, in post or not (R-20.1)."""

from django.db.models import Q
from django.urls import reverse

from astcoord.core import finding, search
from astcoord.core.roles import AUTHORITY
from astcoord.core.search import Hit, Hits
from astcoord.core.words import say
from staff.accounts.models import User
from staff.expertise.called import subjects_called
from staff.posts.models import Expertise, Post

COLUMNS = ("user__name_key", "home__name_key")


def by_subject(word: str) -> Q:
    """By what schools call a subject of theirs."""
    codes = subjects_called(word)
    return Q(pk__in=Expertise.objects.filter(subject__in=codes).order_by().values("post")) if codes else Q()


def register() -> None:
    search.register(say("ASTs"), _look, order=30)


def _look(user: User, text: str) -> Hits:
    posts = Post.objects.visible_to(user)
    found = finding.found_by(posts, user, text, COLUMNS, by_subject)
    found = found.select_related("user", "home").order_by("user__name_key", "pk")
    staff = user.has_role(*AUTHORITY)
    return finding.first(found, _hit, finding.list_url("staff:posts", name=text) if staff else "")


def _hit(post: Post) -> Hit:
    return Hit(post.name, reverse("staff:post", args=[post.pk]), f"{say('AST')} of {post.home.name}", post)
