"""An AST's post: the home school, what the AST offers, and when (R-3.5, R-4.1, R-4.10)."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from astcoord.core.fields import ChoiceSetField, days_field
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from schools.register.models import School
from staff.accounts.models import User
from staff.expertise.vocabulary import (
    Funding,
    FundingArea,
    InductionStep,
    KeyStage,
    PupilGroup,
    Subject,
    Weekday,
    WorkType,
)
from staff.openings.models import Opening
from staff.posts.lifecycle import POST, POST_OVER, Destination, PostStatus
from staff.posts.querysets import FRESH_DAYS, PostQuerySet
from staff.posts.rules import Spell, whole_years


class Post(models.Model):
    """One AST post of one person at one home school at a time: a post that moves goes on there (`PostMove`)."""

    machine: ClassVar[Machine] = POST

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=say_later("AST"))
    home = models.ForeignKey(School, models.PROTECT, related_name="posts", verbose_name="home school")
    opening = models.ForeignKey(Opening, models.PROTECT, null=True, blank=True, related_name="posts")
    """What the governors decided; None where the post is older than this service and nobody entered it."""

    status = models.CharField(max_length=12, choices=PostStatus, default=PostStatus.CANDIDATE)
    fte = models.DecimalField(
        "full-time equivalent at the start",
        max_digits=3,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(1)],
    )
    funding = models.CharField("funding at the start", max_length=15, choices=Funding, default=Funding.STANDARDS_FUND)
    funding_area = models.CharField("what the department pays for", max_length=15, choices=FundingArea, blank=True)
    first_post = models.BooleanField(say_later("first AST post"), default=True)
    passed_on = models.DateField("assessment passed on", null=True, blank=True)
    assessor = models.CharField("assessment body", max_length=120, blank=True)
    starts_on = models.DateField("in post from", null=True, blank=True)
    ends_on = models.DateField("in post until", null=True, blank=True)
    left_to = models.CharField("leaves to be", max_length=12, choices=Destination, blank=True)
    left_because = models.CharField(say_later("why the AST leaves"), max_length=300, blank=True)
    management_duties = models.CharField(max_length=200, blank=True)

    key_stages = ChoiceSetField(options=KeyStage.choices)
    work_types = ChoiceSetField("kinds of work offered", options=WorkType.choices)
    pupil_groups = ChoiceSetField(options=PupilGroup.choices, blank=True, default=(PupilGroup.ALL,))
    years_teaching = models.PositiveSmallIntegerField(null=True, blank=True)
    about = models.TextField(say_later("in the AST’s own words"), blank=True, max_length=1000)
    former_roles = models.CharField(max_length=300, blank=True)
    career_aims = models.CharField(max_length=500, blank=True)
    checked_on = models.DateField("profile last checked on", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    personal_data = PersonalData(
        own=(
            Own(
                ("assessor", "management_duties", "about", "former_roles", "career_aims", "left_because"),
                say_later("the AST"),
                say_later("An AST’s post, assessment, profile and time"),
            ),
        )
    ).shows(
        35,
        say_later("Your AST post and profile"),
        "home school: home.name; status: get_status_display; full-time equivalent at the start: fte; "
        "funded at the start by: get_funding_display; what the department pays for: get_funding_area_display; "
        "governors’ decision; "
        "assessment passed: passed_on; assessed by: assessor; from: starts_on; "
        "until: ends_on; leaves to be: get_left_to_display; because: left_because; "
        "management duties: management_duties; subjects; key stages; kinds of work; "
        "years of teaching: years_teaching; in your own words: about; earlier roles: former_roles; "
        "aims: career_aims; outreach time; induction; "
        "profile checked: checked_on",
        accounts=("user",),
        made={
            "governors’ decision": lambda post, _: post.opening.decision if post.opening else "",
            "subjects": lambda post, _: [f"{each}: {each.get_level_display()}" for each in post.expertise.all()],
            "key stages": lambda post, _: Post._meta.get_field("key_stages").labels(post),
            "kinds of work": lambda post, _: Post._meta.get_field("work_types").labels(post),
            "outreach time": lambda post, _: [str(each) for each in post.patterns.all()],
            "induction": lambda post, _: [f"{i}: {i.done_on or 'not done'}" for i in post.induction.all()],
        },
    )

    class Meta:
        ordering = ["user__name_key", "pk"]
        constraints = [
            models.CheckConstraint(name="post_fte_in_range", condition=Q(fte__gt=0, fte__lte=1)),
            models.CheckConstraint(
                name="post_in_post_has_pass_and_start",
                condition=~Q(status=PostStatus.IN_POST) | Q(passed_on__isnull=False, starts_on__isnull=False),
            ),
            models.CheckConstraint(
                name="post_dates_in_order",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="post_left_when", condition=Q(left_to="", left_because="") | Q(ends_on__isnull=False)
            ),
            models.CheckConstraint(
                name="post_area_if_department", condition=Q(funding_area="") | Q(funding=Funding.DEPARTMENT)
            ),
            models.UniqueConstraint(
                name="post_one_open_per_person_and_school",
                fields=["user", "home"],
                condition=~Q(status__in=[PostStatus.LEFT, PostStatus.CLOSED]),
            ),
        ]

    def __str__(self) -> str:
        return self.user.name

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def inducted(self) -> bool:
        """All four steps of induction are done (R-3.2). Uses the prefetched rows where there are any."""
        done = {item.step for item in self.induction.all() if item.done_on}
        return done >= set(InductionStep.values)

    @property
    def spell(self) -> Spell:
        """When the post is held, and with what full-time equivalent."""
        return Spell(
            self.starts_on,
            self.ends_on,
            ((date.min, Decimal(self.fte)), *((each.starts_on, Decimal(each.fte)) for each in self.hours.all())),
        )

    def fte_on(self, day: date) -> Decimal:
        """The full-time equivalent on a day; `fte` is what the post begins with. Uses prefetched hours."""
        return self.spell.fte_on(day)

    def funding_on(self, day: date) -> str:
        """Who pays on that day (R-2.11); `funding` is who paid at the start. Uses prefetched `fundings`."""
        begun = [each for each in self.fundings.all() if each.starts_on <= day]
        return max(begun, key=lambda each: each.starts_on).funding if begun else self.funding

    def is_in_post(self, on: date) -> bool:
        """Whether this person is an AST on that day; `PostQuerySet.in_post` asks the database the same."""
        begun = self.starts_on is not None and self.starts_on <= on
        return self.status == PostStatus.IN_POST and begun and (self.ends_on is None or on <= self.ends_on)

    def is_away(self, on: date) -> bool:
        """Away from the post that day; `PostQuerySet.away` asks the database the same. Uses prefetched absences."""
        return any(each.holds(on) for each in self.absences.all())

    @property
    def has_profile(self) -> bool:
        """What the AST offers is entered; `PostQuerySet.offering` asks the database the same."""
        return bool(self.key_stages)

    def is_stale(self, today: date) -> bool:
        """The profile was last checked over twelve months ago, or never (R-3.5)."""
        return self.checked_on is None or (today - self.checked_on).days > FRESH_DAYS

    def years_as_ast(self, today: date) -> int | None:
        """Whole years since this person was first in an AST post, to the end of this one if that was before (R-3.5).

        None for whoever has not begun. The row comes from `with_first_start()`.
        """
        first: date | None = self.first_start  # type: ignore[attr-defined]
        until = min(self.ends_on or today, today)
        return None if first is None or first > until else whole_years(first, until)

    def pattern_on(self, day: date) -> list["OutreachPattern"]:
        """The half-days and days set aside for outreach, as they stand on `day` (R-4.10)."""
        return [p for p in self.patterns.all() if p.starts_on <= day and (p.ends_on is None or day <= p.ends_on)]

    @property
    def keeps_duties(self) -> bool:
        """R-2.6: a risk, from the candidate on; `PostQuerySet.keeping_duties` asks the database the same."""
        return bool(self.management_duties) and self.status not in POST_OVER

    def gaps(self, today: date) -> list[str]:
        """Duties kept, and what is wanting in a post that is held: outreach time, induction, profile.

        R-2.6, R-4.10, R-3.2, R-3.5.
        """
        risks = ["Management duties"] if self.keeps_duties else []
        if not self.is_in_post(today) or self.is_away(today):
            return risks
        found = [
            ("Outreach time not set", not self.pattern_on(today)),
            ("Induction unfinished", not self.inducted),
            ("Profile not filled in", not self.has_profile),
            ("Profile not checked", self.has_profile and self.is_stale(today)),
        ]
        return risks + [words for words, wanting in found if wanting]

    def subject_names(self) -> list[str]:
        return [e.get_subject_display() for e in self.expertise.all()]


class Expertise(models.Model):
    """One subject that an AST can help with, and how strongly."""

    class Level(models.IntegerChoices):
        LEAD = 3, "Leads others in it"
        STRONG = 2, "Strong"
        SOME = 1, "Some experience"

    post = models.ForeignKey(Post, models.CASCADE, related_name="expertise")
    subject = models.CharField(max_length=20, choices=Subject)
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.STRONG)

    class Meta:
        ordering = ["-level", "subject"]
        verbose_name_plural = "expertise"
        constraints = [
            models.UniqueConstraint(fields=["post", "subject"], name="expertise_once_per_subject"),
            models.CheckConstraint(name="expertise_level_known", condition=Q(level__in=[1, 2, 3])),
        ]

    def __str__(self) -> str:
        return self.get_subject_display()


class OutreachPattern(models.Model):
    """A weekday, or half of one, set aside for outreach (R-4.10)."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="patterns")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    share = days_field(default=Decimal(1), choices=[(Decimal("0.5"), "Half a day"), (Decimal(1), "Whole day")])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["weekday", "starts_on"]
        constraints = [
            models.CheckConstraint(name="pattern_weekday_known", condition=Q(weekday__lte=4)),
            models.CheckConstraint(name="pattern_share_half_or_whole", condition=Q(share__in=[Decimal("0.5"), 1])),
            models.CheckConstraint(
                name="pattern_dates_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}s" + ("" if self.share == 1 else ", half a day")


class InductionItem(models.Model):
    """One step of the induction that follows the pass (R-3.2)."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="induction")
    step = models.CharField(max_length=20, choices=InductionStep)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    personal_data = PersonalData().shows(
        36, "Steps of induction that you recorded", "step: __str__; done: done_on", accounts=("done_by",)
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "step"], name="induction_step_once"),
            models.CheckConstraint(
                name="induction_done_when_and_by_whom",
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_step_display()
