"""What one can filter the list of schools by."""

from datetime import date
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple, HiddenInput
from django.http import QueryDict

from astcoord.core.clock import today
from astcoord.core.periods import years_before
from astcoord.core.words import say_later
from astcoord.ui.filters import DateFilter, FilterSet
from schools.register.lifecycle import Phase
from schools.register.models import Cluster, School
from schools.register.querysets import SchoolQuerySet
from schools.register.search import look_for

STATES = [("closed", "Closed or not open yet"), ("all", "Open and closed")]

CATEGORY, GAPS = "category", "gaps"
ONLY = [(CATEGORY, "Are in a category today"), (GAPS, "Cannot yet host")]

NEVER = "never"
WITHOUT = [
    ("1", "No support for a year"),
    ("2", "No support for two years"),
    ("3", "No support for three years"),
    (NEVER, "Never supported"),
]


class OfSchool(django_filters.ModelChoiceFilter):
    """The rows of one school by its URN, as its own page asks for them (R-20.6): a chip, and nothing to choose from."""

    def __init__(self, column: str) -> None:
        super().__init__(
            field_name=column,
            queryset=School.objects.all(),
            to_field_name="urn",
            widget=HiddenInput,
            label="School",
            error_messages={"invalid_choice": "There is no school with this URN. Clear the filters to see all rows"},
        )


def _has_come(day: date) -> None:
    if day > today():
        raise ValidationError(say_later("Choose a day that has come: of later days nothing can be said"))


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
    support = django_filters.ChoiceFilter(
        label="Last support", choices=WITHOUT, empty_label="Any time", method="without_support"
    )
    since = DateFilter(label="No support since this day", method="nothing_since", validators=[_has_come])

    class Meta(FilterSet.Meta):
        model = School
        fields = ["q", "phase", "state", "only", "cluster", "support", "since"]

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

    def without_support(self, queryset: SchoolQuerySet, name: str, value: str) -> SchoolQuerySet:
        """Nothing for so many years, or ever (R-20.6)."""
        since = None if value == NEVER else years_before(today(), int(value))
        return queryset.without_support(self.request.user, since)

    def nothing_since(self, queryset: SchoolQuerySet, name: str, value: date) -> SchoolQuerySet:
        """Nothing on that day or later (R-20.6)."""
        return queryset.without_support(self.request.user, value)


class GapFilter(SchoolFilter):
    """For a list that holds only open schools with a gap."""

    state = support = None
    since = None  # type: ignore[assignment]
    only = django_filters.MultipleChoiceFilter(
        label="Only schools that", choices=ONLY[:1], widget=CheckboxSelectMultiple, method="only_those"
    )

    class Meta(SchoolFilter.Meta):
        fields = ["q", "phase", "only", "cluster"]
