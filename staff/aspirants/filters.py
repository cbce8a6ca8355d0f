"""What the list of aspirants can be narrowed to."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from astcoord.ui.filters import FilterSet, SearchFilter
from staff.aspirants.lifecycle import AspirantState, Readiness
from staff.aspirants.models import Aspirant
from staff.expertise.vocabulary import Subject
from staff.posts.filters import PHASES


class AspirantFilter(FilterSet):
    """By subject above all: a vacancy in mathematics looks for mathematics aspirants (R-2.22)."""

    name = SearchFilter("name_key", label="Name")
    subject = django_filters.ChoiceFilter(choices=Subject.choices, label="Subject", empty_label="Any")
    phase = django_filters.ChoiceFilter("school__phase", choices=PHASES, label="Phase", empty_label="Any")
    readiness = django_filters.ChoiceFilter(choices=Readiness.choices, label="How ready", empty_label="Any")
    state = django_filters.ChoiceFilter(
        choices=AspirantState.choices, method="standing", label="State", empty_label="Any"
    )

    class Meta(FilterSet.Meta):
        model = Aspirant

    def standing(self, queryset: Any, name: str, value: str) -> QuerySet[Aspirant]:
        found: QuerySet[Aspirant] = queryset.filter(state=value)
        return found
