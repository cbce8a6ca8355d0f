"""R-1.7: two headteachers are introduced to each other."""

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.reads import heads_or_school
from staff.openings.models import Introduction


def asking(school: School, colleague: User) -> list[Reader]:
    """Who of the school that asks would be told; nobody where the colleague is its only head."""
    return [reader for reader in heads_or_school(school, today()) if reader.email != colleague.email]


def introduced(introduction: Introduction) -> None:
    """To the head who asks, and to the head who agreed to talk: each gets the other's name and school's address."""
    school, colleague = introduction.opening.school, introduction.colleague
    for reader in asking(school, colleague):
        _send(introduction, reader, other=Reader.of(colleague), other_school=introduction.school, asks=True)
        _send(introduction, Reader.of(colleague), other=reader, other_school=school, asks=False)


def _send(introduction: Introduction, to: Reader, *, other: Reader, other_school: School, asks: bool) -> None:
    emails.send(
        "staff/openings/emails/heads-introduced.txt",
        to=to,
        key=f"heads-introduced:{introduction.pk}:{to.key}:{other.key}",
        about=introduction.opening,
        other_head=other.name,
        other_school=other_school,
        asks=asks,
    )
