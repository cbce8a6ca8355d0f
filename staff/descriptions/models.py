"""Job descriptions of ASTs' posts, in versions (R-2.5), with the objectives that lie in them (R-2.6)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from staff.descriptions.lifecycle import DESCRIPTION, DESCRIPTION_AGREED, DESCRIPTION_OPEN, DescriptionStatus
from staff.descriptions.querysets import DescriptionQuerySet
from staff.descriptions.rules import LONGEST_LINE, Parts
from staff.posts.models import Post

KEPT = say_later("An AST’s post, assessment, profile and time")
BOTH_AGREED = Q(head_agreed_by__isnull=False, ast_agreed_on__isnull=False, agreed_on__isnull=False)


class JobDescription(models.Model):
    """One version of one post's. What is listed has each point on a line of its own.

    `asked` is how often it was put to those who agree, so that nobody agrees to what somebody else has changed.
    """

    machine: ClassVar[Machine] = DESCRIPTION

    post = models.ForeignKey(Post, models.PROTECT, related_name="descriptions", verbose_name=say_later("AST"))
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=DescriptionStatus, default=DescriptionStatus.DRAFT)

    title = models.CharField(max_length=120, blank=True)
    management_duties = models.CharField("management duties kept", max_length=200, blank=True)
    line_manager = models.CharField("line manager at the school", max_length=150, blank=True)
    purpose = models.TextField("purpose in the school", max_length=2000, blank=True)
    head_part = models.TextField("the headteacher’s part in supporting teachers", max_length=2000, blank=True)
    classroom_tasks = models.TextField("key tasks in the classroom", max_length=4000, blank=True)
    outreach_tasks = models.TextField("key tasks in outreach", max_length=4000, blank=True)

    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked = models.PositiveSmallIntegerField("times put to those who agree", default=0)
    put_on = models.DateField(null=True, blank=True)
    head_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    head_agreed_on = models.DateField(null=True, blank=True)
    ast_agreed_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField("in force from", null=True, blank=True)
    to_change = models.TextField("what is to change", max_length=1000, blank=True)

    objects = DescriptionQuerySet.as_manager()

    personal_data = (
        PersonalData(
            own=(
                Own(
                    (
                        "title",
                        "management_duties",
                        "purpose",
                        "head_part",
                        "classroom_tasks",
                        "outreach_tasks",
                        "to_change",
                    ),
                    say_later("the AST"),
                    KEPT,
                ),
                Own(("line_manager",), say_later("the line manager of the AST"), KEPT),
            )
        )
        .shows(
            95,
            "Your job descriptions",
            "version; status: get_status_display; title; management duties kept: management_duties; responsibilities; "
            "objectives; line manager: line_manager; purpose; the headteacher’s part: head_part; "
            "key tasks in the classroom: classroom_tasks; key tasks in outreach: outreach_tasks; "
            "put to you: put_on; you agreed: ast_agreed_on; in force from: agreed_on; what was to change: to_change",
            accounts=("post__user",),
            made={
                "responsibilities": lambda row, _: [str(each) for each in row.responsibilities.all()],
                "objectives": lambda row, _: [each.words for each in row.objectives],
            },
        )
        .shows(
            96,
            "Job descriptions that you wrote or agreed to as headteacher",
            "AST: post.user.name; version; status: get_status_display; put: put_on; agreed: head_agreed_on",
            accounts=("written_by", "head_agreed_by"),
        )
    )

    class Meta:
        ordering = ["post", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["post", "version"], name="description_version_once"),
            models.UniqueConstraint(
                fields=["post"], name="description_one_open", condition=Q(status__in=sorted(DESCRIPTION_OPEN))
            ),
            models.UniqueConstraint(
                fields=["post"], name="description_one_in_force", condition=Q(status=DescriptionStatus.IN_FORCE)
            ),
            models.CheckConstraint(
                name="description_agreed_by_both",
                condition=~Q(status__in=sorted(DESCRIPTION_AGREED)) | BOTH_AGREED,
            ),
            models.CheckConstraint(
                name="description_head_agreed_when_and_who",
                condition=Q(head_agreed_by__isnull=True, head_agreed_on__isnull=True)
                | Q(head_agreed_by__isnull=False, head_agreed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Job description of {self.post.name}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("staff:description", args=[self.pk])

    @property
    def parts(self) -> Parts:
        """What it says. One query, or none where it is fetched `whole()`."""
        said = {name: getattr(self, name) for name in Parts.__dataclass_fields__ if name != "responsibilities"}
        return Parts(**said, responsibilities=[each.text for each in self.responsibilities.all()])

    @property
    def objectives(self) -> list["JobObjective"]:
        """In the order of the responsibilities. No query where it is fetched `whole()`."""
        return [each for part in self.responsibilities.all() for each in part.objectives.all()]


class Responsibility(models.Model):
    """One main responsibility that a job description lists."""

    description = models.ForeignKey(JobDescription, models.CASCADE, related_name="responsibilities")
    number = models.PositiveSmallIntegerField()
    text = models.CharField("responsibility", max_length=LONGEST_LINE)

    personal_data = PersonalData(own=(Own(("text",), say_later("the AST"), KEPT),))

    class Meta:
        ordering = ["number", "pk"]
        verbose_name_plural = "responsibilities"

    def __str__(self) -> str:
        return self.text


class JobObjective(models.Model):
    """An objective of the job: it lies in one of the responsibilities that its job description lists (R-2.6, R-12.1).

    What was agreed before objectives had a criterion has none.
    """

    responsibility = models.ForeignKey(Responsibility, models.PROTECT, related_name="objectives")
    text = models.CharField("objective", max_length=500)
    on_outreach = models.BooleanField("on outreach", default=False)
    criterion = models.CharField("what will count as success", max_length=300, blank=True)
    action_plan = models.CharField("what of the action plan serves it", max_length=300, blank=True)
    training_plan = models.CharField("what of the training plan serves it", max_length=300, blank=True)

    personal_data = PersonalData(
        own=(Own(("text", "criterion", "action_plan", "training_plan"), say_later("the AST"), KEPT),)
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def words(self) -> str:
        """All that is said of it."""
        return "; ".join(filter(None, (self.text, self.criterion, self.action_plan, self.training_plan)))
