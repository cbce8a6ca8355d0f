"""The database by its URL, with what each kind needs to be shared by a web server and workers."""

from typing import Any

from environ import Env

SQLITE = {
    # Readers and the one writer do not wait for each other; a transaction that will write says so when it begins,
    # so that two of them queue (for up to 20 s) instead of failing half-way.
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def database(url: str) -> dict[str, Any]:
    """Django's settings for a `DATABASE_URL`."""
    config: dict[str, Any] = Env.db_url_config(url)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {**config.get("OPTIONS", {}), **SQLITE}
    else:
        # Kept open between requests and tasks, and looked at before use: a restart of the database strands nobody.
        config.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    return config


def owner(url: str) -> dict[str, Any]:
    """Who owns the tables of the same database, for a `DATABASE_OWNER_URL`; nothing where there is one role."""
    config: dict[str, Any] = Env.db_url_config(url) if url else {}
    return {key: config[key] for key in ("USER", "PASSWORD", "HOST", "PORT") if key in config}
