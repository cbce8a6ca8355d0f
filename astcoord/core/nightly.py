"""What the worker does to one row after another: a row that is refused does not keep the rest from their turn."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import models, transaction

from astcoord.core.problems import Refused

T = TypeVar("T", bound=models.Model)

logger = logging.getLogger(__name__)


def each(rows: Iterable[T], do: Callable[[T], object]) -> int:
    """Do it to every row, each in a transaction of its own; how many it was done to, or the sum where `do` counts.

    Somebody may be quicker than the night, or the facts may stand against it: then the reason goes into the log, and
    the row is looked at again next time (R-16.4).
    """
    done = 0
    for row in rows:
        try:
            with transaction.atomic():
                result = do(row)
        except Refused as refusal:
            logger.warning("%s %s was left for next time: %s", row._meta.label, row.pk, refusal)
            continue
        done += result if isinstance(result, int) else 1
    return done
