"""Forms that were sent and have been done, so that the same form sent again does nothing twice (R-17.11)."""

from django.db import models

from astcoord.core.personal_data import PersonalData


class Posted(models.Model):
    """One drawn form that led somewhere. Holds nothing that was written in it.

    `key` is a digest of who sent it and of the key that was drawn with the form; `digest` is one of the address and
    the answers; `target` is where it led. `asked` says that somebody has been told of having sent the same before, so
    that the next time is meant. `by_pk` is no foreign key: accounts live on a floor above; None for a signed link.
    """

    key = models.CharField(max_length=64, unique=True)
    by_pk = models.BigIntegerField(null=True, blank=True, db_index=True)
    digest = models.CharField(max_length=64)
    target = models.CharField(max_length=2000, blank=True)
    asked = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    personal_data = PersonalData(not_personal={"digests, and an address of ours": ("key", "digest", "target")})

    class Meta:
        verbose_name = "form that was sent"
        verbose_name_plural = "forms that were sent"

    def __str__(self) -> str:
        return self.key
