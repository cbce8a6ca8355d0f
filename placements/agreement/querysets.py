"""Scopes over contract versions."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from placements.agreement.models import ContractVersion  # noqa: F401  (named in strings below)


class VersionQuerySet(models.QuerySet["ContractVersion"]):
    def in_force(self) -> "VersionQuerySet":
        """The version that counts, out for signature or signed: at most one of each placement."""
        return self.filter(superseded_at=None, beside=False)

    def beside(self) -> "VersionQuerySet":
        """The version that waits for signatures while another is in force: at most one of each placement."""
        return self.filter(superseded_at=None, beside=True)
