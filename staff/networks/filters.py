"""What the list of network meetings can be narrowed to."""

import django_filters

from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from staff.expertise.vocabulary import Subject
from staff.networks.lifecycle import MeetingKind, MeetingStatus
from staff.networks.models import NetworkMeeting


class MeetingFilter(FilterSet):
    """By place or leader, by whom it is for, and by state."""

    words = SearchFilter("place", "led_by__name_key", "cluster__name", label="Where, who leads, or cluster")
    kind = django_filters.ChoiceFilter(choices=MeetingKind.choices, label="Kind", empty_label="Any")
    subject = django_filters.ChoiceFilter(choices=Subject.choices, label="Subject", empty_label="Any")
    status = django_filters.MultipleChoiceFilter(label="Status", choices=MeetingStatus.choices, widget=BOXES)

    class Meta(FilterSet.Meta):
        model = NetworkMeeting
        fields: tuple[str, ...] = ()
