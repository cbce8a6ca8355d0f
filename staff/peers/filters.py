"""What an AST’s list of observations can be narrowed to."""

import django_filters

from astcoord.core.words import say_later
from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from staff.peers.lifecycle import PeerStatus
from staff.peers.models import PeerObservation


class PeerFilter(FilterSet):
    """By AST or by what is looked at, and by state."""

    focus = SearchFilter(
        "focus", "observer__user__name_key", "observed__user__name_key", label=say_later("AST or focus")
    )
    status = django_filters.MultipleChoiceFilter(label="Status", choices=PeerStatus.choices, widget=BOXES)

    class Meta(FilterSet.Meta):
        model = PeerObservation
        fields: tuple[str, ...] = ()
