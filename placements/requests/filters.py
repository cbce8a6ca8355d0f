"""What lists of the main road can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict

from astcoord.core.words import say_later
from astcoord.ui.filters import Chip, DateFilter, DueFilter, FilterSet
from placements.requests.lifecycle import REQUEST_WITH_COORDINATOR, RequestStatus, Route
from placements.requests.models import OutreachRequest
from placements.requests.search import look_for
from schools.register.filters import OfSchool
from schools.register.lifecycle import Phase
from staff.accounts.permissions import is_office
from staff.expertise.vocabulary import KeyStage, Subject

OWNERS = [("me", "Me"), ("nobody", "Nobody"), ("others", "Somebody else")]
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

    searched, states = "q", {"group": "all"}

    q = django_filters.CharFilter(method="search", label="School, reference, subject or words")
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
    owner = django_filters.ChoiceFilter(
        method="looked_after_by", choices=OWNERS, label="Looked after by", empty_label="Anybody"
    )
    due = DueFilter("act_by")
    since = DateFilter(method="waiting_since", label="Waiting since this day or before")
    school = OfSchool("host")

    class Meta(FilterSet.Meta):
        model = OutreachRequest

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        data = QueryDict(mutable=True) if data is None else data
        if not data.get("group"):
            data = data.copy()
            data["group"] = QUEUE
        super().__init__(data, *args, **kwargs)
        if not is_office(self.request.user):
            del self.filters["owner"]

    @property
    def chips(self) -> list[Chip]:
        """The group that is chosen without being asked for needs no chip."""
        default = str(GROUPS[QUEUE][0])
        return [chip for chip in super().chips if chip.value != default]

    def in_group(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(status__in=GROUPS[value][1])

    def looked_after_by(self, queryset: Any, name: str, value: str) -> Any:
        me = Q(owner__in=self.request.user.looks_after)
        return queryset.filter({"me": me, "nobody": Q(owner=None), "others": ~Q(owner=None) & ~me}[value])

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """As the search in the header finds them."""
        return look_for(queryset, self.request.user, value)

    def waiting_since(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset.filter(since__date__lte=value)
