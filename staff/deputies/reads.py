"""Who stands in for whom, and when (R-20.9)."""

from datetime import date

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When

from staff.accounts.models import RoleAssignment, User
from staff.deputies.rules import Other

NOW, TO_COME, OVER = "now", "to-come", "over"
STATES = [(NOW, "Stands in now"), (TO_COME, "To come"), (OVER, "Over")]


def all_on(today: date) -> "QuerySet[RoleAssignment]":
    """Every deputy, the latest first, each with its `state` on that day."""
    state = Case(
        When(starts_on__gt=today, then=Value(TO_COME)),
        When(ends_on__lt=today, then=Value(OVER)),
        default=Value(NOW),
        output_field=CharField(),
    )
    found = RoleAssignment.objects.deputies().select_related("user", "stands_in_for")
    return found.annotate(state=state).order_by("-starts_on", "-pk")


def _in_force(on: date) -> "QuerySet[RoleAssignment]":
    return RoleAssignment.objects.deputies().in_force(on).filter(user__is_active=True)


def now_for(on: date) -> dict[int, RoleAssignment]:
    """Whoever is stood in for on that day, by key, with the deputy. One query."""
    return {row.stands_in_for_id: row for row in _in_force(on).select_related("user") if row.stands_in_for_id}


def name_for(person: str, on: date) -> Subquery:
    """Who stands in on that day for the person in a column of a list, which asks no query more for it."""
    return Subquery(_in_force(on).filter(stands_in_for=OuterRef(person)).order_by("-pk").values("user__name")[:1])


def overlapping(
    starts_on: date, ends_on: date, *, but: int | None, person: User | None = None, deputy: User | None = None
) -> list[Other]:
    """Deputies of `person`, or of whom `deputy` is one, in some of these days; without the row of the key `but`."""
    found = RoleAssignment.objects.deputies().filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    found = found.exclude(pk=but) if but else found
    found = found.filter(stands_in_for=person) if person else found.filter(user=deputy)
    return [
        Other(row.user.name, str(row.stands_in_for), row.starts_on, row.ends_on)
        for row in found.select_related("user", "stands_in_for").order_by("starts_on", "pk")
        if row.starts_on and row.ends_on
    ]


def roles_in(person: User, starts_on: date, ends_on: date) -> set[str]:
    """What somebody is on some of these days."""
    held = person.roles.not_over(starts_on).exclude(starts_on__gt=ends_on)
    return set(held.values_list("role", flat=True))
