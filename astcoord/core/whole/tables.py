"""Which tables there are, and which of them are taken where (R-17.14).

Every table of the database is in exactly one of three places: it is taken away by whoever leaves; or it is only needed
to run again, and so only in a backup; or it is left, because the software makes it anew. A table of which nothing is
said is an error, so that no later one is forgotten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader

Model = Any
"""A model's class. Any: what is asked of it here (`_meta`, `_base_manager`) is the same for all."""

OURS = frozenset({"core", "schools", "staff", "placements", "evaluation"})
"""The apps whose tables are an authority's own."""

TO_RUN_ONLY = {
    "account.EmailAddress": "which address sign-in codes go to: the account’s own",
    "core.Posted": "which forms were sent in the last week, so that one sent twice counts once",
    "core.PendingUpload": "a file between its preview and the confirmation",
    "core.RecordCheck": "how far the last look at the fingerprints has come",
    "core.RelayState": "whether the mail relay answered last",
    "core.RememberedColumns": "which column of a file was last taken for what",
    "mfa.Authenticator": "secrets of authenticator apps, passkeys and recovery codes",
    "schools.PendingImport": "a register between its preview and the confirmation",
}
"""In a backup, but not taken away, with the reason."""

MADE_ANEW = {
    "account.EmailConfirmation": "not used",
    "auth.Group": "not used",
    "auth.Group_permissions": "not used",
    "auth.Permission": "not used",
    "core.Posted": "which forms were sent in the last days: they are not sent again to another machine",
    "core.Tries": "how often a code was tried in the last minutes",
    "core.Heartbeat": "which worker was heard of last: every installation has its own",
    "contenttypes.ContentType": "the numbers of the kinds of row, which every installation makes for itself",
    "sessions.Session": "who is signed in: after a restoration everybody signs in again",
    "usersessions.UserSession": "the same, for the page that lists them",
}
"""In neither, with the reason."""


def taken_away() -> list[Model]:
    """What an authority that leaves takes with it."""
    return [model for model in _all() if _is_ours(model) and model._meta.label not in TO_RUN_ONLY]


def backed_up() -> list[Model]:
    """What is needed to run again."""
    return [model for model in _all() if _is_ours(model) or model._meta.label in TO_RUN_ONLY]


def unplaced() -> list[str]:
    """Tables of which nothing is said, by label; and labels of which there is no table. There must be none."""
    there = {model._meta.label for model in _all()}
    placed = {model._meta.label for model in backed_up()} | set(MADE_ANEW) | set(TO_RUN_ONLY)
    return sorted(there ^ placed)


def columns(model: Model) -> list[Any]:
    """The columns that are stored, in their order."""
    return list(model._meta.concrete_fields)


def rows(model: Model) -> Iterator[Any]:
    """All rows with all columns, in the order of their numbers, a few hundred in memory at once."""
    everything: Iterator[Any] = model._base_manager.order_by("pk").iterator(chunk_size=200)
    return everything


@contextmanager
def at_one_moment() -> Iterator[None]:
    """Everything read inside is of one moment, whatever others write meanwhile, and nobody waits for the reading."""
    before = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # else the one writer would have to wait
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = before  # type: ignore[attr-defined]


def migrations() -> dict[str, list[str]]:
    """What shapes the tables have: the last migrations of each app."""
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    labels = sorted({model._meta.app_label for model in backed_up()})
    return {label: sorted(name for _, name in graph.leaf_nodes(label)) for label in labels}


def _all() -> list[Model]:
    """Every table that is managed here, those behind many-to-many columns included."""
    found = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    return sorted((model for model in found if not model._meta.proxy), key=lambda model: str(model._meta.label))


def _is_ours(model: type[models.Model]) -> bool:
    return model._meta.app_label in OURS and model._meta.label not in MADE_ANEW
