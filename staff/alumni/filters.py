"""What the board of former ASTs can be searched for."""

from astcoord.ui.filters import FilterSet, SearchFilter
from staff.alumni.models import AlumniEntry


class AlumniFilter(FilterSet):
    """Words of what they show; names are no part of it, since not all show theirs."""

    words = SearchFilter("now", "offers", label="Words")

    class Meta(FilterSet.Meta):
        model = AlumniEntry
