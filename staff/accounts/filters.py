"""How the office looks for people, and for schools whose head cannot sign in."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from schools.register.filters import SchoolFilter
from schools.register.lifecycle import Phase
from schools.register.models import Cluster, School
from schools.register.querysets import SchoolQuerySet
from staff.accounts.models import RoleAssignment, User
from staff.accounts.reads import InvitationState, not_reached

ACCOUNTS = [("not_reached", "Invitation not delivered"), ("suspended", "Suspended")]


class PeopleFilter(FilterSet):
    """The office's list of accounts."""

    name = SearchFilter("name_key", "email", label="Name or e-mail address")
    role = django_filters.MultipleChoiceFilter(choices=Role.choices, method="holding", label="Role today", widget=BOXES)
    account = django_filters.MultipleChoiceFilter(choices=ACCOUNTS, method="in_state", label="Account", widget=BOXES)

    class Meta(FilterSet.Meta):
        model = User

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


READY, NO_ADDRESS, NO_NAME, CANNOT = "ready", "no-address", "no-name", "cannot"
CONTACTS = [
    (CANNOT, "Have no own address to sign in with"),
    (READY, "Have an address and the headteacher’s name"),
    (NO_ADDRESS, "Have no e-mail address"),
    (NO_NAME, "Have no headteacher’s name"),
]
KNOWN = {
    CANNOT: Q(email_is_own=False),
    READY: ~Q(email="") & ~Q(head_name=""),
    NO_ADDRESS: Q(email=""),
    NO_NAME: Q(head_name=""),
}


class UninvitedFilter(SchoolFilter):
    """For the list of schools whose head cannot sign in: all of them are open (R-17.5)."""

    state = None
    only = django_filters.MultipleChoiceFilter(
        label="Only schools that", choices=CONTACTS, widget=BOXES, method="only_those"
    )
    cluster = django_filters.ModelChoiceFilter(label="Cluster", queryset=Cluster.objects.all(), empty_label="Any")

    class Meta(SchoolFilter.Meta):
        model = School
        fields = ["q", "phase", "only", "cluster"]

    def only_those(self, queryset: SchoolQuerySet, name: str, value: list[str]) -> SchoolQuerySet:
        """With any of what was ticked."""
        wanted = Q()
        for each in value:
            wanted |= KNOWN[each]
        return queryset.filter(wanted)


class HeadsFilter(FilterSet):
    """The heads' accounts, by what has become of their invitation (R-17.5)."""

    q = SearchFilter("school__name_key", "user__name_key", "user__email", label="School, name or e-mail address")
    state = django_filters.MultipleChoiceFilter(label="Invitation", choices=InvitationState.choices, widget=BOXES)
    signed_in = django_filters.MultipleChoiceFilter(
        label="Signed in", choices=[("never", "Never"), ("yes", "At least once")], widget=BOXES, method="who_signed_in"
    )
    phase = django_filters.MultipleChoiceFilter(
        label="Phase", choices=Phase.choices, field_name="school__phase", widget=BOXES
    )
    cluster = django_filters.ModelChoiceFilter(
        label="Cluster", queryset=Cluster.objects.all(), field_name="school__cluster", empty_label="Any"
    )

    class Meta(FilterSet.Meta):
        model = RoleAssignment

    def who_signed_in(self, queryset: Any, name: str, values: list[str]) -> QuerySet[RoleAssignment]:
        """Never, or at least once; both is everybody."""
        return queryset if len(values) != 1 else queryset.filter(user__last_login__isnull=values == ["never"])
