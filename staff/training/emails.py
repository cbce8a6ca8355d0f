"""Who hears that somebody is training co-ordinator, or is not any more (R-3.21)."""

from astcoord.core import emails
from astcoord.core.emails import Reader
from staff.training.models import TrainingCoordinator

ROOM = "staff/training/emails"


def named(row: TrainingCoordinator) -> None:
    """That there is something to read, to whoever is named."""
    _send("training-named", row)


def ended(row: TrainingCoordinator) -> None:
    """That it is not theirs any more."""
    _send("training-ended", row)


def _send(kind: str, row: TrainingCoordinator) -> None:
    reader = Reader.of(row.user)
    emails.send(f"{ROOM}/{kind}.txt", to=reader, key=f"{kind}:{row.pk}:{reader.key}", about=row)
