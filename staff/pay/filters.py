"""What the salaries of the spine can be narrowed to."""

from astcoord.ui.filters import FilterSet
from staff.pay.models import SpineFigure


class FigureFilter(FilterSet):
    """By point."""

    class Meta(FilterSet.Meta):
        model = SpineFigure
        fields: tuple[str, ...] = ("point",)
