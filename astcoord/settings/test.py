"""The tests: quick, quiet and alone. With DATABASE_URL and CELERY_BROKER_URL the same tests use those services.

Several workers may run tests at once (`pytest -n`). Each has a database of its own from pytest-django, and from here
its own numbered database of Redis.
"""

import os

from astcoord.settings.base import *  # noqa: F403
from astcoord.settings.base import TEMPLATES, env
from astcoord.settings.database import database

WORKER = env("PYTEST_XDIST_WORKER", default="gw0").removeprefix("gw")
SECRET_KEY = "for-tests-only-" + "0" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = "https://ast.marlshire.example"
DATABASES = {"default": database(env("DATABASE_URL", default="sqlite://:memory:"))}
# On SQLite the tables are made from the models, five seconds sooner; the run on PostgreSQL makes them by migrating, and
# `serve`'s tests migrate a SQLite of their own.
DATABASES["default"].update(CONN_MAX_AGE=0, TEST={"MIGRATE": not DATABASES["default"]["ENGINE"].endswith("sqlite3")})
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

READABLE_OUTBOX = False
HISTORY_MAY_BE_FLUSHED = True
OUTBOX_DIR = UNWRITTEN_DIR = "/nonexistent"  # a test that writes files says where
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "ast@marlshire.example"

# Tasks are called as functions, or by a worker that the test starts; nothing runs by itself.
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="memory://")
if CELERY_BROKER_URL.startswith("redis://"):
    CELERY_BROKER_URL = f"{CELERY_BROKER_URL.rpartition('/')[0]}/{WORKER}"
    os.environ["CELERY_BROKER_URL"] = CELERY_BROKER_URL  # which Celery would believe rather than its settings
CELERY_DB_REUSE_MAX = None  # a worker in a thread lets go of the test database after each task
CELERY_BEAT_SCHEDULE: dict[str, object] = {}

TEMPLATES[1]["OPTIONS"]["string_if_invalid"] = "{{ %s }}"  # type: ignore[index]  # what an e-mail lacks, shows

STATIC_ROOT = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
