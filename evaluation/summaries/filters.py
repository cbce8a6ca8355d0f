"""What the list of summaries can be narrowed to."""

import django_filters

from astcoord.ui.filters import FilterSet, SearchFilter
from placements.placement.models import Placement
from staff.expertise.vocabulary import Subject


class SummaryFilter(FilterSet):
    """By school and subject."""

    name = SearchFilter("host__name_key", label="Host school")
    subject = django_filters.ChoiceFilter(label="Subject", choices=Subject.choices, empty_label="All subjects")

    class Meta(FilterSet.Meta):
        model = Placement
