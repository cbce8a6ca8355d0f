"""What the ideas can be searched by."""

from astcoord.core.words import say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from evaluation.ideas.models import Idea


class IdeaFilter(FilterSet):
    """By words and names."""

    words = SearchFilter(
        "text",
        "placement__post__user__name_key",
        "placement__host__name_key",
        label=say_later("Words, AST or host school"),
    )

    class Meta(FilterSet.Meta):
        model = Idea
