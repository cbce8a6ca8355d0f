"""Attainment: one figure of a school, the authority or the country, by subject, measure and year (R-11.10)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.personal_data import PersonalData
from evaluation.results.lifecycle import FIRST_YEAR, MEANINGS, PERCENTAGES, Area, Measure, Source, Unit
from evaluation.results.querysets import ResultQuerySet
from evaluation.results.rules import FEWEST
from schools.register.models import School
from staff.expertise.vocabulary import Subject

WHOLE_SCHOOL = "Whole school"


class AttainmentResult(models.Model):
    """One figure as one source has it. `year` is the summer it belongs to: 2009 for 2008-09.

    A second figure for the same school, subject, measure and year stands beside the first. Where they differ, the
    office chooses the one that counts: `chosen_at`; until then none does (`ResultQuerySet.counting`). A figure of fewer
    than three pupils is not kept.
    """

    area = models.CharField("whose figure", max_length=9, choices=Area, default=Area.SCHOOL)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="results")
    """Nobody's where it is the authority's or the country's."""
    subject = models.CharField(max_length=20, choices=Subject, blank=True)
    """Empty for the whole school."""
    measure = models.CharField(max_length=20, choices=Measure)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField("figure", max_digits=6, decimal_places=2)
    cohort = models.PositiveIntegerField("number of pupils", null=True, blank=True)
    source = models.CharField(max_length=9, choices=Source, default=Source.OWN)

    file_name = models.CharField("file", max_length=200, blank=True, editable=False)
    file_row = models.PositiveIntegerField("row of the file", null=True, blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    """Nobody where a command read it from a file."""
    entered_at = models.DateTimeField("entered", auto_now_add=True)

    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    chosen_at = models.DateTimeField("chosen", null=True, blank=True, editable=False)
    chosen_reason = models.CharField("why this figure counts", max_length=500, blank=True, editable=False)

    objects = ResultQuerySet.as_manager()

    personal_data = PersonalData(not_personal={"about a school’s figures": ("file_name", "chosen_reason")}).shows(
        83,
        "Attainment figures that you entered or chose",
        "school: school.name; year; measure: get_measure_display; figure: value; entered: entered_at; "
        "chosen: chosen_at if chosen_by; why: chosen_reason if chosen_by",
        accounts=("entered_by", "chosen_by"),
    )

    class Meta:
        ordering = ["-year", "school__name_key", "subject", "measure", "pk"]
        indexes = [
            models.Index(fields=["measure", "year"]),
            models.Index(fields=["school", "subject", "measure", "year"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="result_of_a_school_names_it",
                condition=Q(area=Area.SCHOOL, school__isnull=False)
                | Q(area__in=[Area.AUTHORITY, Area.NATIONAL], school__isnull=True),
            ),
            models.CheckConstraint(name="result_measure_known", condition=Q(measure__in=Measure.values)),
            models.CheckConstraint(
                name="result_percentage_in_range",
                condition=~Q(measure__in=PERCENTAGES) | Q(value__gte=0, value__lte=100),
            ),
            models.CheckConstraint(name="result_year_possible", condition=Q(year__gte=FIRST_YEAR)),
            models.CheckConstraint(
                name="result_of_three_pupils_or_more", condition=Q(cohort__isnull=True) | Q(cohort__gte=FEWEST)
            ),
            models.CheckConstraint(
                name="result_chosen_when_and_why",
                condition=Q(chosen_at__isnull=True, chosen_by__isnull=True, chosen_reason="")
                | (Q(chosen_at__isnull=False, chosen_by__isnull=False) & ~Q(chosen_reason="")),
            ),
            models.UniqueConstraint(
                name="result_once_of_a_school",
                fields=["school", "subject", "measure", "year", "source", "value"],
                condition=Q(school__isnull=False),
            ),
            models.UniqueConstraint(
                name="result_once_to_compare_with",
                fields=["area", "subject", "measure", "year", "source", "value"],
                condition=Q(school__isnull=True),
            ),
            models.UniqueConstraint(
                name="result_one_chosen_of_a_school",
                fields=["school", "subject", "measure", "year"],
                condition=Q(school__isnull=False, chosen_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="result_one_chosen_to_compare_with",
                fields=["area", "subject", "measure", "year"],
                condition=Q(school__isnull=True, chosen_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whose}, {self.of}, {self.get_measure_display()}, {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:result", args=[self.pk])

    @property
    def whose(self) -> str:
        return self.school.name if self.school else str(self.get_area_display())

    @property
    def of(self) -> str:
        """The subject, or “Whole school”."""
        return str(self.get_subject_display()) or WHOLE_SCHOOL

    @property
    def unit(self) -> Unit:
        return MEANINGS[self.measure].unit
