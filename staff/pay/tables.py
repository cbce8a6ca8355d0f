"""What a year is paid at the points of the spine, as a list."""

from typing import Any

import django_tables2 as columns

from astcoord.core.wording import pounds
from astcoord.ui.tables import DateColumn, LinkColumn, Table
from staff.pay.models import SpineFigure


class FigureTable(Table):
    """From the top of the main scale upwards."""

    noun = "salary"
    plural = "salaries"
    empty_text = "No salary has been entered yet."

    point = LinkColumn(verbose_name="Point")
    amount = columns.Column(verbose_name="A year")
    starts_on = DateColumn(verbose_name="From")

    class Meta(Table.Meta):
        model = SpineFigure
        fields = ("point", "amount", "starts_on")

    def render_amount(self, value: Any) -> str:
        return pounds(value)
