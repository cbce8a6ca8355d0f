"""What statements on training can be narrowed to."""

import django_filters

from astcoord.ui.filters import FilterSet, SearchFilter
from evaluation.training.models import TrainingStatement
from schools.calendar.models import AcademicYear


class StatementFilter(FilterSet):
    """By school and school year."""

    school = SearchFilter("school__name_key", label="School")
    year = django_filters.ModelChoiceFilter(
        queryset=AcademicYear.objects.order_by("-starts_on"), label="School year", empty_label="All"
    )

    class Meta(FilterSet.Meta):
        model = TrainingStatement
        fields: tuple[str, ...] = ()
