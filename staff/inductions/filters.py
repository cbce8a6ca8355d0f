"""What the list of inductions can be narrowed to."""

from typing import Any

import django_filters

from astcoord.core.words import say_later
from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from staff.inductions.reads import with_steps_to_do, without_meeting
from staff.posts.models import Post

CHECKS = [("meeting", "Not met before the assessment"), ("steps", "Steps to be gone through")]


class InductionFilter(FilterSet):
    """By AST or school, and by what is to do."""

    name = SearchFilter("user__name_key", "home__name_key", label=say_later("AST, candidate or school"))
    check = django_filters.MultipleChoiceFilter(choices=CHECKS, method="needing", label="To do", widget=BOXES)

    class Meta(FilterSet.Meta):
        model = Post
        fields: tuple[str, ...] = ()

    def needing(self, queryset: Any, name: str, values: list[str]) -> Any:
        """Rows with any of what is chosen."""
        scopes = {"meeting": without_meeting, "steps": with_steps_to_do}
        wanted = Post.objects.none()
        for value in values:
            wanted |= scopes[value](Post.objects.all())
        return queryset.filter(pk__in=wanted.order_by().values("pk"))
