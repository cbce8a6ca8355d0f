"""What production refuses, and how a URL becomes settings."""

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from astcoord.settings.database import database
from astcoord.settings.guard import refusals
from astcoord.settings.worker import EMBEDDED, broker

KEY = "kR3v-9tQm_Zb7LxWc2HnYd5Jp8Fs0GuAe4TiOoVhKqXwMyNz6B"
SAFE = {
    "SECRET_KEY": KEY,
    "DEBUG": False,
    "READABLE_OUTBOX": False,
    "ALLOWED_HOSTS": ["ast.marlshire.example"],
    "SITE_URL": "https://ast.marlshire.example",
    "SECURE_SSL_REDIRECT": True,
}
ENVIRONMENT = {
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "ast.marlshire.example",
    "SITE_URL": "https://ast.marlshire.example",
    "DATABASE_URL": "postgres://ast:hXq2-vT9_mLw@db:5432/ast",
    "EMAIL_URL": "smtp+tls://user:pw@relay.marlshire.example:587",
    "CELERY_BROKER_URL": "redis://redis:6379/0",
}


def test_safe_settings_are_not_refused():
    assert refusals(SAFE, ENVIRONMENT) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "shorter than 50"),
        ({"SECRET_KEY": "for-development-only-" + "x" * 60}, "an example's"),
        ({"SECRET_KEY": "x7" * 40}, "repeats itself"),
        ({"SECRET_KEY": "correct-horse-battery-staple-" * 2}, "repeats itself"),
        ({"SECRET_KEY": "".join(map(chr, range(48, 123)))}, "repeats itself"),
        ({"SECRET_KEY": "a" * 49 + "bcdefgh"}, "repeats itself"),
        ({"TRUSTED_PROXIES": ["*"]}, "TRUSTED_PROXIES must list"),
        ({"TRUSTED_PROXIES": ["127.0.0.1", "0.0.0.0/0"]}, "TRUSTED_PROXIES must list"),
        ({"TRUSTED_PROXIES": ["proxy.marlshire.example"]}, "TRUSTED_PROXIES must list"),
        ({"DEBUG": True}, "DEBUG is on"),
        ({"READABLE_OUTBOX": True}, "READABLE_OUTBOX is on"),
        ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS is empty"),
        ({"ALLOWED_HOSTS": ["*"]}, "every host"),
        ({"SITE_URL": "http://ast.marlshire.example"}, "https"),
    ],
)
def test_an_unsafe_setting_is_refused(change, reason):
    (refusal,) = refusals({**SAFE, **change}, ENVIRONMENT)
    assert reason in refusal


@pytest.mark.parametrize("name", ["DATABASE_URL", "EMAIL_URL", "SITE_URL"])
def test_a_missing_variable_is_refused(name):
    (refusal,) = refusals(SAFE, {k: v for k, v in ENVIRONMENT.items() if k != name})
    assert name in refusal


def test_a_key_that_was_drawn_is_taken():
    for draw in (secrets.token_urlsafe, secrets.token_hex, lambda size: base64.b64encode(secrets.token_bytes(size))):
        made = draw(60)
        assert refusals({**SAFE, "SECRET_KEY": made if isinstance(made, str) else made.decode()}, ENVIRONMENT) == []


@pytest.mark.parametrize(
    "password", ["pw", "postgres", "astcoord", "change-me-please-1", "Password12345", "astrid-sixteen"]
)
def test_a_database_password_that_is_tried_first_is_refused(password):
    (refusal,) = refusals(SAFE, {**ENVIRONMENT, "DATABASE_URL": f"postgres://astrid-sixteen:{password}@db:5432/ast"})
    assert "password in DATABASE_URL" in refusal
    assert password not in refusal


@pytest.mark.parametrize("url", ["postgres:///ast", "sqlite:////srv/x.sqlite3", "postgres://ast@db/ast"])
def test_a_database_without_a_password_is_the_servers_own_affair(url):
    assert refusals(SAFE, {**ENVIRONMENT, "DATABASE_URL": url}) == []


def settings_in_production(show: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = f"from django.conf import settings; print({show})"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "astcoord.settings.production", **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_does_not_start_without_its_settings():
    result = settings_in_production("settings.SECRET_KEY")
    assert result.returncode != 0
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL"):
        assert f"  - {name}" in result.stderr


def test_production_is_locked_down():
    shown = (
        "settings.DEBUG, settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, "
        "settings.SECURE_HSTS_SECONDS > 0, settings.EMAIL_USE_TLS, settings.EMAIL_HOST, "
        "settings.CACHES['default']['BACKEND'], 'Manifest' in settings.STORAGES['staticfiles']['BACKEND']"
    )
    result = settings_in_production(shown, **ENVIRONMENT)
    assert result.stdout.strip() == (
        "False True True True True True relay.marlshire.example django.core.cache.backends.redis.RedisCache True"
    ), result.stderr


def test_sqlite_is_shared_by_web_and_worker():
    options = database("sqlite:////srv/x.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_connections_are_kept_and_looked_at():
    config = database("postgres://ast:pw@db:5432/ast")
    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (60, True)


def test_the_embedded_broker_needs_nothing_but_a_folder(tmp_path: Path):
    options = broker(EMBEDDED, tmp_path / "worker")["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert Path(options["data_folder_in"]).is_dir()
    assert options["data_folder_in"] == options["data_folder_out"]


def test_redis_is_taken_as_it_comes(tmp_path: Path):
    given = broker("redis://redis:6379/0", tmp_path)
    assert given["CELERY_BROKER_URL"] == "redis://redis:6379/0"
    assert given["CELERY_BROKER_TRANSPORT_OPTIONS"]["socket_keepalive"]
