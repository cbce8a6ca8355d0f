"""What this floor holds on a person: where the register of schools names a headteacher or a chair of governors."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from astcoord.core.personal_data import Shown
from astcoord.core.subject_access import Subject, same_name
from schools.register.models import School


def _naming(subject: Subject) -> Q:
    found = Q(pk__in=[])
    if subject.name:
        found |= Q(head_name__iexact=subject.name) | Q(register_head_name__iexact=subject.name)
        found |= Q(chair_name__iexact=subject.name)
    if subject.email:
        found |= Q(email__iexact=subject.email) | Q(chair_email__iexact=subject.email)
    return found


def _own(column: str, mine: str) -> Callable[[School, Subject], str]:
    """Only what is this person's: the school's other contacts are somebody else's."""

    def value(school: School, subject: Subject) -> str:
        there, own = getattr(school, column), getattr(subject, mine)
        return there if there and own and same_name(there, own) else ""

    return value


def _as_chair(column: str) -> Callable[[School, Subject], str]:
    def value(school: School, subject: Subject) -> Any:
        chair = subject.is_named(name=school.chair_name, email=school.chair_email)
        return getattr(school, column) if chair else ""

    return value


SECTION = Shown(
    20,
    "Schools that name you",
    "school; headteacher; headteacher in the national register; e-mail address for letters; chair of governors; "
    "chair’s e-mail address",
    found=_naming,
    by_name=True,
    made={
        "school": lambda school, _: f"{school.name} (URN {school.urn})",
        "headteacher": _own("head_name", "name"),
        "headteacher in the national register": _own("register_head_name", "name"),
        "e-mail address for letters": _own("email", "email"),
        "chair of governors": _as_chair("chair_name"),
        "chair’s e-mail address": _as_chair("chair_email"),
    },
)
