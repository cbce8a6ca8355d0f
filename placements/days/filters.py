"""What the list of outreach days can be narrowed to."""

from typing import Any

import django_filters
from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.filters import DateFilter, DueFilter, FilterSet, SearchFilter
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.days.reads.records import due_by


class CoverFilter(FilterSet):
    """Of which AST, and until when."""

    name = SearchFilter("placement__post__user__name_key", label=say_later("AST"))
    from_day = DateFilter(label="From", field_name="on", lookup_expr="gte")
    until = DateFilter(label="Until", field_name="on", lookup_expr="lte")

    class Meta(FilterSet.Meta):
        model = OutreachDay


class DayFilter(FilterSet):
    """By school or AST, state, time, side of a cancellation, and those nobody has written up."""

    name = SearchFilter(
        "placement__host__name_key", "placement__post__user__name_key", label=say_later("AST or host school")
    )
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=DayStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    cancelled_by = django_filters.ChoiceFilter(
        label="Cancelled by", choices=OutreachDay.CancelledBy.choices, empty_label="Anybody"
    )
    from_day = DateFilter(label="From", field_name="on", lookup_expr="gte")
    until = DateFilter(label="Until", field_name="on", lookup_expr="lte")
    due = DueFilter("on", of="unwritten", later=due_by)
    not_logged = django_filters.BooleanFilter(
        label="Past and not logged", method="only_not_logged", widget=forms.CheckboxInput
    )

    class Meta(FilterSet.Meta):
        model = OutreachDay

    def only_not_logged(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.not_logged(today()).filter(on__lt=today()) if value else queryset
