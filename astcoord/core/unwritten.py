"""E-mails that the relay took while the database was away: an empty file each, until the database knows.

A sweep reads them before it takes back any claim, so that a database that is away for longer than a lease sends nothing
twice. A file's name is the message's number and claim, its time is when it was sent: nothing of a person.
"""

import logging
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from astcoord.core.models.messages import Message, MessageStatus

logger = logging.getLogger(__name__)

NAME = re.compile(r"(\d+)-(\w+)")


def keep(pk: int, token: str) -> bool:
    """Note that this claim of the message was sent just now. False where the disk does not take it."""
    place = _place(pk, token)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    except OSError as error:
        logger.error("Message %s was sent, and neither the database nor the disk takes note of it: %s", pk, error)
        return False
    return True


def forget(pk: int, token: str) -> None:
    """The database knows."""
    with suppress(OSError):
        _place(pk, token).unlink()


def write_down() -> int:
    """Tell the database what it missed; how many messages. Its errors are raised, and the files stay.

    A file that cannot be read or removed costs a line in the log, and keeps no other from being read.
    """
    done = 0
    for place in Path(settings.UNWRITTEN_DIR).glob("*-*"):
        if name := NAME.fullmatch(place.name):
            claimed = Message.objects.filter(pk=int(name[1]), token=name[2]).exclude(status=MessageStatus.SENT)
            try:
                at = datetime.fromtimestamp(place.stat().st_mtime, UTC)
                claimed.update(status=MessageStatus.SENT, sent_at=at, error="", lease_until=None)
                place.unlink(missing_ok=True)
            except FileNotFoundError:
                continue  # whoever was quicker has told the database
            except OSError as error:
                logger.error("%s cannot be read or removed: %s", place, type(error).__name__)
                continue
            done += 1
    return done


def _place(pk: int, token: str) -> Path:
    return Path(settings.UNWRITTEN_DIR) / f"{pk}-{token}"
