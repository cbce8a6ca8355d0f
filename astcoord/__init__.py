"""astcoord. Celery's app is made here so that `shared_task` finds it in every process, the web server's too."""

from astcoord.celery import app as celery_app

__all__ = ["celery_app"]
