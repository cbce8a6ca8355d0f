"""What estimates and offers can be narrowed to."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from astcoord.ui.filters import FilterSet, SearchFilter
from evaluation.estimates.lifecycle import OfferStatus
from evaluation.estimates.models import Estimate, Offer
from evaluation.results.lifecycle import Measure
from evaluation.results.rules import SMALL
from staff.expertise.vocabulary import Subject
from staff.posts.filters import PHASES


class EstimateFilter(FilterSet):
    """By school, subject, measure and year."""

    school = SearchFilter("school__name_key", label="School")
    subject = django_filters.ChoiceFilter(choices=Subject.choices, label="Subject", empty_label="Any")
    measure = django_filters.ChoiceFilter(choices=Measure.choices, label="Measure", empty_label="Any")
    year = django_filters.NumberFilter(label="Year")
    phase = django_filters.ChoiceFilter("school__phase", choices=PHASES, label="Phase", empty_label="Any")

    class Meta(FilterSet.Meta):
        model = Estimate


class ScreenFilter(EstimateFilter):
    """Also by whether there is help, and without groups of which a pupil or two decide."""

    help = django_filters.ChoiceFilter(
        choices=[("none", "No help, and none asked for"), ("some", "Has had help, or has asked")],
        method="with_help",
        label="Help",
        empty_label="Any",
    )
    small = django_filters.ChoiceFilter(
        choices=[("without", f"Without groups of {SMALL} or fewer")],
        method="without_small",
        label="Small groups",
        empty_label="With them",
    )

    def with_help(self, queryset: Any, name: str, value: str) -> QuerySet[Estimate]:
        some = Q(supported=True) | Q(asked=True)
        found: QuerySet[Estimate] = queryset.filter(some if value == "some" else ~some)
        return found

    def without_small(self, queryset: Any, name: str, value: str) -> QuerySet[Estimate]:
        found: QuerySet[Estimate] = queryset.exclude(pupils__lte=SMALL)
        return found


class OfferFilter(FilterSet):
    """By school, subject and where it stands."""

    school = SearchFilter("school__name_key", label="School")
    subject = django_filters.ChoiceFilter(choices=Subject.choices, label="Subject", empty_label="Any")
    status = django_filters.ChoiceFilter(choices=OfferStatus.choices, label="Status", empty_label="Any")

    class Meta(FilterSet.Meta):
        model = Offer
