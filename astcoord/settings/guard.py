"""What production refuses to start with. Pure, so that each refusal can be tested."""

from collections import Counter
from collections.abc import Mapping
from ipaddress import ip_network
from itertools import pairwise
from math import log2
from typing import Any
from urllib.parse import unquote, urlsplit

KNOWN_KEYS = ("for-development-only", "for-tests-only", "change-me", "changeme", "django-insecure", "secret")
SHORTEST_KEY = 50
LEAST_BITS = 128
KNOWN_PASSWORDS = ("password", "postgres", "astcoord", "change", "secret", "admin", "example", "letmein", "123")
SHORTEST_PASSWORD = 12
MAKE_ONE = "make one of your own: python3 -c 'import secrets; print(secrets.token_urlsafe(60))'"
SHORTEST_TOKEN = 20


def refusals(settings: Mapping[str, Any], environment: Mapping[str, str]) -> list[str]:
    """What is unsafe, in words for the person who deploys; empty when all is well."""
    key = settings.get("SECRET_KEY", "")
    found = [
        (not key, "SECRET_KEY is not set."),
        (key and len(key) < SHORTEST_KEY, f"SECRET_KEY is shorter than {SHORTEST_KEY} characters."),
        (key.lower().startswith(KNOWN_KEYS), f"SECRET_KEY is an example's: {MAKE_ONE}"),
        (len(key) >= SHORTEST_KEY and is_guessable(key), f"SECRET_KEY repeats itself: {MAKE_ONE}"),
        (
            is_weak_password(environment.get("DATABASE_URL", "")),
            f"The password in DATABASE_URL is a known one or shorter than {SHORTEST_PASSWORD} characters: change it in "
            "the database and here.",
        ),
        (
            believes_everybody(settings.get("TRUSTED_PROXIES", ())),
            "TRUSTED_PROXIES must list the proxies' own addresses or networks, as in 10.0.0.5,10.1.0.0/24: visitors "
            "could choose the address that they are known by.",
        ),
        (settings.get("DEBUG"), "DEBUG is on."),
        (settings.get("READABLE_OUTBOX"), "READABLE_OUTBOX is on: anyone could read sign-in codes."),
        (not settings.get("ALLOWED_HOSTS"), "ALLOWED_HOSTS is empty: name the site's host."),
        ("*" in settings.get("ALLOWED_HOSTS", []), "ALLOWED_HOSTS allows every host."),
        (not environment.get("DATABASE_URL"), "DATABASE_URL is not set."),
        (not environment.get("EMAIL_URL"), "EMAIL_URL is not set: nobody could sign in."),
        (not environment.get("SITE_URL"), "SITE_URL is not set: links in letters would lead nowhere."),
        (
            0 < len(settings.get("METRICS_TOKEN", "")) < SHORTEST_TOKEN,
            f"METRICS_TOKEN is shorter than {SHORTEST_TOKEN} characters.",
        ),
        (
            settings.get("SITE_URL", "").startswith("http://") and settings.get("SECURE_SSL_REDIRECT"),
            "SITE_URL must begin with https://.",
        ),
    ]
    return [words for wrong, words in found if wrong]


def is_guessable(key: str) -> bool:
    """Whether a long key is one that nobody drew: a pattern again and again, a row on the keyboard, few characters."""
    bits = -sum(n * log2(n / len(key)) for n in Counter(key).values())
    steps = {ord(after) - ord(before) for before, after in pairwise(key)}
    return key in (key + key)[1:-1] or bits < LEAST_BITS or len(steps) < 10


def is_weak_password(url: str) -> bool:
    """Whether the password in a database's URL is one that is tried first; none at all is the server's own affair."""
    parts = urlsplit(url)
    password = unquote(parts.password or "")
    known = password.lower().startswith(KNOWN_PASSWORDS) or password == parts.username
    return bool(password) and (known or len(password) < SHORTEST_PASSWORD)


def believes_everybody(proxies: Any) -> bool:
    """Whether something in the list of proxies is no address, or a network that anybody may be in."""
    try:
        return any(ip_network(each.strip()).prefixlen < 8 for each in proxies)
    except ValueError:
        return True
