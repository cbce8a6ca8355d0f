"""What the lists of questionnaires can be narrowed to."""

import django_filters

from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from staff.questionnaires.lifecycle import QuestionnaireStatus
from staff.questionnaires.models import Questionnaire, QuestionnaireInvitation


class QuestionnaireFilter(FilterSet):
    """By words, and by state."""

    title = SearchFilter("title", label="About")
    status = django_filters.MultipleChoiceFilter(label="Status", choices=QuestionnaireStatus.choices, widget=BOXES)

    class Meta(FilterSet.Meta):
        model = Questionnaire
        fields: tuple[str, ...] = ()


class InvitationFilter(FilterSet):
    """By words."""

    title = SearchFilter("questionnaire__title", label="About")

    class Meta(FilterSet.Meta):
        model = QuestionnaireInvitation
        fields: tuple[str, ...] = ()
