"""What the list of placements can be narrowed to."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from astcoord.ui.filters import FilterSet
from placements.lifecycle import PlacementStatus
from placements.models import Placement
from staff.vocabulary import Subject


class PlacementFilter(FilterSet):
    """By person or school, state and subject."""

    name = django_filters.CharFilter(label="AST or school", method="by_name")
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=PlacementStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    subject = django_filters.ChoiceFilter(label="Subject", choices=Subject.choices, empty_label="All subjects")

    class Meta(FilterSet.Meta):
        model = Placement
        fields: tuple[str, ...] = ()

    def by_name(self, queryset: Any, name: str, value: str) -> Any:
        words = Q(host__name__icontains=value) | Q(home__name__icontains=value)
        return queryset.filter(words | Q(post__user__name__icontains=value))
