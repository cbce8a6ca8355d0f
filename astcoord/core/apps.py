from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "astcoord.core"
    verbose_name = "What every floor stands on"

    def ready(self) -> None:
        # checks registers the start-up checks; tasks listens to the outbox
        from astcoord.core import append_only, checks, database_roles, housekeeping, retention, tasks  # noqa: F401, PLC0415

        post_migrate.connect(append_only.install_after_migrate, dispatch_uid="append-only")
        retention.register(housekeeping.LINES)
