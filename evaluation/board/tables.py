"""The duty board: one line for each AST."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import django_tables2 as columns
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from astcoord.core.words import say_later
from astcoord.ui.tables import LARGEST_PAGE, LinkColumn, NumberColumn, Table
from evaluation.board.reads import Duty


def _list_of(page: str, flag: str) -> Any:
    """The way from a number to the rows that it counts; none from 0."""

    def link(record: Duty, value: int) -> str | None:
        return f"{reverse(page)}?{urlencode({'name': record.name, flag: 'on'})}" if value else None

    return link


class Lines(columns.Column):
    """Several short lines in one cell; in a file they are parted by semicolons."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(orderable=False, empty_values=(), **kwargs)

    def render(self, value: Sequence[str]) -> SafeString | str:
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in value)) or "–"

    def value(self, value: Sequence[str]) -> str:
        return "; ".join(value)


class BoardTable(Table):
    """All days are of the school year that is; the rows are in memory, so every column sorts."""

    noun = say_later("AST")

    name = LinkColumn(
        verbose_name=say_later("AST"),
        linkify=lambda record: reverse("staff:post", args=[record.post.pk]),
        order_by="post__user__name_key",
    )
    weekday = columns.Column(verbose_name="Weekday", order_by="weekdays")
    budget = NumberColumn(
        accessor="balance__budget",
        verbose_name="Budget",
        linkify=lambda record: reverse("placements:balance", args=[record.post.pk]),
    )
    promised = NumberColumn(accessor="balance__promised", verbose_name="Promised")
    contracted = NumberColumn(accessor="balance__contracted", verbose_name="Contracted")
    delivered = NumberColumn(accessor="balance__delivered", verbose_name="Done")
    remaining = NumberColumn(accessor="balance__remaining", verbose_name="Free")
    placements = NumberColumn(verbose_name=say_later("Placements"))
    this_week = Lines(verbose_name="This week")
    next_week = Lines(verbose_name="Next week")
    late_days = NumberColumn(verbose_name="Diary late", linkify=_list_of("placements:day_list", "not_logged"))
    late_reviews = NumberColumn(verbose_name="Reviews late", linkify=_list_of("evaluation:reviews", "overdue"))
    away = columns.Column(verbose_name="Away")

    class Meta(Table.Meta):
        per_page = LARGEST_PAGE
        sequence = (
            "name",
            "weekday",
            "this_week",
            "next_week",
            "remaining",
            "late_days",
            "late_reviews",
            "away",
            "...",
        )
        order_by = ("name",)
