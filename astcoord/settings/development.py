"""One machine, nothing but Python: SQLite, an embedded broker, e-mail kept where the browser can read it."""

from astcoord.settings.base import *  # noqa: F403
from astcoord.settings.base import VAR, env
from astcoord.settings.database import database
from astcoord.settings.mail import email
from astcoord.settings.worker import EMBEDDED, broker

VAR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env("SECRET_KEY", default="for-development-only-never-in-production")
DEBUG = env.bool("DEBUG", default=True)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
DATABASES = {"default": database(env("DATABASE_URL", default=f"sqlite:///{VAR}/astcoord.sqlite3"))}
globals().update(broker(env("CELERY_BROKER_URL", default=EMBEDDED), VAR / "worker"))

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
READABLE_OUTBOX = True
HISTORY_MAY_BE_FLUSHED = True
if env("EMAIL_URL", default=""):
    globals().update(email(env("EMAIL_URL")))
else:
    EMAIL_BACKEND = "astcoord.core.mail.EmailBackend"
