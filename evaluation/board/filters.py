"""What the duty board can be narrowed to."""

from typing import Any

import django_filters

from astcoord.core.words import say_later
from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from schools.register.models import Cluster
from staff.expertise.vocabulary import Subject
from staff.posts.filters import PHASES
from staff.posts.models import Post
from staff.posts.querysets import PostQuerySet


class BoardFilter(FilterSet):
    """By name, subject, and the phase and cluster of the AST's own school."""

    name = SearchFilter("user__name_key", label=say_later("AST"))
    subject = django_filters.ChoiceFilter(
        choices=Subject.choices, method="of_subject", label="Subject or area", empty_label="Any"
    )
    phase = django_filters.MultipleChoiceFilter("home__phase", choices=PHASES, label="Works in", widget=BOXES)
    cluster = django_filters.ModelChoiceFilter(
        label="Cluster", queryset=Cluster.objects.all(), field_name="home__cluster", empty_label="Any"
    )

    class Meta(FilterSet.Meta):
        model = Post

    def of_subject(self, queryset: Any, name: str, value: str) -> PostQuerySet:
        """Each AST once, however many areas of the subject the AST lists."""
        return queryset.filter(pk__in=Post.objects.expert_in(value).values("pk"))  # type: ignore[no-any-return]
