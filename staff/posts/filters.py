"""How people look for an AST."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from astcoord.core.clock import today
from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from schools.register.filters import OfSchool
from schools.register.lifecycle import Phase
from staff.expertise.vocabulary import KeyStage, Subject, WorkType
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.posts.search import COLUMNS, by_subject

PHASES = [(p.value, p.label) for p in (Phase.NURSERY, Phase.PRIMARY, Phase.MIDDLE, Phase.SECONDARY, Phase.SPECIAL)]
CHECKS = [
    ("no_pattern", "Outreach time not set"),
    ("no_profile", "Profile not filled in"),
    ("stale", "Profile not checked for a year"),
    ("induction", "Induction unfinished"),
    ("duties", "Management duties"),
]


def holds(queryset: QuerySet[Post], name: str, values: list[str]) -> QuerySet[Post]:
    """Posts whose set of codes holds any of `values`."""
    wanted = Q()
    for value in values:
        wanted |= Q(**{f"{name}__has": value})
    return queryset.filter(wanted)


class ExpertiseFilter(FilterSet):
    """What a headteacher may look for (R-5.5)."""

    subject = django_filters.ChoiceFilter(
        choices=Subject.choices, method="of_subject", label="Subject or area", empty_label="Any"
    )
    key_stages = django_filters.MultipleChoiceFilter(
        choices=KeyStage.choices, method=holds, label="Key stage", widget=BOXES
    )
    work_types = django_filters.ChoiceFilter(
        choices=WorkType.choices, method="of_work", label="Kind of work", empty_label="Any"
    )
    phase = django_filters.MultipleChoiceFilter("home__phase", choices=PHASES, label="Works in", widget=BOXES)

    class Meta(FilterSet.Meta):
        model = Post

    def of_subject(self, queryset: Any, name: str, value: str) -> QuerySet[Post]:
        return queryset.filter(pk__in=Post.objects.expert_in(value).values("pk"))

    def of_work(self, queryset: Any, name: str, value: str) -> QuerySet[Post]:
        return holds(queryset, name, [value])


class PostFilter(ExpertiseFilter):
    """The office's register of ASTs (R-3.5, R-4.10)."""

    searched, states = "name", {"status": ""}

    name = SearchFilter(*COLUMNS, also=by_subject, label="Name, school or subject")
    status = django_filters.MultipleChoiceFilter(choices=PostStatus.choices, label="Status", widget=BOXES)
    check = django_filters.MultipleChoiceFilter(choices=CHECKS, method="needing", label="Needs attention", widget=BOXES)
    school = OfSchool("home")

    class Meta(FilterSet.Meta):
        model = Post

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = ("name", "subject", "key_stages", "work_types", "phase", "status", "check", "school")
        self.filters = type(self.filters)((name, self.filters[name]) for name in order)

    def needing(self, queryset: Any, name: str, values: list[str]) -> QuerySet[Post]:
        """Rows with any of the chosen gaps."""
        now = today()
        scopes = {
            "no_pattern": Post.objects.without_pattern(now),
            "no_profile": Post.objects.without_profile(now),
            "stale": Post.objects.stale(now),
            "induction": Post.objects.induction_unfinished(now),
            "duties": Post.objects.keeping_duties(),
        }
        wanted = Q()
        for value in values:
            wanted |= Q(pk__in=scopes[value].values("pk"))
        return queryset.filter(wanted)
