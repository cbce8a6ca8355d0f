"""What the list of deputies can be narrowed to."""

import django_filters

from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from staff.accounts.models import RoleAssignment
from staff.deputies.reads import STATES


class DeputyFilter(FilterSet):
    """By either name, and by whether it is on."""

    name = SearchFilter("user__name_key", "stands_in_for__name_key", label="Name")
    state = django_filters.MultipleChoiceFilter(label="State", choices=STATES, widget=BOXES)

    class Meta(FilterSet.Meta):
        model = RoleAssignment
