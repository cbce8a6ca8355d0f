"""What was written to several, and to whom."""

import django_tables2 as columns

from astcoord.core.models.messages import Message
from astcoord.ui.tables import DateColumn, LinkColumn, NumberColumn, Table
from staff.mailings.models import Mailing


class MailingTable(Table):
    """The newest first."""

    noun = "message"
    empty_text = "Nobody has been written to from a list yet."

    subject = LinkColumn()
    whom = columns.Column(verbose_name="Chosen from")
    count = NumberColumn(verbose_name="People")
    by = columns.Column(accessor="by__name", verbose_name="Written by")
    at = DateColumn(verbose_name="Written on")
    state = columns.Column(verbose_name="State", empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Mailing
        fields = ("subject", "whom", "count", "by", "at", "state")


class RecipientTable(Table):
    """Who was written to, and what has become of each message."""

    noun = "person"
    plural = "people"

    to_name = columns.Column(verbose_name="To")
    to_email = columns.Column(verbose_name="E-mail address")
    status = columns.Column(verbose_name="Message")
    sent_at = DateColumn(verbose_name="Sent on", default="")

    class Meta(Table.Meta):
        model = Message
        fields = ("to_name", "to_email", "status", "sent_at")
        order_by = ("to_name",)
