"""What the lists of QA visits can be narrowed to."""

import django_filters

from astcoord.core.words import say_later
from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from staff.posts.filters import PHASES
from staff.posts.models import Post
from staff.quality.lifecycle import QaKind, QaStatus
from staff.quality.models import QaVisit


class QaVisitFilter(FilterSet):
    """By AST or school, by what is looked at, and by state."""

    name = SearchFilter("post__user__name_key", "post__home__name_key", label=say_later("AST or school"))
    kind = django_filters.ChoiceFilter(choices=QaKind.choices, label="What is looked at", empty_label="Both")
    status = django_filters.MultipleChoiceFilter(label="Status", choices=QaStatus.choices, widget=BOXES)

    class Meta(FilterSet.Meta):
        model = QaVisit
        fields: tuple[str, ...] = ()


class CoverageFilter(FilterSet):
    """By AST or school, and by phase."""

    name = SearchFilter("user__name_key", "home__name_key", label=say_later("AST or school"))
    phase = django_filters.ChoiceFilter("home__phase", choices=PHASES, label="Phase", empty_label="Any")

    class Meta(FilterSet.Meta):
        model = Post
        fields: tuple[str, ...] = ()
