"""A policy is about to be adopted: the rooms say what open work it touches (R-16.1)."""

from dataclasses import dataclass
from datetime import date

from astcoord.core.consequences import Change
from astcoord.core.models.policy import Policy


@dataclass(frozen=True)
class Adopting:
    """A policy is about to be adopted: what is open, and how it looks under the one before and the new one."""

    before: Policy
    after: Policy
    today: date

    def turns(self, name: str, *, to: object) -> bool:
        """Whether the new policy has this setting at `to`, and the one before had not."""
        return bool(getattr(self.after, name) == to != getattr(self.before, name))


ADOPTING: Change[Adopting] = Change()
"""What open work a new policy touches: each room says it of its own (R-16.1)."""
