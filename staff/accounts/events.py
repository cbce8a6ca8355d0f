"""What happens to a head or to a person, with what hangs on it in later rooms (R-17.7)."""

from dataclasses import dataclass

from astcoord.core.consequences import Change
from schools.register.models import School
from staff.accounts.models import User


@dataclass(frozen=True)
class NewHead:
    """Another person becomes head of the school."""

    school: School


NEW_HEAD: Change[NewHead] = Change()
"""Nothing is moved: rights follow the role. What is `undecided` waits for a head, whoever that is on the day."""


@dataclass(frozen=True)
class Renamed:
    """Somebody has another name or address: `person` has the new ones when it is carried, the old ones before."""

    person: User
    name: str
    """The name that is copied in places, which is the old one."""

    email: str


RENAMED: Change[Renamed] = Change()
