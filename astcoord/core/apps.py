from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_save


class CoreConfig(AppConfig):
    name = "astcoord.core"
    verbose_name = "What every floor stands on"

    def ready(self) -> None:
        # checks registers the start-up checks; tasks listens to the outbox
        from astcoord.core import (  # noqa: PLC0415
            append_only,
            checks,  # noqa: F401
            database_roles,  # noqa: F401
            housekeeping,
            named,
            records,
            retention,
            tasks,  # noqa: F401
        )

        post_migrate.connect(append_only.install_after_migrate, dispatch_uid="append-only")
        pre_save.connect(lambda instance, **_: named.about_to_write(instance), weak=False, dispatch_uid="named")
        retention.register(housekeeping.LINES)
        records.register([records.DOCUMENTS])
