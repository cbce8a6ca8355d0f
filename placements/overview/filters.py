"""What the list of placements can be narrowed to."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from astcoord.core import policy
from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from placements.days.reads import lessons
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY, PlacementStatus
from placements.placement.models import Placement
from placements.placement.search import COLUMNS, by_word
from schools.calendar.models import AcademicYear
from schools.register.filters import OfSchool
from staff.accounts.permissions import is_office
from staff.expertise.vocabulary import Subject


class PlacementFilter(FilterSet):
    """By person or school, state and subject."""

    searched, states = "name", {"status": ""}

    name = SearchFilter(*COLUMNS, also=by_word, label=say_later("AST, school, reference or subject"))
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=PlacementStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    subject = django_filters.ChoiceFilter(label="Subject", choices=Subject.choices, empty_label="All subjects")

    year = django_filters.ModelChoiceFilter(
        queryset=AcademicYear.objects.order_by("-starts_on"),
        label="School year",
        empty_label="All school years",
        method="in_year",
    )

    repeated_lessons = django_filters.BooleanFilter(
        label="Under way, with many model lessons for one class", method="only_repeated", widget=forms.CheckboxInput
    )

    past = django_filters.BooleanFilter(
        label="Past the last day, and not ended", method="only_past", widget=forms.CheckboxInput
    )

    no_priority = django_filters.BooleanFilter(
        label="Before the contract, and no priority said", method="only_unlinked", widget=forms.CheckboxInput
    )

    before = django_filters.BooleanFilter(
        label="Agreed before this system", method="only_taken_in", widget=forms.CheckboxInput
    )
    school = OfSchool("host")

    class Meta(FilterSet.Meta):
        model = Placement

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Of many lessons for one class only the office is warned: officers and home heads read sums (section G)."""
        super().__init__(*args, **kwargs)
        if not is_office(self.request.user):
            del self.filters["repeated_lessons"]

    def in_year(self, queryset: Any, name: str, value: AcademicYear) -> Any:
        """With a part in that year: one without a last day has none yet."""
        last = Q(ends_on__gte=value.starts_on) | Q(ends_on__isnull=True)
        return queryset.filter(last, starts_on__lte=value.ends_on)

    def only_repeated(self, queryset: Any, name: str, value: bool) -> Any:
        """R-6.5; nothing is narrowed unless the box is ticked."""
        if not value:
            return queryset
        under_way = Placement.objects.filter(status__in=PLACEMENT_UNDER_WAY)
        found = lessons.repeated(under_way, policy.in_force().same_class_lessons)
        return queryset.filter(pk__in={each.placement for each in found})

    def only_past(self, queryset: Any, name: str, value: bool) -> Any:
        """Nothing is narrowed unless the box is ticked."""
        return queryset.past_last_day(today()) if value else queryset

    def only_taken_in(self, queryset: Any, name: str, value: bool) -> Any:
        """R-17.4; nothing is narrowed unless the box is ticked."""
        return queryset.filter(taken_in_on__isnull=False) if value else queryset

    def only_unlinked(self, queryset: Any, name: str, value: bool) -> Any:
        """R-14.1; nothing is narrowed unless the box is ticked."""
        return queryset.owing_priorities(today()) if value else queryset
