"""A register file that somebody has uploaded and not yet confirmed."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class PendingImport(models.Model):
    """What was read from an upload, kept between its preview and the confirmation; then removed.

    `by_pk` is no foreign key: accounts live on the floor above.
    """

    by_pk = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    filename = models.CharField(max_length=200)
    reading = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.filename
