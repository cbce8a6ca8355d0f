"""The office's list of exceptions from the usual share of time."""

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, StatusColumn, Table
from placements.variations.models import TimeVariation


class VariationTable(Table):
    """Whose, how much, when, and whether it holds."""

    noun = "exception"
    empty_text = "Nobody has asked for another share of time."

    ast = LinkColumn(
        accessor="post__user__name", verbose_name=say_later("AST"), linkify=lambda record: record.get_absolute_url()
    )
    home = columns.Column(accessor="post__home__name", verbose_name="Home school")
    percent = columns.Column(verbose_name="Share", order_by=("share",))
    starts_on = DateColumn(verbose_name="From")
    ends_on = DateColumn(verbose_name="Until")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = TimeVariation
        fields = ("ast", "home", "percent", "starts_on", "ends_on", "status")
