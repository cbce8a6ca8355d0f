"""What this floor holds on a person: where the register of schools names a headteacher or a chair of governors."""

from collections.abc import Iterator

from django.db.models import Q

from astcoord.core import personal
from astcoord.core.personal import BY_NAME, Row, Section, Subject
from schools.register.models import School


def register() -> None:
    """Called when the software starts."""
    personal.register(collect)


def collect(subject: Subject) -> Iterator[Section]:
    """Schools that name this person, each with only the entries that are this person's."""
    found = Q(pk__in=[])
    if subject.name:
        found |= Q(head_name__iexact=subject.name) | Q(register_head_name__iexact=subject.name)
        found |= Q(chair_name__iexact=subject.name)
    if subject.email:
        found |= Q(email__iexact=subject.email) | Q(chair_email__iexact=subject.email)
    rows = [_entry(school, subject) for school in School.objects.filter(found)]
    yield Section("Schools that name you", rows, BY_NAME)


def _entry(school: School, subject: Subject) -> Row:
    """Only what is this person's: the school's other contacts are somebody else's."""
    chair = subject.is_named(name=school.chair_name, email=school.chair_email)
    return {
        "school": f"{school.name} (URN {school.urn})",
        "headteacher": _own(school.head_name, subject.name),
        "headteacher in the national register": _own(school.register_head_name, subject.name),
        "e-mail address for letters": _own(school.email, subject.email),
        "chair of governors": school.chair_name if chair else "",
        "chair’s e-mail address": school.chair_email if chair else "",
    }


def _own(value: str, mine: str) -> str:
    return value if value and mine and personal.same_name(value, mine) else ""
