"""The school calendar: years of three terms of two half-terms, and the days on which schools are closed."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from astcoord.core.personal_data import PersonalData
from schools.calendar.lifecycle import ClosureKind, Season
from schools.calendar.querysets import SpanQuerySet
from schools.calendar.rules import span_holds


class Span(models.Model):
    """A first and a last day; both count."""

    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    objects = SpanQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["starts_on"]

    def holds(self, day: date) -> bool:
        """`day` lies within."""
        return span_holds(self.starts_on, self.ends_on, day)


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(ends_on__gte=F("starts_on")))


class AcademicYear(Span):
    """Such as 2026-27, by default 1 September to 31 August."""

    slug = models.SlugField(max_length=7, unique=True)
    opened_on = models.DateField(null=True, blank=True, editable=False)
    """When the office went through what the year before leaves to decide (R-17.13); never for the first year."""

    personal_data = PersonalData(not_personal={"calendar": ("slug",)})

    class Meta(Span.Meta):
        constraints = [_in_order("year_in_order")]

    def __str__(self) -> str:
        return self.slug.replace("-", "/")


class Term(Span):
    """Autumn, spring or summer of a year."""

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="terms")
    season = models.CharField(max_length=6, choices=Season)
    slug = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=40)

    personal_data = PersonalData(not_personal={"calendar": ("slug", "name")})

    class Meta(Span.Meta):
        constraints = [
            _in_order("term_in_order"),
            models.UniqueConstraint(name="term_once_a_year", fields=["year", "season"]),
        ]

    def __str__(self) -> str:
        return self.name


class HalfTerm(Span):
    """The first or second half of a term: the span in which schools teach."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="half_terms")
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=22, unique=True)

    personal_data = PersonalData(not_personal={"calendar": ("slug",)})

    class Meta(Span.Meta):
        constraints = [
            _in_order("half_term_in_order"),
            models.UniqueConstraint(name="half_term_once_a_term", fields=["term", "number"]),
            models.CheckConstraint(name="half_term_first_or_second", condition=Q(number__in=[1, 2])),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Such as “Autumn term 2026, first half”."""
        return f"{self.term.name}, {'first' if self.number == 1 else 'second'} half"


class Closure(Span):
    """Days within a term on which the authority's schools do not teach."""

    kind = models.CharField(max_length=6, choices=ClosureKind, default=ClosureKind.INSET)
    name = models.CharField("what for", max_length=100, blank=True)

    personal_data = PersonalData(not_personal={"calendar": ("name",)})

    class Meta(Span.Meta):
        constraints = [
            _in_order("closure_in_order"),
            models.UniqueConstraint(name="closure_starts_once", fields=["starts_on"]),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()
