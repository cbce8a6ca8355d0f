"""The preliminary meeting, the ten protocol items, the dates and the papers (R-8.0 to R-8.10, R-9.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from placements.models.placements import Placement


class Meeting(models.Model):
    """A preliminary or review meeting, and who was there (R-8.0, R-11.4)."""

    class Kind(models.TextChoices):
        PRELIMINARY = "preliminary", "Preliminary meeting"
        REVIEW = "review", "Review meeting"

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PRELIMINARY)
    held_on = models.DateField()
    host_head_present = models.BooleanField("host headteacher", default=False)
    ast_present = models.BooleanField("AST", default=False)
    coordinator_present = models.BooleanField("co-ordinator", default=False)
    staff_present = models.BooleanField("supported staff", default=False)
    absence_consent = models.TextField("why it went ahead with somebody missing", blank=True)
    notes = models.TextField("what was decided", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_preliminary_meeting", fields=["placement"], condition=Q(kind="preliminary")
            ),
            models.CheckConstraint(
                name="meeting_absence_needs_consent",
                condition=~Q(absence_consent="")
                | Q(host_head_present=True, ast_present=True, coordinator_present=True, staff_present=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.held_on:%-d %B %Y}"


class Agreement(models.TextChoices):
    NOT_DISCUSSED = "not_discussed", "Not discussed"
    AGREED = "agreed", "Agreed"
    WITH_ACTION = "with_action", "Agreed with an action"


class Fulfilment(models.TextChoices):
    OUTSTANDING = "outstanding", "Outstanding"
    ONGOING = "ongoing", "Ongoing"
    FULFILLED = "fulfilled", "Fulfilled"


class ActionOwner(models.TextChoices):
    HOST_HEAD = "host_head", "Host headteacher"
    HOME_HEAD = "home_head", "Home headteacher"
    AST = "ast", "AST"
    COORDINATOR = "coordinator", "Co-ordinator"


class ProtocolItem(models.Model):
    """One of the ten items: two facts each, whether it is agreed and whether it has been done."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="protocol")
    number = models.PositiveSmallIntegerField()
    agreement = models.CharField(max_length=15, choices=Agreement, default=Agreement.NOT_DISCUSSED)
    note = models.TextField(blank=True, max_length=1000)
    action = models.CharField("what is still to be done", max_length=250, blank=True)
    action_owner = models.CharField(max_length=12, choices=ActionOwner, blank=True)
    action_due = models.DateField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    fulfilment = models.CharField(max_length=12, choices=Fulfilment, default=Fulfilment.OUTSTANDING)
    fulfilled_on = models.DateField(null=True, blank=True)
    fulfilled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="protocol_item_once"),
            models.CheckConstraint(name="protocol_has_ten_items", condition=Q(number__gte=1, number__lte=10)),
            models.CheckConstraint(
                name="protocol_action_has_owner_and_date",
                condition=~Q(agreement=Agreement.WITH_ACTION)
                | (~Q(action="") & ~Q(action_owner="") & Q(action_due__isnull=False)),
            ),
            models.CheckConstraint(
                name="protocol_agreed_when_and_by_whom",
                condition=Q(agreement=Agreement.NOT_DISCUSSED, agreed_at__isnull=True, agreed_by__isnull=True)
                | (~Q(agreement=Agreement.NOT_DISCUSSED) & Q(agreed_at__isnull=False, agreed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="protocol_fulfilled_has_date",
                condition=~Q(fulfilment=Fulfilment.FULFILLED) | Q(fulfilled_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"P{self.number}"


class PlannedReview(models.Model):
    """A date fixed in advance: an evaluation, a review meeting, time kept for review (P4, P6, P9)."""

    class Kind(models.TextChoices):
        SCHOOL_EVALUATION = "school_evaluation", "Evaluation by the head and the supported staff"
        REVIEW_MEETING = "review_meeting", "Review meeting"
        RESERVED_DAY = "reserved_day", "Outreach day with time kept for review"
        FINAL_EVALUATION = "final_evaluation", "Final evaluation with the co-ordinator"

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="reviews_planned")
    kind = models.CharField(max_length=20, choices=Kind)
    on = models.DateField("date")

    class Meta:
        ordering = ["on", "kind"]
        constraints = [models.UniqueConstraint(fields=["placement", "kind", "on"], name="planned_review_once_a_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on:%-d %B %Y}"


class SharedDocument(models.Model):
    """One of the papers that the AST needs to see before the first day (P10, R-9.1)."""

    class Kind(models.TextChoices):
        TEACHING_POLICY = "teaching_policy", "Teaching and learning policy"
        PLANNING_SYSTEMS = "planning_systems", "Planning and assessment systems"
        TEACHER_RECORDS = "teacher_records", "The teachers’ planning and records"
        BEHAVIOUR_POLICY = "behaviour_policy", "Behaviour policy"
        IMPROVEMENT_PLAN = "improvement_plan", "School improvement plan"
        ACTION_PLANS = "action_plans", "Action plans for the focus"

    class State(models.TextChoices):
        OUTSTANDING = "outstanding", "Outstanding"
        UPLOADED = "uploaded", "Uploaded"
        SEEN = "seen", "Seen on site"
        NOT_APPLICABLE = "not_applicable", "Not applicable"

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=20, choices=Kind)
    owner = models.CharField("who provides it", max_length=150, blank=True)
    due = models.DateField("by when", null=True, blank=True)
    state = models.CharField(max_length=15, choices=State, default=State.OUTSTANDING)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "kind"], name="paper_kind_once"),
            models.CheckConstraint(
                name="only_action_plans_may_not_apply",
                condition=~Q(state="not_applicable") | Q(kind="action_plans"),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
