"""How the office looks for people."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from staff.accounts.models import RoleAssignment, User
from staff.accounts.reads import not_reached

ACCOUNTS = [("not_reached", "Invitation not delivered"), ("suspended", "Suspended")]


class PeopleFilter(FilterSet):
    """The office's list of accounts."""

    name = SearchFilter("name_key", "email", label="Name or e-mail address")
    role = django_filters.MultipleChoiceFilter(choices=Role.choices, method="holding", label="Role today", widget=BOXES)
    account = django_filters.MultipleChoiceFilter(choices=ACCOUNTS, method="in_state", label="Account", widget=BOXES)

    class Meta(FilterSet.Meta):
        model = User
        fields: list[str] = []

    def holding(self, queryset: Any, name: str, values: list[str]) -> QuerySet[User]:
        if not values:
            return queryset
        held = RoleAssignment.objects.in_force(today()).filter(role__in=values)
        return queryset.filter(pk__in=held.values("user"))

    def in_state(self, queryset: Any, name: str, values: list[str]) -> QuerySet[User]:
        """Accounts that somebody should look at."""
        scopes = {"not_reached": not_reached(), "suspended": User.objects.filter(is_active=False)}
        wanted = Q()
        for value in values:
            wanted |= Q(pk__in=scopes[value].values("pk"))
        return queryset.filter(wanted)
