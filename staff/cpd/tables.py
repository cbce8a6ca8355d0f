"""The CPD log and the offers as lists."""

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, NumberColumn, Table
from staff.cpd.models import CpdEntry, CpdOffer


class CpdTable(Table):
    """The newest first."""

    noun = "entry"
    plural = "entries"
    empty_text = "Nothing is on the CPD log yet."

    what = LinkColumn(verbose_name="What it was")
    ast = columns.Column(accessor="post__user__name", verbose_name=say_later("AST"))
    kind = columns.Column(verbose_name="Kind")
    on = DateColumn(verbose_name="Day")
    days = NumberColumn(verbose_name="Days")
    evaluated_on = DateColumn(verbose_name="Evaluated on", default="")

    class Meta(Table.Meta):
        model = CpdEntry
        fields = ("what", "ast", "kind", "on", "days", "evaluated_on")


class OfferTable(Table):
    """By day; whether it can still be answered is said by the last day for answers."""

    noun = "offer"
    empty_text = "Nothing is offered."

    title = LinkColumn(verbose_name="What is offered")
    kind = columns.Column(verbose_name="Kind")
    on = DateColumn(verbose_name="Day")
    closes_on = DateColumn(verbose_name="Answers until")
    places = NumberColumn(verbose_name="Places")
    taken = NumberColumn(verbose_name="Taken")

    class Meta(Table.Meta):
        model = CpdOffer
        fields = ("title", "kind", "on", "closes_on", "places", "taken")
