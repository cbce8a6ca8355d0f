"""Registers of rounds and of letters."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from astcoord.core.wording import date_words
from astcoord.ui.tables import DateColumn, LinkColumn, NumberColumn, StatusColumn, Table
from astcoord.ui.templatetags.govuk import moment, tag
from placements.letters.models import Letter, LetterRound
from placements.letters.reads import COLOURS, LetterState


class RoundTable(Table):
    noun = "round"
    empty_text = "No letters have been prepared yet. They are prepared by themselves when a term opens."

    name = LinkColumn(
        verbose_name="Letters",
        accessor="term__name",
        linkify=lambda record: reverse("placements:letter_round", args=[record.pk]),
        order_by=("term__starts_on", "number"),
    )
    status = StatusColumn()
    total = NumberColumn(verbose_name="Schools")
    failed = NumberColumn(verbose_name="Failed")
    to_post = NumberColumn(verbose_name="To post")
    created_at = DateColumn(verbose_name="Prepared on")

    class Meta(Table.Meta):
        model = LetterRound
        fields = ("name", "status", "total", "failed", "to_post", "created_at")

    def render_name(self, record: LetterRound) -> str:
        return str(record)

    def value_name(self, record: LetterRound) -> str:
        return str(record)

    def render_created_at(self, value: Any) -> SafeString:
        return DateColumn.render(self.columns["created_at"].column, value.date())


class LetterTable(Table):
    noun = "letter"

    school = tables.Column(accessor="school__name", verbose_name="School")
    to = tables.Column(empty_values=(), verbose_name="Sent to", order_by="message__to_email")
    state = tables.Column(verbose_name="Status")
    sent_at = tables.Column(accessor="message__sent_at", verbose_name="When", default="")
    letter = tables.Column(empty_values=(), orderable=False, verbose_name="Letter", exclude_from_export=True)

    class Meta(Table.Meta):
        model = Letter
        fields = ("school", "to", "state", "sent_at", "letter")
        order_by = ("school",)

    def render_to(self, record: Letter) -> str:
        return _address(record)

    def value_to(self, record: Letter) -> str:
        return _address(record)

    def render_state(self, record: Any) -> SafeString:
        shown = tag(LetterState(record.state).label, COLOURS[LetterState(record.state)])
        if doubt := _doubt(record):
            shown = format_html('{} <p class="govuk-body-s govuk-!-margin-bottom-0">{}</p>', shown, doubt)
        if record.state == LetterState.FAILED:
            url = reverse("placements:letter_failed", args=[record.round_id, record.pk])
            return format_html(
                '{} <p class="govuk-body-s govuk-!-margin-bottom-0">{} '
                '<a class="govuk-link" href="{}">What to do'
                '<span class="govuk-visually-hidden"> about {}</span></a></p>',
                shown,
                record.message.error,
                url,
                record.school.name,
            )
        return shown

    def value_state(self, record: Any) -> str:
        words = ". ".join(filter(None, (str(LetterState(record.state).label), _doubt(record))))
        return f"{words}: {record.message.error}" if record.state == LetterState.FAILED else words

    def render_sent_at(self, value: Any) -> SafeString | str:
        return moment(value)

    def value_sent_at(self, value: Any) -> str:
        return value.isoformat() if value else ""

    def render_letter(self, record: Letter) -> SafeString:
        return format_html(
            '<a class="govuk-link" href="{}" download>PDF<span class="govuk-visually-hidden"> for {}</span></a>',
            reverse("placements:letter_pdf", args=[record.pk]),
            record.school.name,
        )


def _doubt(record: Letter) -> str:
    return record.message.doubt if record.message else ""


def _address(record: Any) -> str:
    if record.posted_on:
        return "By post"
    address = record.message.to_email if record.message else record.school.email or "No e-mail address"
    if record.back_since and record.school.email:
        address += f" (e-mail to {record.school.email} comes back since {_day(record.back_since)})"
    return address


def _day(at: datetime) -> str:
    return date_words(timezone.localtime(at).date())
