"""The authority's policy as one dated record: what differs between authorities is data (R-16.1)."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from astcoord.core.addresses import AddressField
from astcoord.core.fields import ChoiceSetField, days_field, pounds_field
from astcoord.core.personal_data import PersonalData
from astcoord.core.policy_choices import (
    PHASES,
    SCHOOL_WEEK,
    SEASONS,
    SPINE_POINTS,
    AuthorityWord,
    BeforeAssessment,
    CapMode,
    ChargedTo,
    ContractWord,
    DepartmentWord,
    Difficulty,
    EvaluationModel,
    HomeOutreach,
    InreachCounts,
    LineManager,
    MatchDecider,
    NetworkInterval,
    Party,
    Pattern,
    PMSupport,
    TargetCounts,
)
from astcoord.core.roles import Role
from astcoord.core.words import PAIR, STANDARD, Word, Words

GROUPS = [
    ("4", "Local authority maintained schools"),
    ("10", "Academies"),
    ("11", "Free schools"),
    ("5", "Special schools"),
    ("9", "Other types"),
    ("3", "Independent schools"),
    ("1", "Colleges"),
    ("2", "Universities"),
]
"""Establishment type groups of the national register, by its codes."""

MAY_NEED_A_SECOND_STEP = [
    (str(role.value), str(role.label)) for role in (Role.OFFICER, Role.HEADTEACHER, Role.AST, Role.GOVERNOR)
]
"""Those of whom an authority may ask one; co-ordinators, administrators and consultants need one in any case."""

QA_OUTCOMES = "Outstanding\nGood\nSatisfactory\nUnsatisfactory"
LONGEST_OUTCOME = 60
SHORTEST_IDLE = 5


def outcomes(value: str) -> None:
    """Lines of a scale: two or more, none twice, none too long."""
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    if len(lines) < 2 or len({line.casefold() for line in lines}) < len(lines):
        raise ValidationError("Enter two outcomes or more, one a line, each once")
    if any(len(line) > LONGEST_OUTCOME for line in lines):
        raise ValidationError(f"Enter outcomes of {LONGEST_OUTCOME} characters or fewer, one a line")


def idle_minutes(value: int) -> None:
    """None, or long enough to read a page."""
    if 0 < value < SHORTEST_IDLE:
        raise ValidationError(f"Enter 0 for no limit, or at least {SHORTEST_IDLE} minutes")


def singular_and_plural(value: str) -> None:
    """A word of the scheme's own (R-19.1)."""
    if not PAIR.fullmatch(value.strip()):
        raise ValidationError(
            "Give its plural, after a stroke: “coach / coaches”. Use letters, spaces, hyphens and apostrophes"
        )


class Policy(models.Model):
    """One authority's settings from a day on. Editing means adding a newer row: signed contracts keep theirs."""

    valid_from = models.DateField()
    preset = models.CharField(max_length=30, default="croydon")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    # Who we are
    authority_name = models.CharField(max_length=120, default="Your local education authority")
    authority_word = models.CharField(max_length=10, choices=AuthorityWord, default=AuthorityWord.LEA)
    department_word = models.CharField(max_length=10, choices=DepartmentWord, default=DepartmentWord.DFES)
    role_word = models.CharField(
        max_length=120, default="Advanced Skills Teacher / Advanced Skills Teachers", validators=[singular_and_plural]
    )
    role_short = models.CharField(max_length=60, default="AST / ASTs", validators=[singular_and_plural])
    coordinator_word = models.CharField(
        max_length=80, default="co-ordinator / co-ordinators", validators=[singular_and_plural]
    )
    placement_word = models.CharField(max_length=80, default="placement / placements", validators=[singular_and_plural])
    office_address = models.TextField(blank=True)
    office_email = AddressField(blank=True)
    office_phone = models.CharField(max_length=30, blank=True)
    office_contact = models.CharField(max_length=120, blank=True)
    office_hours = models.CharField(max_length=120, blank=True)
    brand_colour = models.CharField(max_length=7, default="#0f5c5c")

    # Who may host, and what an AST may do
    served_groups = ChoiceSetField(options=GROUPS, default=("4", "10", "11", "5"))
    host_difficulty = models.CharField(max_length=10, choices=Difficulty, default=Difficulty.BLOCK)
    teacher_difficulty = models.CharField(max_length=10, choices=Difficulty, default=Difficulty.BLOCK)
    pm_support = models.CharField(max_length=15, choices=PMSupport, default=PMSupport.TARGETS_ONLY)
    aspirant_outreach = models.BooleanField(default=False)
    same_class_lessons = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(2), MaxValueValidator(100)]
    )

    # Posts
    appointing_phases = ChoiceSetField(options=PHASES, default=tuple(code for code, _ in PHASES))
    line_manager = models.CharField(max_length=12, choices=LineManager, default=LineManager.COORDINATOR)
    range_first_point = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(SPINE_POINTS)]
    )
    range_last_point = models.PositiveSmallIntegerField(
        default=SPINE_POINTS, validators=[MinValueValidator(1), MaxValueValidator(SPINE_POINTS)]
    )

    # Time
    weekly_outreach_cap = days_field(
        default=Decimal("1.0"), validators=[MinValueValidator(Decimal("0.25")), MaxValueValidator(5)]
    )
    cap_mode = models.CharField(max_length=20, choices=CapMode, default=CapMode.WEEKLY)
    ast_days_per_year = days_field(default=Decimal(38), validators=[MinValueValidator(1), MaxValueValidator(190)])
    own_choice_days = days_field(default=Decimal(0), validators=[MinValueValidator(0), MaxValueValidator(5)])
    outreach_fraction = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal("0.20"))
    ramp_terms = models.PositiveSmallIntegerField(default=1)
    placement_pattern = models.CharField(max_length=10, choices=Pattern, default=Pattern.WEEKLY)
    home_category_outreach = models.CharField(max_length=12, choices=HomeOutreach, default=HomeOutreach.WAIVED)
    waive_serious_weaknesses = models.BooleanField(default=True)
    national_challenge_outreach = models.CharField(max_length=12, choices=HomeOutreach, default=HomeOutreach.REQUIRED)
    school_funded_outreach = models.CharField(max_length=12, choices=HomeOutreach, default=HomeOutreach.ENCOURAGED)
    inreach_counts = models.CharField(max_length=10, choices=InreachCounts, default=InreachCounts.AGREED)
    budget_categories = models.JSONField(
        default=list, blank=True, help_text="Pairs of a name and its days in a year; the first is for deployment"
    )

    # Deciding, signing, evaluating
    match_decider = models.CharField(max_length=12, choices=MatchDecider, default=MatchDecider.COORDINATOR)
    request_days_to_decide = models.PositiveSmallIntegerField(default=14)
    match_days_to_answer = models.PositiveSmallIntegerField(default=14)
    ranking_weights = models.JSONField(default=dict, blank=True, help_text="Only what differs from core.weights.USUAL")
    signatories = ChoiceSetField(options=Party.choices, default=tuple(Party.values))
    contract_word = models.CharField(max_length=10, choices=ContractWord, default=ContractWord.CONTRACT)
    senior_inspector = models.BooleanField(default=True)
    initial_consultation = models.BooleanField(default=False)
    letter_terms = ChoiceSetField(options=SEASONS, default=("autumn", "spring", "summer"))
    letters_need_approval = models.BooleanField(default=True)
    record_due_days = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(20)])
    half_way_review = models.BooleanField(default=False)
    evaluation_to_home_head = models.BooleanField(default=False)
    return_visit_terms = models.PositiveSmallIntegerField(default=0)
    immediate_evaluation = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    target = models.PositiveIntegerField(null=True, blank=True)
    target_counts = models.CharField(max_length=12, choices=TargetCounts, default=TargetCounts.ALTOGETHER)
    target_by = models.DateField(null=True, blank=True)
    target_subject = models.CharField(max_length=20, blank=True)
    evaluation_model = models.CharField(max_length=10, choices=EvaluationModel, default=EvaluationModel.OBJECTIVES)
    fft_screen = models.BooleanField(default=False)
    network_interval = models.CharField(max_length=10, choices=NetworkInterval, default=NetworkInterval.TERM)
    alumni = models.BooleanField(default=False)
    induction_before_assessment = models.CharField(
        max_length=10, choices=BeforeAssessment, default=BeforeAssessment.ADVISED
    )
    qa_visits = models.BooleanField(default=False)
    qa_outcomes = models.TextField(default=QA_OUTCOMES, max_length=400, validators=[outcomes])

    # Charges, where the authority has them
    charged_to = models.CharField(max_length=10, choices=ChargedTo, default=ChargedTo.NOBODY)
    charge_day_rate = pounds_field(default=Decimal(0))
    charge_home_share = pounds_field(default=Decimal(0))

    # Secondments, where the authority has them
    secondments = models.BooleanField(default=False)
    secondment_months = models.PositiveSmallIntegerField(
        default=36, validators=[MinValueValidator(4), MaxValueValidator(120)]
    )
    most_secondments = models.PositiveSmallIntegerField(default=12, validators=[MaxValueValidator(1000)])
    secondment_first_point = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(SPINE_POINTS)]
    )
    secondment_last_point = models.PositiveSmallIntegerField(
        default=9, validators=[MinValueValidator(1), MaxValueValidator(SPINE_POINTS)]
    )
    grant_before_pass = pounds_field(default=Decimal(1750))
    grant_cover = pounds_field(default=Decimal(6200))
    grant_expenses = pounds_field(default=Decimal(500))
    pre_grant_continues = models.BooleanField(default=False)

    # Signing in
    office_idle_minutes = models.PositiveSmallIntegerField(
        default=30, validators=[idle_minutes, MaxValueValidator(720)]
    )
    others_idle_minutes = models.PositiveSmallIntegerField(default=0, validators=[idle_minutes, MaxValueValidator(720)])
    second_step_roles = ChoiceSetField(options=MAY_NEED_A_SECOND_STEP, blank=True, default=())
    remember_devices = models.BooleanField(default=False)

    personal_data = PersonalData(
        not_personal={
            "the authority’s own": (
                *("authority_name", "office_address", "office_email", "office_phone", "office_hours", "brand_colour"),
                # An officer's name as the authority prints it on its letters.
                "office_contact",
            ),
            "settings": (
                *("preset", "role_word", "role_short", "coordinator_word", "placement_word"),
                *("budget_categories", "ranking_weights", "target_subject", "qa_outcomes"),
            ),
        }
    )

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name_plural = "policies"
        constraints = [
            models.CheckConstraint(name="policy_cap_positive", condition=models.Q(weekly_outreach_cap__gt=0)),
            models.CheckConstraint(
                name="policy_fraction_in_range",
                condition=models.Q(outreach_fraction__gt=0, outreach_fraction__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_name}, from {self.valid_from:%-d %B %Y}"

    @property
    def words(self) -> Words:
        """What this scheme calls things (R-19.1). LEA and LA are an authority's kinds, so they leave it one."""
        usual = self.authority_word in (AuthorityWord.LEA, AuthorityWord.LA)
        return Words(
            role=Word.read(self.role_word),
            short=Word.read(self.role_short),
            authority=STANDARD.authority if usual else self.authority_word,
            coordinator=Word.read(self.coordinator_word),
            placement=Word.read(self.placement_word),
        )

    @property
    def qa_scale(self) -> list[str]:
        """The outcomes of a QA visit, in their order (R-3.8)."""
        return [line.strip() for line in self.qa_outcomes.splitlines() if line.strip()]

    @property
    def meets_first(self) -> bool:
        """No assessment is booked before somebody has met the candidate (R-3.1)."""
        return self.induction_before_assessment == BeforeAssessment.REQUIRED

    @property
    def group_decides(self) -> bool:
        """A deployment group or subject network says the authority's yes to a match (R-7.6)."""
        return self.match_decider == MatchDecider.GROUP

    @property
    def on_levels(self) -> bool:
        """Evaluation asks on four levels, and every placement has a logic model (R-11.6, R-11.7)."""
        return self.evaluation_model == EvaluationModel.LEVELS

    @property
    def most_a_week(self) -> Decimal:
        """Outreach days that one AST may give in a week (R-4.3); a whole week of school where no limit is set."""
        return SCHOOL_WEEK if self.cap_mode == CapMode.AGREED else self.weekly_outreach_cap

    @property
    def charge_fee(self) -> Decimal:
        """Of the rate for a day, what stays with the authority that brokers it (R-19.3)."""
        return Decimal(self.charge_day_rate) - Decimal(self.charge_home_share)

    @property
    def has_charges(self) -> bool:
        """Somebody pays for days that are delivered (R-19.3)."""
        return self.charged_to != ChargedTo.NOBODY

    @property
    def with_results(self) -> bool:
        """Measured results stand beside the objectives (R-11.10)."""
        return self.evaluation_model == EvaluationModel.RESULTS
