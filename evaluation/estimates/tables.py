"""Estimates, departments that might welcome support, and offers, as lists (R-11.12)."""

from decimal import Decimal
from typing import Any

import django_tables2 as columns
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from astcoord.core.words import say
from astcoord.ui.tables import DateColumn, LinkColumn, NumberColumn, StatusColumn, Table
from evaluation.estimates.lifecycle import OfferStatus
from evaluation.estimates.models import Estimate, Offer
from evaluation.estimates.reads import may_be_offered
from evaluation.estimates.rules import is_small
from evaluation.results.lifecycle import MEANINGS
from evaluation.results.wording import figure_words, plain, signed

NOT_ENTERED = "Not entered"


def _page(record: Any) -> str:
    """Of the row itself, not of its school."""
    return str(record.get_absolute_url())


def _words(record: Any, figure: Decimal) -> str:
    """In the unit of its measure."""
    return figure_words(figure, MEANINGS[record.measure].unit)


class EstimateTable(Table):
    """By school, the newest year first."""

    noun = "estimate"
    empty_text = "No estimate has been entered yet."

    school = LinkColumn(accessor="school__name", verbose_name="School", linkify=_page)
    subject = columns.Column(verbose_name="Subject")
    measure = columns.Column(verbose_name="Measure")
    year = columns.Column(verbose_name="Year")
    value = NumberColumn(verbose_name="Estimate")
    result = NumberColumn(verbose_name="Result", empty_values=())
    pupils = NumberColumn(verbose_name="Pupils", default="")

    class Meta(Table.Meta):
        model = Estimate
        fields: tuple[str, ...] = ("school", "subject", "measure", "year", "value", "result", "pupils")

    def render_value(self, record: Any) -> str:
        return _words(record, record.value)

    def value_value(self, value: Any) -> Any:
        return plain(value)

    def render_result(self, record: Any) -> str:
        return NOT_ENTERED if record.result is None else _words(record, record.result)

    def value_result(self, value: Any) -> Any:
        return NOT_ENTERED if value is None else plain(value)


class ScreenTable(EstimateTable):
    """Departments below their estimate, and what there is of help."""

    noun = "department"
    empty_text = "No department’s result lies under its estimate, as far as both are entered."

    difference = NumberColumn(verbose_name="Difference in points")
    pupils = columns.Column(verbose_name="Pupils", default="")
    supported = columns.Column(verbose_name="Help so far")
    offer_status = columns.Column(verbose_name="Offer", empty_values=())

    class Meta(EstimateTable.Meta):
        fields = (
            *("school", "subject", "measure", "year", "value", "result", "difference", "pupils"),
            *("supported", "offer_status"),
        )
        sequence = fields

    def render_difference(self, value: Any) -> str:
        return signed(value)

    def value_difference(self, value: Any) -> Any:
        return plain(value)

    def render_pupils(self, value: int) -> str:
        return f"{value}, a small group" if is_small(value) else str(value)

    def render_supported(self, record: Any) -> str:
        return (
            say("Has, or had, an AST") if record.supported else say("Has asked for an AST") if record.asked else "None"
        )

    def render_offer_status(self, record: Any) -> str:
        return str(OfferStatus(record.offer_status).label) if record.offer_status else "None"


class OfficeScreenTable(ScreenTable):
    """With the way to an offer."""

    class Meta(ScreenTable.Meta):
        pass

    def render_offer_status(self, record: Any) -> SafeString | str:
        words = super().render_offer_status(record)
        if may_be_offered(record):
            url = reverse("evaluation:offer_make", args=[record.pk])
            hidden = f" in {record.get_subject_display()} to {record.school.name}"
            link = format_html(
                '<a class="govuk-link" href="{}">Offer help<span class="govuk-visually-hidden">{}</span></a>',
                url,
                hidden,
            )
            return link if record.offer_status is None else format_html("{}. {}", words, link)
        if record.offer_pk:
            url = reverse("evaluation:offer", args=[record.offer_pk])
            return format_html('<a class="govuk-link" href="{}">{}</a>', url, words)
        return words

    def value_offer_status(self, record: Any) -> str:
        return super().render_offer_status(record)


class OfferTable(Table):
    """The newest first."""

    noun = "offer"
    empty_text = "No help has been offered because of an estimate."

    school = LinkColumn(accessor="school__name", verbose_name="School", linkify=_page)
    subject = columns.Column(verbose_name="Subject")
    year = columns.Column(verbose_name="Results of")
    made_on = DateColumn(verbose_name="Offered")
    answer_by = DateColumn(verbose_name="Answer by")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = Offer
        fields = ("school", "subject", "year", "made_on", "answer_by", "status")
