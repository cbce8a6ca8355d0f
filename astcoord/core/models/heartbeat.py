"""What the workers leave behind for whoever asks whether they work (docs/decisions/0022-a-worker-is-listened-to.md)."""

from django.db import models

from astcoord.core.personal_data import PersonalData


class Heartbeat(models.Model):
    """One row a worker, written over again every few seconds while it has something to do: the sweep, if nothing else.

    `worker` is Celery's name for it, with the machine's; `pid` is its process there, the one that has children.
    """

    worker = models.CharField(max_length=255, unique=True)
    pid = models.PositiveIntegerField()
    release = models.CharField(max_length=40)
    looked_at = models.DateTimeField()

    personal_data = PersonalData(not_personal={"names of machines and of releases": ("worker", "release")})

    def __str__(self) -> str:
        return self.worker
