"""What the list of outreach judgements can be narrowed to."""

import django_filters

from astcoord.core.words import say_later
from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from evaluation.performance.lifecycle import JudgementStatus
from evaluation.performance.models import OutreachJudgement
from schools.calendar.models import AcademicYear


class JudgementFilter(FilterSet):
    """By AST or school, by school year, and by state."""

    name = SearchFilter("post__user__name_key", "post__home__name_key", label=say_later("AST or school"))
    year = django_filters.ModelChoiceFilter(
        queryset=AcademicYear.objects.order_by("-starts_on"), label="School year", empty_label="All"
    )
    status = django_filters.MultipleChoiceFilter(label="Status", choices=JudgementStatus.choices, widget=BOXES)

    class Meta(FilterSet.Meta):
        model = OutreachJudgement
        fields: tuple[str, ...] = ()
