"""R-8.13: everything that must be true before the first outreach day, and whose task each thing is. Pure."""

from dataclasses import dataclass

from astcoord.core.problems import Problem

HOST_HEAD, HOME_HEAD, AST, COORDINATOR, EVERYONE = "host_head", "home_head", "ast", "coordinator", ""

OWNERS = {
    "signatures": EVERYONE,
    "p1": COORDINATOR,
    "p2": HOST_HEAD,
    "p3": HOST_HEAD,
    "papers": HOST_HEAD,
    "cover": HOME_HEAD,
    "pattern": HOME_HEAD,
    "induction": COORDINATOR,
    "host-head": COORDINATOR,
    "chair": HOST_HEAD,
}
"""Who has to do something about a gap of that code. Nobody in particular: every signatory."""

OVERRIDABLE = ("p2", "p3")
"""What the co-ordinator may set aside with a reason."""


@dataclass(frozen=True)
class ActivationFacts:
    """One flag for each line of R-8.13 and R-1.3. `missing` are the words for the parties that have not signed."""

    signed: bool
    missing: tuple[str, ...] = ()
    role_statement_sent: bool = False
    circulated: bool = False
    chair_told: bool = False
    papers_requested: bool = False
    cover: bool = False
    pattern: bool = False
    inducted: bool = False
    host_has_head: bool = False
    host_has_chair: bool = False
    overridden: bool = False


def activation_problems(facts: ActivationFacts) -> list[Problem]:
    """What is still missing, in the order in which one would see to it; empty when the placement may start."""
    waived = OVERRIDABLE if facts.overridden else ()
    checks = (
        ("signatures", facts.signed, _signatures(facts), "R-8.13"),
        ("p1", facts.role_statement_sent, "The role statement has not gone to the host headteacher.", "R-8.1"),
        ("p2", facts.circulated, "The host school’s staff have not been given the protocol and the role.", "R-8.2"),
        ("chair", facts.host_has_chair, "The host school has no chair of governors with an e-mail address.", "R-1.3"),
        ("p3", facts.chair_told, "The chair of the host’s governors has not been told.", "R-8.3"),
        ("papers", facts.papers_requested, "Some papers have nobody to provide them, or no date.", "R-8.13"),
        ("cover", facts.cover, "Nobody has said how the AST’s classes at home are covered.", "R-4.12"),
        ("pattern", facts.pattern, "The AST’s outreach time at home is not set.", "R-4.10"),
        ("induction", facts.inducted, "The AST’s induction is not complete.", "R-3.2"),
        ("host-head", facts.host_has_head, "The host school has no headteacher who can sign in.", "R-1.3"),
    )
    return [
        Problem(message, rule=rule, code=code) for code, met, message, rule in checks if not met and code not in waived
    ]


def _signatures(facts: ActivationFacts) -> str:
    if not facts.missing:
        return "The contract has not been signed by everybody."
    return f"The contract still needs: {', '.join(facts.missing)}."
