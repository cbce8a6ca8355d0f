"""Production: everything from environment variables, and nothing insecure by default."""

import os

from django.core.exceptions import ImproperlyConfigured

from astcoord.settings.base import *  # noqa: F403
from astcoord.settings.base import ALLOWED_HOSTS, SECRET_KEY, SITE_URL, VAR, env
from astcoord.settings.database import database
from astcoord.settings.guard import refusals
from astcoord.settings.mail import email
from astcoord.settings.worker import EMBEDDED, broker

DEBUG = env.bool("DEBUG", default=False)
READABLE_OUTBOX = env.bool("READABLE_OUTBOX", default=False)

# Behind a proxy that ends TLS. Off only where the proxy itself turns http away.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
TRUSTED_PROXIES = []
SECURE_REDIRECT_EXEMPT = [r"^(healthy|live|ready|metrics)/$"]
if env.bool("BEHIND_PROXY", default=True):
    TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.1", "::1"])
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 365)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
# Preloading binds every site of the authority's domain, so one service has no say in it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# A browser takes cookies of this name from this host over TLS only, so that no other site of the domain can plant one.
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
REQUIRE_SECOND_FACTOR = True

if problems := refusals(globals(), os.environ):
    raise ImproperlyConfigured("Production does not start like this:\n  - " + "\n  - ".join(problems))

DATABASES = {"default": database(env("DATABASE_URL"))}
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=EMBEDDED)
globals().update(broker(CELERY_BROKER_URL, VAR / "worker"))
globals().update(email(env("EMAIL_URL")))

# Rate limits of the sign-in page are counted in the cache: all web processes have to share it.
_redis = CELERY_BROKER_URL if CELERY_BROKER_URL.startswith("redis") else ""
CACHES = {"default": env.cache("CACHE_URL", default=_redis or f"filecache://{VAR}/cache")}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

__all__ = ["ALLOWED_HOSTS", "SECRET_KEY", "SITE_URL"]
