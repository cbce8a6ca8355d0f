"""What one can filter the list of schools by."""

from typing import Any

import django_filters
from django.forms import CheckboxSelectMultiple
from django.http import QueryDict

from astcoord.core.clock import today
from astcoord.ui.filters import FilterSet
from schools.register.lifecycle import Phase
from schools.register.models import Cluster, School
from schools.register.querysets import SchoolQuerySet
from schools.register.search import look_for

STATES = [("closed", "Closed or not open yet"), ("all", "Open and closed")]

CATEGORY, GAPS = "category", "gaps"
ONLY = [(CATEGORY, "Are in a category today"), (GAPS, "Cannot yet host")]


class SchoolFilter(FilterSet):
    """Open schools, unless asked for others."""

    searched, states = "q", {"state": "all"}
    unless_chosen = {"state": "Open"}

    q = django_filters.CharFilter(label="Name or URN", method="search")
    phase = django_filters.MultipleChoiceFilter(label="Phase", choices=Phase.choices, widget=CheckboxSelectMultiple)
    state = django_filters.ChoiceFilter(label="State", choices=STATES, empty_label="Open", method="in_state")
    only = django_filters.MultipleChoiceFilter(
        label="Only schools that", choices=ONLY, widget=CheckboxSelectMultiple, method="only_those"
    )
    cluster = django_filters.ModelChoiceFilter(
        label="Cluster", queryset=Cluster.objects.order_by("name"), empty_label="Any"
    )

    class Meta(FilterSet.Meta):
        model = School
        fields = ["q", "phase", "state", "only", "cluster"]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(QueryDict() if data is None else data, *args, **kwargs)

    def filter_queryset(self, queryset: Any) -> Any:
        """Without a word about state only open schools show."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.open()

    def search(self, queryset: SchoolQuerySet, name: str, value: str) -> Any:
        """As the search in the header finds them."""
        return look_for(queryset, getattr(self.request, "user", None), value)

    def in_state(self, queryset: SchoolQuerySet, name: str, value: str) -> SchoolQuerySet:
        """Closed only, or all."""
        return queryset.closed() if value == "closed" else queryset

    def only_those(self, queryset: SchoolQuerySet, name: str, value: list[str]) -> SchoolQuerySet:
        """In serious difficulties today (R-1.2); with a gap that keeps them from hosting (R-1.1)."""
        if CATEGORY in value:
            queryset = queryset.in_category(today())
        return queryset.cannot_yet_host(today()) if GAPS in value else queryset


class GapFilter(SchoolFilter):
    """For a list that holds only open schools with a gap."""

    state = None
    only = django_filters.MultipleChoiceFilter(
        label="Only schools that", choices=ONLY[:1], widget=CheckboxSelectMultiple, method="only_those"
    )

    class Meta(SchoolFilter.Meta):
        fields = ["q", "phase", "only", "cluster"]
