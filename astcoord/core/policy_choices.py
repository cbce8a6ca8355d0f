"""What an authority may choose in its policy (R-16.1): data, so that rules may name it too."""

from django.db import models

SPINE_POINTS = 27
"""Points of the ASTs' pay spine (R-2.7)."""
RANGE_LENGTH = 5
"""Points of a pay range, one after another (R-2.7)."""


class PMSupport(models.TextChoices):
    NONE = "none", "No help with performance-management targets"
    TARGETS_ONLY = "targets_only", "Help a teacher towards targets that the teacher shares"
    GENERAL = "general", "General support, never judging"


class Difficulty(models.TextChoices):
    BLOCK = "block", "Refuse"
    OVERRIDE = "override", "Co-ordinator may allow, with a statement"
    ALLOW = "allow", "Allow"


class HomeOutreach(models.TextChoices):
    REQUIRED = "required", "Required"
    WAIVED = "waived", "Waived, some recommended"
    ENCOURAGED = "encouraged", "Encouraged"
    LIMITED = "limited", "Limited"


class CapMode(models.TextChoices):
    WEEKLY = "weekly", "Each week"
    HALF_TERM_AVERAGE = "half_term_average", "Averaged over a half-term"


class Pattern(models.TextChoices):
    WEEKLY = "weekly", "A weekly day"
    BLOCK = "block", "Whole half-terms"
    ANY = "any", "Any"


class MatchDecider(models.TextChoices):
    COORDINATOR = "coordinator", "Co-ordinator, with the AST and the home head"
    GROUP = "group", "Deployment group"


class EvaluationModel(models.TextChoices):
    """What evaluation looks at (R-11.6, R-11.7); what has been asked or signed keeps its own."""

    OBJECTIVES = "objectives", "Objectives"
    RESULTS = "results", "Objectives with results"
    LEVELS = "levels", "Four levels with a logic model"


class TargetCounts(models.TextChoices):
    """What the number of ASTs means that an authority wants to have (R-14.4)."""

    ALTOGETHER = "altogether", "ASTs altogether"
    MORE = "more", "more than there were when this was decided"


class Party(models.TextChoices):
    """Who may have to sign a contract (R-8.12)."""

    HOST_HEAD = "host_head", "Host headteacher"
    AST = "ast", "Advanced Skills Teacher"
    COORDINATOR = "coordinator", "Co-ordinator"
    HOME_HEAD = "home_head", "Home headteacher"


SEASONS = [("autumn", "Autumn"), ("spring", "Spring"), ("summer", "Summer")]
