"""How often something may be tried: counted in the cache, so that every process counts the same."""

from django.core.cache import cache

WINDOW = 600
"""Seconds†."""


def too_many(key: str, most: int) -> bool:
    """Whether this is more than `most` of its kind within ten minutes."""
    cache.add(key, 0, WINDOW)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # it ran out between the two
        return False
