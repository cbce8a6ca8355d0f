"""What the list of matches can be narrowed to."""

import django_filters
from django import forms

from astcoord.core.words import say_later
from astcoord.ui.filters import DueFilter, FilterSet, SearchFilter
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match


class MatchFilter(FilterSet):
    """By name or school, and by what became of the match."""

    name = SearchFilter(
        "post__user__name_key", "post__home__name_key", "request__host__name_key", label=say_later("AST or school")
    )
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=MatchStatus.choices, widget=forms.CheckboxSelectMultiple
    )

    due = DueFilter("answer_by", of="awaiting_answer")

    class Meta(FilterSet.Meta):
        model = Match
