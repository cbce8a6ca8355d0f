"""What the list of posts to fill can be narrowed to."""

import django_filters
from django.db.models import QuerySet

from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from staff.expertise.vocabulary import Subject
from staff.openings.lifecycle import OpeningStatus
from staff.openings.models import Opening

ADVERTS = [("advertised", "Advertised"), ("none", "No applicants")]


class OpeningFilter(FilterSet):
    """By school, stage, subject, and what came of an advertisement (R-14.5)."""

    name = SearchFilter("school__name_key", label="School")
    status = django_filters.MultipleChoiceFilter(label="Stage", choices=OpeningStatus.choices, widget=BOXES)
    subject = django_filters.ChoiceFilter(choices=Subject.choices, label="Subject or area", empty_label="Any")
    advert = django_filters.ChoiceFilter(choices=ADVERTS, method="of_advert", label="Advertisement", empty_label="Any")

    class Meta(FilterSet.Meta):
        model = Opening
        fields: tuple[str, ...] = ()

    def of_advert(self, queryset: QuerySet[Opening], name: str, value: str) -> QuerySet[Opening]:
        found = queryset.filter(advertised_on__isnull=False)
        return found.filter(applicants=0) if value == "none" else found
