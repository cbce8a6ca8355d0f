"""What the list of evaluation forms can be narrowed to."""

from typing import Any

import django_filters
from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind, EvaluationStatus
from evaluation.evaluations.models import Evaluation


class EvaluationFilter(FilterSet):
    """By school or AST, kind, whom it was asked of, state, and overdue."""

    name = SearchFilter(
        "placement__host__name_key", "placement__post__user__name_key", label=say_later("AST or host school")
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=EvaluationKind.choices, empty_label="All kinds")
    asked_of = django_filters.ChoiceFilter(label="Asked of", choices=AskedOf.choices, empty_label="Everybody")
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=EvaluationStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    overdue = django_filters.BooleanFilter(label="Overdue", method="only_overdue", widget=forms.CheckboxInput)
    late = django_filters.BooleanFilter(
        label="Overdue for more than a fortnight", method="only_late", widget=forms.CheckboxInput
    )

    class Meta(FilterSet.Meta):
        model = Evaluation

    def only_overdue(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.overdue(today()) if value else queryset

    def only_late(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.late(today()) if value else queryset
