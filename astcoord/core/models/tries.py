"""How often a secret has been tried, or asked for: codes by e-mail, of an app, recovery (see `astcoord.core.tries`)."""

from django.db import models

from astcoord.core.personal_data import PersonalData


class Tries(models.Model):
    """The tries at one secret, or at one account's second step, until `until`. One row for all web processes.

    `key` is a digest, so that the row tells neither the secret nor whose it is.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    personal_data = PersonalData(not_personal={"a digest": ("key",)})

    class Meta:
        verbose_name = "tries at a secret"
        verbose_name_plural = "tries at secrets"

    def __str__(self) -> str:
        return self.key
