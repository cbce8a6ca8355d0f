"""What the list of posts to fill can be narrowed to."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict

from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from staff.expertise.vocabulary import Subject
from staff.openings.lifecycle import OpeningStatus
from staff.openings.models import Opening

STATES = [(OpeningStatus.FILLED, "Filled"), (OpeningStatus.CLOSED, "Closed"), ("all", "All")]
ADVERTS = [("advertised", "Advertised"), ("none", "No applicants")]


class OpeningFilter(FilterSet):
    """By school, whether it is still to fill, stage, subject, and what came of an advertisement (R-14.5)."""

    name = SearchFilter("school__name_key", label="School")
    status = django_filters.MultipleChoiceFilter(label="Stage", choices=OpeningStatus.choices, widget=BOXES)
    subject = django_filters.ChoiceFilter(choices=Subject.choices, label="Subject or area", empty_label="Any")
    state = django_filters.ChoiceFilter(choices=STATES, method="standing", label="Posts", empty_label="Still to fill")
    advert = django_filters.ChoiceFilter(choices=ADVERTS, method="of_advert", label="Advertisement", empty_label="Any")

    class Meta(FilterSet.Meta):
        model = Opening
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(QueryDict() if data is None else data, *args, **kwargs)

    @property
    def said(self) -> dict[str, list[str]]:
        said = super().said
        return said if "Stage" in said or "Posts" in said else {**said, "Posts": ["Still to fill"]}

    def filter_queryset(self, queryset: QuerySet[Opening]) -> Any:
        """Without a word about stages, only those show that are still to fill."""
        found = super().filter_queryset(queryset)
        said = self.form.cleaned_data
        return found if said.get("state") or said.get("status") else found.to_fill()

    def standing(self, queryset: QuerySet[Opening], name: str, value: str) -> QuerySet[Opening]:
        return queryset if value == "all" else queryset.filter(status=value)

    def of_advert(self, queryset: QuerySet[Opening], name: str, value: str) -> QuerySet[Opening]:
        found = queryset.filter(advertised_on__isnull=False)
        return found.filter(applicants=0) if value == "none" else found
