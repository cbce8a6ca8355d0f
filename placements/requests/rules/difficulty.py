"""What the co-ordinator has to say before somebody, or a school, in difficulty is supported (R-6.7 to R-6.9). Pure."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from astcoord.core.policy_choices import Difficulty
from astcoord.core.problems import Problem
from placements.requests.lifecycle import IN_DIFFICULTY, Situation

if TYPE_CHECKING:
    from astcoord.core.models.policy import Policy
    from placements.requests.models import RequestedStaff
    from placements.requests.rules import Host


def safeguards(host: "Host", people: Iterable["RequestedStaff"], policy: "Policy") -> list[str]:
    """Why the co-ordinator must say that the aims are realistic; empty if nothing calls for it (R-6.8, R-6.9).

    What the policy simply allows calls for nothing: no category, nobody's difficulty. A programme always does.
    """
    asked = host.category and policy.host_difficulty != Difficulty.ALLOW
    found = [f"The school is in {host.category.lower()}."] if asked else []
    if host.programmes:
        found.append(f"The school is in a programme: {', '.join(host.programmes).lower()}.")
    if policy.teacher_difficulty != Difficulty.ALLOW and any(each.situation in IN_DIFFICULTY for each in people):
        found.append("Somebody to be supported is in difficulty.")
    return found


def realism_problems(found: Collection[str], statement: str) -> list[Problem]:
    """No match is agreed for a safeguarded request without the co-ordinator’s statement (R-6.9)."""
    if not found or statement.strip():
        return []
    message = "Say first why the aims are realistic for the days asked for. " + " ".join(found)
    return [Problem(message, "realism", "R-6.9", "realism")]


def asks_consent(people: Iterable["RequestedStaff"], policy: "Policy") -> list["RequestedStaff"]:
    """For whom the policy is overridden: each has to agree to be supported (R-6.7, C2)."""
    if policy.teacher_difficulty != Difficulty.OVERRIDE:
        return []
    return [each for each in people if each.situation == Situation.SERIOUS]


def consent_problems(people: Iterable["RequestedStaff"], policy: "Policy") -> list[Problem]:
    """The policy is overridden for nobody who has not agreed; nobody is named (R-6.7)."""
    if all(each.consents for each in asks_consent(people, policy)):
        return []
    message = "Say first that whoever is in serious difficulty agrees to be supported."
    return [Problem(message, "consents", "R-6.7", "realism")]
