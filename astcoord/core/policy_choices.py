"""What an authority may choose in its policy (R-16.1): data, so that rules may name it too."""

from decimal import Decimal

from django.db import models

from astcoord.core.words import say_later

SPINE_POINTS = 27
"""Points of the ASTs' pay spine (R-2.7)."""
RANGE_LENGTH = 5
"""Points of a pay range, one after another (R-2.7)."""
SCHOOL_WEEK = Decimal(5)
"""Days of a week on which schools teach."""


class AuthorityWord(models.TextChoices):
    """What people call the authority (R-16.5), as it stands within a sentence."""

    LEA = "LEA", "LEA"
    LA = "LA", "LA"
    COUNCIL = "council", "Council"
    TRUST = "trust", "Trust"
    HUB = "hub", "Hub"


class DepartmentWord(models.TextChoices):
    """What the government's department for education is called (R-16.5)."""

    DFES = "DfES", "DfES"
    DCSF = "DCSF", "DCSF"
    DFE = "DfE", "DfE"


class PMSupport(models.TextChoices):
    NONE = "none", "No help with performance-management targets"
    TARGETS_ONLY = "targets_only", "Help a teacher towards targets that the teacher shares"
    GENERAL = "general", "General support, never judging"


class Difficulty(models.TextChoices):
    BLOCK = "block", "Refuse"
    OVERRIDE = "override", say_later("Co-ordinator may allow, with a statement")
    ALLOW = "allow", "Allow"


class HomeOutreach(models.TextChoices):
    REQUIRED = "required", "Required"
    WAIVED = "waived", "Waived, some recommended"
    ENCOURAGED = "encouraged", "Encouraged"
    LIMITED = "limited", "Limited"


class InreachCounts(models.TextChoices):
    """When work at the own school may use outreach time without an exceptional reason (R-4.8, C5, C6)."""

    AGREED = "agreed", "If it is agreed, or the school is in difficulties"
    ALWAYS = "always", "Always: outreach time is for the own school, too"


class LineManager(models.TextChoices):
    """Who leads ASTs for the authority, beside the line manager at school (R-3.4, C14)."""

    COORDINATOR = "coordinator", say_later("The co-ordinator")
    CONSULTANT = "consultant", say_later("The consultant for the AST’s subjects")


class CapMode(models.TextChoices):
    WEEKLY = "weekly", "Each week"
    HALF_TERM_AVERAGE = "half_term_average", "Averaged over a half-term"
    AGREED = "agreed", "No weekly limit: the days agreed in the contract are the limit"


class Pattern(models.TextChoices):
    WEEKLY = "weekly", "A weekly day"
    BLOCK = "block", "Whole half-terms"
    ANY = "any", "Any"


class MatchDecider(models.TextChoices):
    COORDINATOR = "coordinator", say_later("Co-ordinator, with the AST and the home head")
    GROUP = "group", "Deployment group"


class ContractWord(models.TextChoices):
    """What the paper is called that all parties sign (R-19.2), as it stands within a sentence."""

    CONTRACT = "contract", "Contract"
    MEMORANDUM = "memorandum", "Memorandum"


class ChargedTo(models.TextChoices):
    """Who pays for the days that an AST gives (R-19.3)."""

    NOBODY = "nobody", "Nobody: there are no charges"
    HOST = "host", "The host school"
    AUTHORITY = "authority", say_later("The authority")


class BeforeAssessment(models.TextChoices):
    """Whether an assessment may be booked before somebody has met the candidate (R-3.1)."""

    ADVISED = "advised", "Advised: without it, whoever books is warned"
    REQUIRED = "required", "Required: without it, nothing is booked"


class EvaluationModel(models.TextChoices):
    """What evaluation looks at (R-11.6, R-11.7); what has been asked or signed keeps its own."""

    OBJECTIVES = "objectives", "Objectives"
    RESULTS = "results", "Objectives with results"
    LEVELS = "levels", "Four levels with a logic model"


class TargetCounts(models.TextChoices):
    """What the number of ASTs means that an authority wants to have (R-14.4)."""

    ALTOGETHER = "altogether", say_later("ASTs altogether")
    MORE = "more", "more than there were when this was decided"


class NetworkInterval(models.TextChoices):
    """How often ASTs meet as a network (R-3.13)."""

    TERM = "term", "Every term"
    HALF_TERM = "half_term", "Every half-term"


class Party(models.TextChoices):
    """Who may have to sign a contract (R-8.12)."""

    HOST_HEAD = "host_head", "Host headteacher"
    AST = "ast", say_later("Advanced Skills Teacher")
    COORDINATOR = "coordinator", say_later("Co-ordinator")
    HOME_HEAD = "home_head", "Home headteacher"


PHASES = [
    ("nursery", "Nursery"),
    ("primary", "Primary"),
    ("middle", "Middle"),
    ("secondary", "Secondary"),
    ("all_through", "All-through"),
    ("special", "Special"),
    ("post16", "Post-16"),
    ("other", "Other"),
]
"""Phases of schools, as the register has them."""

SEASONS = [("autumn", "Autumn"), ("spring", "Spring"), ("summer", "Summer")]
