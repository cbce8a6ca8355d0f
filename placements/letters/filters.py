import django_filters
from django import forms

from astcoord.ui.filters import FilterSet, SearchFilter
from placements.letters.lifecycle import RoundStatus
from placements.letters.models import Letter, LetterRound
from placements.letters.reads import LetterState


class LetterFilter(FilterSet):
    """By school and by what has become of the letter. The rows carry `state` (`reports.letters.with_state`)."""

    school = SearchFilter("school__name_key", label="School")
    state = django_filters.MultipleChoiceFilter(
        choices=LetterState.choices, label="Status", widget=forms.CheckboxSelectMultiple
    )

    class Meta(FilterSet.Meta):
        model = Letter


class RoundFilter(FilterSet):
    """Rounds by where they stand."""

    status = django_filters.MultipleChoiceFilter(
        choices=RoundStatus.choices, label="Status", widget=forms.CheckboxSelectMultiple
    )

    class Meta(FilterSet.Meta):
        model = LetterRound
