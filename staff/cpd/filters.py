"""What the CPD log and the offers can be narrowed to."""

import django_filters

from astcoord.core.words import say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from staff.cpd.lifecycle import CpdKind
from staff.cpd.models import CpdEntry, CpdOffer


class CpdFilter(FilterSet):
    """By AST or school, by words, by kind."""

    name = SearchFilter("post__user__name_key", "post__home__name_key", label=say_later("AST or school"))
    what = SearchFilter("what", label="What it was")
    kind = django_filters.ChoiceFilter(choices=CpdKind.choices, label="Kind", empty_label="Any")

    class Meta(FilterSet.Meta):
        model = CpdEntry
        fields: tuple[str, ...] = ()


class OfferFilter(FilterSet):
    """By words and by kind."""

    title = SearchFilter("title", label="What is offered")
    kind = django_filters.ChoiceFilter(
        choices=CpdOffer._meta.get_field("kind").choices, label="Kind", empty_label="Both"
    )

    class Meta(FilterSet.Meta):
        model = CpdOffer
        fields: tuple[str, ...] = ()
