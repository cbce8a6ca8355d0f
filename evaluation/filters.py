"""What the lists can be narrowed to."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from astcoord.core.clock import today
from astcoord.ui.filters import FilterSet
from evaluation.lifecycle import ReviewStatus
from evaluation.models import ImpactReview
from placements.models import Placement
from schools.models import Term
from staff.vocabulary import Subject


class ReviewFilter(FilterSet):
    """By whose turn it is, term, school or AST, and overdue."""

    name = django_filters.CharFilter(label="AST or host school", method="by_name")
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=ReviewStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    term = django_filters.ModelChoiceFilter(
        label="Term", queryset=Term.objects.order_by("-starts_on"), empty_label="All terms"
    )
    overdue = django_filters.BooleanFilter(label="Overdue", method="only_overdue", widget=forms.CheckboxInput)

    class Meta(FilterSet.Meta):
        model = ImpactReview
        fields: tuple[str, ...] = ()

    def by_name(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(
            Q(placement__host__name__icontains=value) | Q(placement__post__user__name__icontains=value)
        )

    def only_overdue(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.overdue(today()) if value else queryset


class SummaryFilter(FilterSet):
    """By school and subject."""

    name = django_filters.CharFilter(label="Host school", field_name="host__name", lookup_expr="icontains")
    subject = django_filters.ChoiceFilter(label="Subject", choices=Subject.choices, empty_label="All subjects")

    class Meta(FilterSet.Meta):
        model = Placement
        fields: tuple[str, ...] = ()
