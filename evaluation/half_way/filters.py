"""What the list of half-way reviews can be narrowed to."""

from typing import Any

import django_filters
from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from evaluation.half_way.lifecycle import HalfWayStatus
from evaluation.half_way.models import HalfWayReview


class HalfWayFilter(FilterSet):
    """By school or AST, state, and overdue."""

    name = SearchFilter(
        "placement__host__name_key", "placement__post__user__name_key", label=say_later("AST or host school")
    )
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=HalfWayStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    overdue = django_filters.BooleanFilter(label="Overdue", method="only_overdue", widget=forms.CheckboxInput)

    class Meta(FilterSet.Meta):
        model = HalfWayReview

    def only_overdue(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.overdue(today()) if value else queryset
