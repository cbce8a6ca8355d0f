"""What the list of return visits can be narrowed to."""

from typing import Any

import django_filters
from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from evaluation.returns.lifecycle import ReturnStatus
from evaluation.returns.models import ReturnVisit


class ReturnFilter(FilterSet):
    """By school or AST, state, and late."""

    name = SearchFilter(
        "placement__host__name_key", "placement__post__user__name_key", label=say_later("AST or host school")
    )
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=ReturnStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    late = django_filters.BooleanFilter(label="Late", method="only_late", widget=forms.CheckboxInput)

    class Meta(FilterSet.Meta):
        model = ReturnVisit

    def only_late(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.late(today()) if value else queryset
