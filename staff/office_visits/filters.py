"""What the list of visits can be narrowed to."""

import django_filters

from astcoord.core.words import say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from staff.office_visits.lifecycle import VisitKind
from staff.office_visits.models import OfficeVisit


class OfficeVisitFilter(FilterSet):
    """By school or AST, and by what for."""

    name = SearchFilter("school__name_key", "post__user__name_key", label=say_later("School or AST"))
    kind = django_filters.ChoiceFilter(choices=VisitKind.choices, label="What for", empty_label="All")

    class Meta(FilterSet.Meta):
        model = OfficeVisit
