"""The worker's and the clock's way in: `celery -A astcoord worker`, `celery -A astcoord beat`."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import task_prerun, worker_process_init
from django.db import close_old_connections, connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astcoord.settings.production")
app = Celery("astcoord")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def look_at_the_database_connection(task: Any = None, **kwargs: Any) -> None:
    """With CELERY_DB_REUSE_MAX nobody else does, and one restart of the database would strand a worker for good."""
    if not task.request.is_eager and not connection.in_atomic_block:
        close_old_connections()


@worker_process_init.connect
def warm_up(**kwargs: Any) -> None:
    """Fonts once per child, after the fork; what is loaded by then is never collected, and need not be looked at."""
    from astcoord.core import documents  # noqa: PLC0415 (models: only once Django has been set up)

    documents.warm_up()
    gc.collect()
    gc.freeze()
