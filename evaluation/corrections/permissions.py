"""Who answers a correction, and who takes one back (section G: the co-ordinator corrects)."""

from evaluation.corrections.models import Correction
from evaluation.diary.models import DiaryEntry
from evaluation.diary.permissions import can_write_diary
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator


def asks(user: User, entry: DiaryEntry) -> bool:
    """The AST, or the office for the AST; whether it is the time to ask the entry's state says."""
    return can_write_diary(user, entry.day.placement)


def decides(user: User, thing: DiaryEntry | Correction) -> bool:
    """Changing what is closed is the co-ordinator's alone."""
    return is_coordinator(user)


def can_withdraw(user: User, correction: Correction) -> bool:
    """Whoever may ask may take back, until it has been answered."""
    return correction.is_open and can_write_diary(user, correction.entry.day.placement)
