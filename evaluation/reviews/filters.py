"""What the list of reviews can be narrowed to."""

from typing import Any

import django_filters
from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.filters import DueFilter, FilterSet, SearchFilter
from evaluation.reviews.lifecycle import ReviewStatus
from evaluation.reviews.models import ImpactReview
from schools.calendar.models import Term
from schools.register.filters import OfSchool


class ReviewFilter(FilterSet):
    """By whose turn it is, term, school or AST, and overdue."""

    name = SearchFilter(
        "placement__host__name_key", "placement__post__user__name_key", label=say_later("AST or host school")
    )
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=ReviewStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    term = django_filters.ModelChoiceFilter(
        label="Term", queryset=Term.objects.order_by("-starts_on"), empty_label="All terms"
    )
    due = DueFilter("due_on", of="with_ast")
    overdue = django_filters.BooleanFilter(label="Overdue", method="only_overdue", widget=forms.CheckboxInput)
    school = OfSchool("placement__host")

    class Meta(FilterSet.Meta):
        model = ImpactReview

    def only_overdue(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.overdue(today()) if value else queryset
