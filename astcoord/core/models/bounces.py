"""Addresses at which e-mail comes back for good, and the reports of that which have been read."""

from django.db import models
from django.db.models import Q

from astcoord.core import addresses
from astcoord.core.personal_data import Own, PersonalData


class Unreachable(models.Model):
    """One address that is not written to until the office says so. `address` is `addresses.same` of it."""

    address = models.CharField(max_length=254, unique=True)
    since = models.DateTimeField()
    said = models.CharField("what the mail server said", max_length=300, blank=True)

    personal_data = PersonalData(
        own=(
            Own(
                ("address", "said"),
                "the reader",
                "Addresses at which e-mail comes back",
            ),
        )
    ).shows(
        16,
        "That e-mail to your address comes back",
        "address: address; since: since; the mail server said: said",
        found=lambda subject: Q(address=addresses.same(subject.email)) if subject.email else Q(pk__in=[]),
    )

    class Meta:
        ordering = ["-since", "pk"]
        verbose_name = "address at which e-mail comes back"
        verbose_name_plural = "addresses at which e-mail comes back"

    def __str__(self) -> str:
        return self.address


class BounceRead(models.Model):
    """A report that has been read, by the digest of it, so that reading a mailbox again changes nothing."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    personal_data = PersonalData(not_personal={"a digest": ("digest",)})

    class Meta:
        verbose_name = "bounce that was read"
        verbose_name_plural = "bounces that were read"

    def __str__(self) -> str:
        return self.digest
