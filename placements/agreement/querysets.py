"""Scopes over contract versions and the signatures on them."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from placements.agreement.models import ContractVersion, Signature  # noqa: F401  (named in strings below)


class VersionQuerySet(models.QuerySet["ContractVersion"]):
    def in_force(self) -> "VersionQuerySet":
        """The version that counts, out for signature or signed: at most one of each placement."""
        return self.filter(superseded_at=None, beside=False)

    def beside(self) -> "VersionQuerySet":
        """The version that waits for signatures while another is in force: at most one of each placement."""
        return self.filter(superseded_at=None, beside=True)

    def waits_for(self, party: str) -> "VersionQuerySet":
        """Whatever this party has to sign and has not, or has taken its signature back."""
        signed: SignatureQuerySet = self.model._meta.apps.get_model("placements", "Signature")._default_manager.all()
        theirs = signed.standing().filter(version=models.OuterRef("pk"), party=party)
        return self.filter(~models.Exists(theirs), policy__signatories__has=party)


class SignatureQuerySet(models.QuerySet["Signature"]):
    def standing(self) -> "SignatureQuerySet":
        """Those that count: not taken back (R-20.13)."""
        return self.filter(taken_back_at=None)
