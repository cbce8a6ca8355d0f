"""What production refuses to start with. Pure, so that each refusal can be tested."""

from collections.abc import Mapping
from typing import Any

KNOWN_KEYS = ("for-development-only", "for-tests-only", "change-me", "changeme", "django-insecure", "secret")
SHORTEST_KEY = 50


def refusals(settings: Mapping[str, Any], environment: Mapping[str, str]) -> list[str]:
    """What is unsafe, in words for the person who deploys; empty when all is well."""
    key = settings.get("SECRET_KEY", "")
    found = [
        (not key, "SECRET_KEY is not set."),
        (key and len(key) < SHORTEST_KEY, f"SECRET_KEY is shorter than {SHORTEST_KEY} characters."),
        (key.lower().startswith(KNOWN_KEYS), "SECRET_KEY is an example's: make one of your own."),
        (settings.get("DEBUG"), "DEBUG is on."),
        (settings.get("READABLE_OUTBOX"), "READABLE_OUTBOX is on: anyone could read sign-in codes."),
        (not settings.get("ALLOWED_HOSTS"), "ALLOWED_HOSTS is empty: name the site's host."),
        ("*" in settings.get("ALLOWED_HOSTS", []), "ALLOWED_HOSTS allows every host."),
        (not environment.get("DATABASE_URL"), "DATABASE_URL is not set."),
        (not environment.get("EMAIL_URL"), "EMAIL_URL is not set: nobody could sign in."),
        (not environment.get("SITE_URL"), "SITE_URL is not set: links in letters would lead nowhere."),
        (
            settings.get("SITE_URL", "").startswith("http://") and settings.get("SECURE_SSL_REDIRECT"),
            "SITE_URL must begin with https://.",
        ),
    ]
    return [words for wrong, words in found if wrong]
