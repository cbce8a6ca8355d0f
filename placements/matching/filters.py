"""What the list of matches can be narrowed to."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from astcoord.ui.filters import FilterSet
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match


class MatchFilter(FilterSet):
    """By name or school, and by what became of the match."""

    name = django_filters.CharFilter(label="AST or school", method="by_name")
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=MatchStatus.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta(FilterSet.Meta):
        model = Match
        fields: tuple[str, ...] = ()

    def by_name(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(
            Q(post__user__name__icontains=value)
            | Q(post__home__name__icontains=value)
            | Q(request__host__name__icontains=value)
        )
