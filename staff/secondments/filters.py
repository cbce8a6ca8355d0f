"""What the lists of secondments can be narrowed to."""

import django_filters

from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from staff.secondments.lifecycle import ProposalStatus
from staff.secondments.models import Proposal, SecondmentRound


class RoundFilter(FilterSet):
    """By name."""

    name = SearchFilter("name", label="Name")

    class Meta(FilterSet.Meta):
        model = SecondmentRound
        fields: tuple[str, ...] = ()


class ProposalFilter(FilterSet):
    """By teacher or school, by round, and by state."""

    name = SearchFilter("aspirant_name", "school__name_key", label="Teacher or school")
    round = django_filters.ModelChoiceFilter(
        queryset=SecondmentRound.objects.all(), label="Round", empty_label="All rounds"
    )
    status = django_filters.MultipleChoiceFilter(label="Status", choices=ProposalStatus.choices, widget=BOXES)

    class Meta(FilterSet.Meta):
        model = Proposal
        fields: tuple[str, ...] = ()
