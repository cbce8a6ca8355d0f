"""Tries at a secret, and what else may be done only so often, counted in the database: many at once are judged no more
often than one after the other.

A count in the session or in the cache is read, added to and written back: forty requests at once all read the same
number. Here the database adds, and only where the limit is not reached, whatever process asks.
"""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from astcoord.core.models.tries import Tries

USED = 32000
"""A secret that has been used: no number of tries comes so far."""


def one_more(secret: str, *, most: int, within: int) -> bool:
    """Whether this try may be judged: one of `most` within so many seconds, from the first one on. Counts it.

    `secret` names the secret and is no secret itself. After that time, counting begins anew.
    """
    now, key = timezone.now(), _key(secret)
    until = now + timedelta(seconds=within)
    Tries.objects.bulk_create([Tries(key=key, until=until)], ignore_conflicts=True)
    mine = Tries.objects.filter(key=key)
    mine.filter(until__lte=now).update(count=0, until=until)
    return bool(mine.filter(count__lt=most).update(count=F("count") + 1))


def left(secret: str, *, most: int) -> int:
    """How many tries are left just now."""
    found = Tries.objects.filter(key=_key(secret), until__gt=timezone.now()).values_list("count", flat=True).first()
    return max(0, most - (found or 0))


def use(secret: str) -> bool:
    """Whether this is the one request that uses the secret, after a try at it that was right. Of many at once, one."""
    return bool(Tries.objects.filter(key=_key(secret), count__lt=USED).update(count=USED))


def is_used(secret: str) -> bool:
    """Whether the secret has been used."""
    return Tries.objects.filter(key=_key(secret), count=USED).exists()


def forget(secret: str) -> None:
    """Begin anew: who knew it may not be kept out by what they mistyped before."""
    Tries.objects.filter(key=_key(secret)).delete()


def _key(secret: str) -> str:
    """With the SECRET_KEY in it: of a plain digest one could find out by trying whose address it is."""
    return salted_hmac(__name__, secret, algorithm="sha256").hexdigest()
