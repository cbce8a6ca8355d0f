"""What the list of schools that look for help can be narrowed to."""

import django_filters

from astcoord.ui.filters import FilterSet, SearchFilter
from placements.requests.models import OutreachRequest
from staff.expertise.vocabulary import Subject


class LookingFilter(FilterSet):
    """By school and by subject."""

    name = SearchFilter("host__name_key", label="School")
    subject = django_filters.ChoiceFilter(choices=Subject.choices, label="Subject", empty_label="Any of yours")

    class Meta(FilterSet.Meta):
        model = OutreachRequest
        fields: tuple[str, ...] = ()
