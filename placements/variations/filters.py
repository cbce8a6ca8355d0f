"""What the list of variations can be narrowed to."""

from typing import Any

import django_filters
from django import forms

from astcoord.ui.filters import FilterSet
from placements.variations.lifecycle import VariationStatus
from placements.variations.models import TimeVariation


class VariationFilter(FilterSet):
    """By AST or school, and by state."""

    name = django_filters.CharFilter(label="AST or home school", method="by_name")
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=VariationStatus.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta(FilterSet.Meta):
        model = TimeVariation
        fields: tuple[str, ...] = ()

    def by_name(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(post__user__name__icontains=value) | queryset.filter(post__home__name__icontains=value)
