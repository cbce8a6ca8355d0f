"""Corrections as a list."""

from typing import Any

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import DATE_ORDER, DateColumn, LinkColumn, Table
from astcoord.ui.templatetags.govuk import day
from evaluation.corrections.models import Correction


class DayColumn(LinkColumn):
    """A date that leads to the row's own page."""

    sort_words = DATE_ORDER

    def render(self, value: Any) -> Any:
        return day(value)

    def value(self, value: Any) -> str:
        return value.isoformat() if value else ""


class CorrectionTable(Table):
    """The newest first."""

    noun = "correction"
    empty_text = "No correction has been asked for."

    on = DayColumn(accessor="entry__day__on", verbose_name="Outreach day", linkify=True)
    ast = columns.Column(accessor="entry__day__placement__post__user__name", verbose_name=say_later("AST"))
    host = columns.Column(accessor="entry__day__placement__host__name", verbose_name="Host school")
    asked_at = DateColumn(verbose_name="Asked")
    outcome = columns.Column(verbose_name="State")

    class Meta(Table.Meta):
        model = Correction
        fields = ("on", "ast", "host", "asked_at", "outcome")
        order_by = ("-asked_at",)
