"""What the list of results can be narrowed to."""

from typing import Any

import django_filters
from django import forms

from astcoord.ui.filters import FilterSet, SearchFilter
from evaluation.results.lifecycle import Measure
from evaluation.results.models import WHOLE_SCHOOL, AttainmentResult
from staff.expertise.vocabulary import Subject

WHOLE = "whole"


class ResultFilter(FilterSet):
    """By school, subject, measure, year, and whether somebody has to decide."""

    school = SearchFilter("school__name_key", label="School")
    subject = django_filters.ChoiceFilter(
        label="Subject", choices=[(WHOLE, WHOLE_SCHOOL), *Subject.choices], empty_label="All", method="of_subject"
    )
    measure = django_filters.ChoiceFilter(label="Measure", choices=Measure.choices, empty_label="All measures")
    year = django_filters.NumberFilter(label="Year", help_text="Such as 2009 for 2008-09")
    undecided = django_filters.BooleanFilter(
        label="Figures differ, and nothing is decided", method="only_undecided", widget=forms.CheckboxInput
    )

    class Meta(FilterSet.Meta):
        model = AttainmentResult

    def of_subject(self, queryset: Any, name: str, value: str) -> Any:
        """The whole school is kept as an empty subject."""
        return queryset.filter(subject="" if value == WHOLE else value)

    def only_undecided(self, queryset: Any, name: str, value: bool) -> Any:
        """R-11.10; nothing is narrowed unless the box is ticked."""
        return queryset.disputed() if value else queryset
