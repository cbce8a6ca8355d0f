"""What the list of plans can be narrowed to."""

import django_filters
from django import forms

from astcoord.ui.filters import FilterSet
from placements.planning.lifecycle import PlanStatus
from placements.planning.models import Plan


class PlanFilter(FilterSet):
    """By kind and by what became of the plan."""

    kind = django_filters.MultipleChoiceFilter(
        label="Kind", choices=Plan.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=PlanStatus.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta(FilterSet.Meta):
        model = Plan
