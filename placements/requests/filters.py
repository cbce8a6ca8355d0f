"""What lists of the main road can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict

from astcoord.core.name_keys import MOST_WORDS, starts_a_word
from astcoord.core.shown import found_in_texts
from astcoord.core.words import say_later
from astcoord.ui.filters import Chip, DateFilter, FilterSet
from placements.requests.lifecycle import REQUEST_WITH_COORDINATOR, RequestStatus, Route
from placements.requests.models import OutreachRequest
from schools.register.lifecycle import Phase
from staff.expertise.vocabulary import KeyStage, Subject

QUEUE = "queue"
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    QUEUE: (say_later("For the co-ordinator to act on"), REQUEST_WITH_COORDINATOR),
    "school": (
        "Waiting for the headteacher",
        frozenset({RequestStatus.AWAITING_CONFIRMATION, RequestStatus.RETURNED}),
    ),
    "matching": ("Match proposed or agreed", frozenset({RequestStatus.PROPOSED, RequestStatus.AGREED})),
    "placed": (say_later("Placement made"), frozenset({RequestStatus.PLACED})),
    "ended": (
        say_later("Ended without a placement"),
        frozenset({RequestStatus.DECLINED, RequestStatus.REFERRED, RequestStatus.WITHDRAWN}),
    ),
    "draft": ("Being written by the office", frozenset({RequestStatus.DRAFT})),
    "all": ("All", frozenset(RequestStatus.values)),
}


class RequestFilter(FilterSet):
    """Without a choice: what the co-ordinator may act on."""

    q = django_filters.CharFilter(method="search", label="School, reference or words")
    group = django_filters.ChoiceFilter(
        method="in_group",
        label="Whose turn",
        choices=[(code, label) for code, (label, _) in GROUPS.items()],
        widget=forms.RadioSelect,
        empty_label=None,
    )
    subject = django_filters.ChoiceFilter(choices=Subject.choices, label="Subject", empty_label="Any")
    key_stage = django_filters.ChoiceFilter(
        field_name="key_stages", lookup_expr="has", choices=KeyStage.choices, label="Key stage", empty_label="Any"
    )
    phase = django_filters.ChoiceFilter(
        field_name="host__phase", choices=Phase.choices, label="Kind of school", empty_label="Any"
    )
    route = django_filters.ChoiceFilter(choices=Route.choices, label="Route", empty_label="Any")
    since = DateFilter(method="waiting_since", label="Waiting since this day or before")

    class Meta(FilterSet.Meta):
        model = OutreachRequest

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        data = QueryDict(mutable=True) if data is None else data
        if not data.get("group"):
            data = data.copy()
            data["group"] = QUEUE
        super().__init__(data, *args, **kwargs)

    @property
    def chips(self) -> list[Chip]:
        """The group that is chosen without being asked for needs no chip."""
        default = str(GROUPS[QUEUE][0])
        return [chip for chip in super().chips if chip.value != default]

    def in_group(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(status__in=GROUPS[value][1])

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Every word must occur somewhere; a reference such as R00012 finds its request."""
        words = value.split()[:MOST_WORDS]
        texts = found_in_texts(self.request.user, queryset, ("aspect", "need", "task"), words)
        for word in words:
            found = starts_a_word("host__name_key", word) | texts[word]
            digits = word[1:] if word[:1] in "Rr" else word
            if digits.isdecimal() and len(digits) <= 9:
                found |= Q(pk=int(digits))
            queryset = queryset.filter(found)
        return queryset

    def waiting_since(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset.filter(since__date__lte=value)
