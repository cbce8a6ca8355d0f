"""Results as a list, and as a file that can be loaded again."""

from typing import Any

import django_tables2 as columns

from astcoord.ui.tables import DATE_ORDER, LinkColumn, NumberColumn, Table
from evaluation.results.models import AttainmentResult
from evaluation.results.wording import figure_words

CHOSEN, OPEN = "Chosen by the office", "Differs from another figure"


def standing_words(row: Any) -> str:
    """How a figure of `with_standing` stands beside others; nothing where none differs."""
    if row.chosen_at is not None:
        return CHOSEN
    return OPEN if row.differs else ""


class YearColumn(columns.Column):
    """A summer."""

    sort_words = DATE_ORDER


class ResultTable(Table):
    """The latest year first. The columns are called as `import_results` reads them."""

    noun = "figure"
    empty_text = "No results are entered yet."

    year = YearColumn(verbose_name="Year")
    school = LinkColumn(accessor="whose", verbose_name="School", order_by=("school__name_key",))
    urn = columns.Column(accessor="school__urn", verbose_name="URN", visible=False, default="")
    subject = columns.Column(accessor="of", verbose_name="Subject", order_by=("subject",))
    measure = columns.Column(verbose_name="Measure")
    figure = NumberColumn(accessor="value", verbose_name="Figure")
    cohort = NumberColumn(verbose_name="Number of pupils", default="Not entered")
    source = columns.Column(verbose_name="Source", visible=False)
    standing = columns.Column(verbose_name="Beside others", empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = AttainmentResult
        fields = ("year", "school", "urn", "subject", "measure", "figure", "cohort", "source", "standing")
        order_by = ("-year",)

    def render_figure(self, record: Any) -> str:
        return figure_words(record.value, record.unit)

    def value_figure(self, record: Any) -> str:
        return figure_words(record.value, record.unit)

    def value_cohort(self, record: Any) -> Any:
        """Empty in a file where it is not entered."""
        return record.cohort or ""

    def render_standing(self, record: Any) -> str:
        return standing_words(record)
