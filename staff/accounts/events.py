"""What happens to a head or to a person, with what hangs on it in later rooms (R-17.7)."""

from dataclasses import dataclass

from astcoord.core.consequences import Change
from schools.register.models import School


@dataclass(frozen=True)
class NewHead:
    """Another person becomes head of the school."""

    school: School


NEW_HEAD: Change[NewHead] = Change()
"""Nothing is moved: rights follow the role. What is `undecided` waits for a head, whoever that is on the day."""
