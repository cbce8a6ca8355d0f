"""Where e-mail goes, by its URL: a mail relay, as django-environ reads it, or GOV.UK Notify."""

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

NOTIFY = "govuk-notify"
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KEY = re.compile(rf".+-{UUID.pattern}-{UUID.pattern}")
HOW = "EMAIL_URL for GOV.UK Notify is govuk-notify://:API-KEY@TEMPLATE/TEMPLATE-WITH-PAPER (docs/operations.md): "


def email(url: str) -> dict[str, Any]:
    """Django's settings for an `EMAIL_URL`; ImproperlyConfigured where letters with papers could not be sent."""
    parts = urlsplit(url)
    if parts.scheme != NOTIFY:
        found: dict[str, Any] = Env.email_url_config(url)
        return found
    plain, paper = parts.hostname or "", parts.path.strip("/")
    if not KEY.fullmatch(unquote(parts.password or "")):
        raise ImproperlyConfigured(f"{HOW}the key is missing, or cut off.")
    if not UUID.fullmatch(plain) or not UUID.fullmatch(paper):
        raise ImproperlyConfigured(f"{HOW}two templates are needed, since many letters bring a paper.")
    if find_spec("django_gov_notify") is None:
        raise ImproperlyConfigured("GOV.UK Notify needs its package: pip install -r requirements-notify.txt")
    return {
        "EMAIL_BACKEND": "astcoord.core.govuk_notify.EmailBackend",
        "GOVUK_NOTIFY_API_KEY": unquote(parts.password),
        "GOVUK_NOTIFY_PLAIN_EMAIL_TEMPLATE_ID": plain,
        "GOVUK_NOTIFY_PAPER_TEMPLATE_ID": paper,
    }
