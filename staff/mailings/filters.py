"""What the lists of what was written can be narrowed to."""

import django_filters

from astcoord.core.models.messages import Message, MessageStatus
from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from staff.mailings.models import Mailing


class MailingFilter(FilterSet):
    """By words."""

    words = SearchFilter("subject", "text", label="Words in it")

    class Meta(FilterSet.Meta):
        model = Mailing


class RecipientFilter(FilterSet):
    """By what has become of the message."""

    status = django_filters.MultipleChoiceFilter(label="Message", choices=MessageStatus.choices, widget=BOXES)

    class Meta(FilterSet.Meta):
        model = Message
