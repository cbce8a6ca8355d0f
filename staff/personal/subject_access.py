"""What this floor holds on a person: the account, how they sign in, roles, and an AST's post and profile."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from astcoord.core import personal
from astcoord.core.personal import Row, Section, Subject
from staff.posts.models import InductionItem, Post


def register() -> None:
    """Called when the software starts."""
    personal.register(collect)


def collect(subject: Subject) -> Iterator[Section]:
    """Nothing without an account: supported staff have none."""
    if subject.user is None:
        return
    user = subject.user
    yield Section("Your account", [_account(user)])
    yield Section("Your roles", [_role(role) for role in user.roles.select_related("school")])
    yield Section("How you sign in", [*_addresses(user), *_second_steps(user)])
    yield Section("Where you are signed in", [_session(each) for each in UserSession.objects.filter(user=user)])
    posts = Post.objects.filter(user=user).with_profile()
    yield Section("Your AST post and profile", [_post(post) for post in posts])
    items = InductionItem.objects.filter(done_by=user).select_related("post")
    yield Section("Steps of induction that you recorded", [{"step": str(i), "done": i.done_on} for i in items])


def _account(user: Any) -> Row:
    return {
        "name": user.name,
        "e-mail": user.email,
        "since": user.date_joined,
        "last signed in": user.last_login,
        "may sign in": user.is_active,
    }


def _role(role: Any) -> Row:
    return {
        "role": str(role),
        "chair": role.is_chair,
        "subjects": list(role.subjects),
        "from": role.starts_on,
        "until": role.ends_on,
    }


def _addresses(user: Any) -> list[Row]:
    found = EmailAddress.objects.filter(user=user)
    return [{"what": "Codes by e-mail", "detail": each.email, "confirmed": each.verified} for each in found]


def _second_steps(user: Any) -> list[Row]:
    """That there is one, never its secret."""
    found = Authenticator.objects.filter(user=user)
    return [
        {"what": each.get_type_display(), "added": each.created_at, "last used": each.last_used_at} for each in found
    ]


def _session(session: UserSession) -> Row:
    return {
        "from": session.created_at,
        "last seen": session.last_seen_at,
        "address": session.ip,
        "browser": session.user_agent,
    }


def _post(post: Post) -> Row:
    field = type(post)._meta.get_field
    return {
        "home school": post.home.name,
        "status": post.get_status_display(),
        "full-time equivalent": post.fte,
        "funded by": post.get_funding_display(),
        "assessment passed": post.passed_on,
        "assessed by": post.assessor,
        "from": post.starts_on,
        "until": post.ends_on,
        "management duties": post.management_duties,
        "subjects": [f"{each}: {each.get_level_display()}" for each in post.expertise.all()],
        "key stages": field("key_stages").labels(post),  # type: ignore[union-attr]
        "kinds of work": field("work_types").labels(post),  # type: ignore[union-attr]
        "years of teaching": post.years_teaching,
        "in your own words": post.about,
        "outreach time": [str(each) for each in post.patterns.all()],
        "induction": [f"{item}: {item.done_on or 'not done'}" for item in post.induction.all()],
        "profile checked": post.checked_on,
    }
