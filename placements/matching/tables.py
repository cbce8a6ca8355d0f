"""Matches as a list for the office."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, NumberColumn, ReferenceColumn, Table
from placements.matching.models import Match
from placements.matching.reads.matches import waiting_for


class MatchTable(Table):
    """The nearest day to answer first."""

    noun = "match"
    plural = "matches"
    empty_text = say_later("No match has been proposed yet. Open a request in the queue and choose an AST.")

    request = ReferenceColumn(
        accessor="request__reference",
        order_by="request__pk",
        verbose_name="Request",
        linkify=lambda record: reverse("placements:match", args=[record.pk]),
    )
    host = tables.Column(accessor="request__host__name", verbose_name="School")
    ast = tables.Column(accessor="post__user__name", verbose_name=say_later("AST"))
    days = NumberColumn(verbose_name="Days")
    answer_by = DateColumn(verbose_name="Answer by")
    waiting = tables.Column(empty_values=(), orderable=False, verbose_name="Whose turn")

    class Meta(Table.Meta):
        model = Match
        fields = ("request", "host", "ast", "days", "answer_by", "waiting")

    def render_waiting(self, record: Any) -> str:
        return waiting_for(record)

    def value_waiting(self, record: Any) -> str:
        return waiting_for(record)
