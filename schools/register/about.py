"""A school as other pages name it: a link, and how to reach it, for those who may read that (R-20.11, section G)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from astcoord.core.finding import list_url
from astcoord.core.roles import AUTHORITY, Role
from astcoord.ui import about
from astcoord.ui.about import Line
from schools.register.models import School

if TYPE_CHECKING:
    from staff.accounts.models import User


def register() -> None:
    about.register(School, _of_school, order=10)


def line_of(label: str, school: School, user: "User", *, reads: bool = False) -> Line:
    """The school under a label. `reads`: how to reach it is this person's to know, though its page is not."""
    opens = _opens(school, user)
    if not (opens or reads):
        return Line(label, school.name)
    head = f"Headteacher: {school.head_name}" if school.head_name else ""
    url = school.get_absolute_url() if opens else ""
    return Line(label, school.name, url, head, school.telephone, school.email)


def _opens(school: School, user: "User") -> bool:
    """As `School.objects.visible_to` asks it of the database."""
    own = school.pk in user.schools_as(Role.HEADTEACHER, Role.GOVERNOR, Role.AST)
    return bool(user.role_set & AUTHORITY) or own


def _of_school(school: School, user: "User") -> Iterator[Line]:
    """Its people by name for those who read its page. One query where it has a cluster."""
    yield line_of("School", school, user)
    if not _opens(school, user):
        return
    yield Line("Headteacher", school.head_name or "Not entered", telephone=school.telephone, email=school.email)
    if school.chair_name:
        yield Line("Chair of governors", school.chair_name, email=school.chair_email)
    if school.cluster:
        url = list_url("schools:list", cluster=str(school.cluster_id)) if user.role_set & AUTHORITY else ""
        yield Line("Cluster", school.cluster.name, url)
