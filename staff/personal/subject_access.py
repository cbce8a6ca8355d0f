"""What this floor holds on a person: the account, how they sign in, roles, and an AST's post and profile.

Nothing without an account: supported staff have none. Of a second step it is told that there is one, never its secret.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from astcoord.core.subject_access import Shown, Subject, by_account
from staff.accounts.models import RoleAssignment, User
from staff.posts.models import InductionItem, Post


def _labels(column: str) -> Callable[[Any, Subject], list[str]]:
    return lambda row, _: row._meta.get_field(column).labels(row)


SECTIONS = (
    Shown(
        "Your account",
        by_account(User, "pk"),
        "name; e-mail: email; since: date_joined; last signed in: last_login; may sign in: is_active",
    ),
    Shown(
        "Your roles",
        by_account(RoleAssignment, "user"),
        "role: __str__; chair: is_chair; subjects; from: starts_on; until: ends_on",
        {"subjects": lambda role, _: list(role.subjects)},
    ),
    Shown(
        "How you sign in",
        by_account(EmailAddress, "user"),
        "what; detail: email; confirmed: verified",
        {"what": lambda *_: "Codes by e-mail"},
    ),
    Shown(
        "How you sign in",
        by_account(Authenticator, "user"),
        "what: get_type_display; added: created_at; last used: last_used_at",
    ),
    Shown(
        "Where you are signed in",
        by_account(UserSession, "user"),
        "from: created_at; last seen: last_seen_at; address: ip; browser: user_agent",
    ),
    Shown(
        "Your AST post and profile",
        by_account(Post, "user"),
        "home school: home.name; status: get_status_display; full-time equivalent: fte; "
        "funded by: get_funding_display; assessment passed: passed_on; assessed by: assessor; from: starts_on; "
        "until: ends_on; management duties: management_duties; subjects; key stages; kinds of work; "
        "years of teaching: years_teaching; in your own words: about; outreach time; induction; "
        "profile checked: checked_on",
        {
            "subjects": lambda post, _: [f"{each}: {each.get_level_display()}" for each in post.expertise.all()],
            "key stages": _labels("key_stages"),
            "kinds of work": _labels("work_types"),
            "outreach time": lambda post, _: [str(each) for each in post.patterns.all()],
            "induction": lambda post, _: [f"{item}: {item.done_on or 'not done'}" for item in post.induction.all()],
        },
    ),
    Shown("Steps of induction that you recorded", by_account(InductionItem, "done_by"), "step: __str__; done: done_on"),
)
