"""What the list of priorities can be narrowed to."""

import django_filters

from astcoord.ui.filters import FilterSet
from placements.priorities.lifecycle import PriorityState
from placements.priorities.models import Priority


class PriorityFilter(FilterSet):
    """By where they come from and whether they run."""

    kind = django_filters.ChoiceFilter(choices=Priority.Kind.choices, label="Where from", empty_label="Anywhere")
    state = django_filters.ChoiceFilter(choices=PriorityState.choices, label="State", empty_label="All")

    class Meta(FilterSet.Meta):
        model = Priority
