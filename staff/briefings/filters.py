"""What the list of briefing sessions can be narrowed to."""

from astcoord.ui.filters import FilterSet, SearchFilter
from staff.briefings.models import Briefing


class BriefingFilter(FilterSet):
    """By words."""

    title = SearchFilter("title", "place", label="About or where")

    class Meta(FilterSet.Meta):
        model = Briefing
        fields: tuple[str, ...] = ()
