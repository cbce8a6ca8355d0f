"""Versions of a contract, and the signatures on each (R-8.11, R-8.12)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.models import Document, Policy
from astcoord.core.models.about import AppendOnly
from astcoord.core.models.policy import Party
from placements.models.placements import Placement


class ContractVersion(models.Model):
    """What was put before the parties: a PDF whose SHA-256 is what they sign, and the policy it was made under."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="contracts")
    number = models.PositiveSmallIntegerField()
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    change = models.TextField("what changed since the last version", blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    signed_document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="contract_version_once"),
            models.UniqueConstraint(
                name="one_contract_in_force", fields=["placement"], condition=Q(superseded_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Contract version {self.number}"


class Signature(AppendOnly):
    """One party's signature on one version: name, capacity, time and the hash of the text signed."""

    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=12, choices=Party)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    signed_at = models.DateTimeField(auto_now_add=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "party"], name="one_signature_per_party")]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_party_display()}"
