"""What papers of every kind say of a placement: its parties, and what an AST may be asked to do (R-15.2)."""

from typing import Any

from django.urls import reverse

from astcoord.core import documents, outbox
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import CapMode, PMSupport
from placements.placement.models import Placement
from staff.expertise.vocabulary import NeverWork, WorkType

GENERAL_SUPPORT = "Support staff with performance management in general, without judging, setting or reviewing anything"


def role_facts(policy: Policy, placement: Placement | None = None) -> dict[str, Any]:
    """What an AST may and may not be asked to do, under this policy (R-15.2)."""
    return {
        **documents.letterhead(),
        **(parties(placement) if placement else {}),
        "can": can_do(policy),
        "never": [str(label) for label in NeverWork.labels],
        "cap": None if policy.cap_mode == CapMode.AGREED else policy.weekly_outreach_cap,
    }


def can_do(policy: Policy) -> list[str]:
    """The kinds of work an AST may be asked for: help towards targets only where the policy allows it (R-6.6)."""
    kinds = [str(kind.label) for kind in WorkType if kind != WorkType.TARGETS]
    if policy.pm_support != PMSupport.NONE:
        kinds.append(str(WorkType.TARGETS.label))
    if policy.pm_support == PMSupport.GENERAL:
        kinds.append(GENERAL_SUPPORT)
    return kinds


def link_to(placement: Placement) -> str:
    """The placement's page, for messages and papers."""
    return outbox.link(reverse("placements:placement_detail", args=[placement.pk]))


def parties(placement: Placement) -> dict[str, Any]:
    return {
        "reference": placement.reference,
        "ast": placement.post.user.name,
        "home": placement.home.name,
        "host": placement.host.name,
    }
