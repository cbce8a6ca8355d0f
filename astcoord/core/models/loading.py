"""A file that somebody has sent and not confirmed yet, and which of its columns meant what (R-17.2)."""

from django.db import models

from astcoord.core.personal_data import Own, PersonalData

KEPT = "Lists that were sent and not stored yet"
"""Their line in the schedule of how long things are kept."""


class PendingUpload(models.Model):
    """Rows of a file as they were sent, kept for whoever sent them until they are stored or put aside.

    `columns` are the file's, in order; `rows` are `[row number, cells, what is wrong with its shape or ""]`; `mapping`
    is the file's column by our field, empty until it is confirmed. Once the good rows are stored, `rows` are the
    refused ones and `refused` says why, by row number. `by_pk` is no foreign key: accounts live on a floor above.
    """

    kind = models.CharField(max_length=30)
    by_pk = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    filename = models.CharField(max_length=200)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    refused = models.JSONField(default=dict)

    personal_data = PersonalData(
        own=(Own(("rows", "refused"), "the people of the file", KEPT),),
        not_personal={"a file’s name and columns": ("kind", "filename", "columns", "mapping")},
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.filename


class RememberedColumns(models.Model):
    """Which column meant what when a file of this kind was last loaded: the file's column by our field."""

    kind = models.CharField(max_length=30, unique=True)
    mapping = models.JSONField(default=dict)

    personal_data = PersonalData(not_personal={"names of columns": ("kind", "mapping")})

    class Meta:
        ordering = ["kind"]
        verbose_name_plural = "remembered columns"

    def __str__(self) -> str:
        return self.kind
