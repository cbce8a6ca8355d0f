"""What the library can be searched by."""

from typing import Any

import django_filters
from django.db.models import Q

from astcoord.core.words import say_later
from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from evaluation.materials.lifecycle import MaterialState
from evaluation.materials.models import Material
from staff.expertise.vocabulary import KeyStage, Subject


class MaterialFilter(FilterSet):
    """By words, subject and key stage."""

    words = SearchFilter("title", "purpose", "author__name_key", label=say_later("Words, or the AST’s name"))
    subject = django_filters.ChoiceFilter(choices=Subject.choices, label="Subject", empty_label="All subjects")
    key_stages = django_filters.MultipleChoiceFilter(
        choices=KeyStage.choices, method="of_any", label="Key stage", widget=BOXES
    )
    state = django_filters.ChoiceFilter(choices=MaterialState.choices, label="State", empty_label="All")

    class Meta(FilterSet.Meta):
        model = Material

    def of_any(self, queryset: Any, name: str, value: list[str]) -> Any:
        """For at least one of the key stages chosen."""
        found = Q()
        for stage in value:
            found |= Q(key_stages__has=stage)
        return queryset.filter(found)
