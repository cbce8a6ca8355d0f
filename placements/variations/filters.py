"""What the list of variations can be narrowed to."""

import django_filters
from django import forms

from astcoord.core.words import say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from placements.variations.lifecycle import VariationStatus
from placements.variations.models import TimeVariation


class VariationFilter(FilterSet):
    """By AST or school, and by state."""

    name = SearchFilter("post__user__name_key", "post__home__name_key", label=say_later("AST or home school"))
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=VariationStatus.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta(FilterSet.Meta):
        model = TimeVariation
