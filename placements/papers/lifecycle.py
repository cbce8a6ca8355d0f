"""The six papers that a school shows the AST, and how each stands (P10, R-9.1)."""

from django.db import models


class PaperKind(models.TextChoices):
    TEACHING_POLICY = "teaching_policy", "Teaching and learning policy"
    PLANNING_SYSTEMS = "planning_systems", "Planning and assessment systems"
    TEACHER_RECORDS = "teacher_records", "The teachers’ planning and records"
    BEHAVIOUR_POLICY = "behaviour_policy", "Behaviour policy"
    IMPROVEMENT_PLAN = "improvement_plan", "School improvement plan"
    ACTION_PLANS = "action_plans", "Action plans for the focus"


class PaperState(models.TextChoices):
    OUTSTANDING = "outstanding", "Outstanding"
    UPLOADED = "uploaded", "Uploaded"
    SEEN = "seen", "Seen on site"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
