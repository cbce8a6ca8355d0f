"""Outreach judgements as a list; no word of any stands in it (section G*)."""

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, StatusColumn, Table
from evaluation.performance.models import OutreachJudgement


class JudgementTable(Table):
    """The newest school year first."""

    noun = "outreach judgement"
    empty_text = "There is no outreach judgement here."

    ast = LinkColumn(accessor="post__user__name", verbose_name=say_later("AST"), order_by=("post__user__name_key",))
    school = columns.Column(accessor="post__home__name", verbose_name="School", order_by=("post__home__name_key",))
    year = columns.Column(verbose_name="School year", order_by=("year__starts_on",))
    version = columns.Column(verbose_name="Version")
    issued_on = DateColumn(verbose_name="Issued")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = OutreachJudgement
        fields = ("ast", "school", "year", "version", "issued_on", "status")
