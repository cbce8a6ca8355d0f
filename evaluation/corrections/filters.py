"""What the list of corrections can be narrowed to."""

import django_filters
from django import forms

from astcoord.core.words import say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from evaluation.corrections.lifecycle import Outcome
from evaluation.corrections.models import Correction


class CorrectionFilter(FilterSet):
    """By what has become of it, and whose it is."""

    name = SearchFilter(
        "entry__day__placement__post__user__name_key",
        "entry__day__placement__host__name_key",
        label=say_later("AST or host school"),
    )
    outcome = django_filters.MultipleChoiceFilter(
        label="State", choices=Outcome.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta(FilterSet.Meta):
        model = Correction
