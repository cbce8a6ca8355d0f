"""Scopes over schools, in the domain's words. Every page starts from `visible_to`."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from astcoord.core.models.policy import Policy
from astcoord.core.roles import AUTHORITY, Role
from schools.register import heads, support
from schools.register.lifecycle import OPEN_STATUSES, StatusKind

if TYPE_CHECKING:
    from staff.accounts.models import User


class StatusQuerySet(models.QuerySet[Any]):
    """Rows of a school's status history (R-1.2)."""

    def in_force(self, on: date) -> "StatusQuerySet":
        """Rows that hold on `on`; the last day counts."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def categories(self) -> "StatusQuerySet":
        """The rows that mean serious difficulties."""
        return self.filter(kind=StatusKind.CATEGORY)


class SchoolQuerySet(models.QuerySet[Any]):
    def open(self) -> "SchoolQuerySet":
        """Open, including those proposed to close."""
        return self.filter(status__in=OPEN_STATUSES)

    def closed(self) -> "SchoolQuerySet":
        """Everything that is not open: closed, or not opened yet."""
        return self.exclude(status__in=OPEN_STATUSES)

    def served(self, policy: Policy) -> "SchoolQuerySet":
        """Open, and of a type that the policy covers: the schools that get letters and may ask."""
        return self.open().filter(group_code__in=policy.served_groups)

    def in_category(self, on: date) -> "SchoolQuerySet":
        """Schools in serious difficulties on that day (R-1.2)."""
        return self.filter(pk__in=self._status_rows().in_force(on).categories().values("school"))

    def cannot_yet_host(self, on: date) -> "SchoolQuerySet":
        """Schools with a gap as `rules.can_host_gaps` sees it (R-1.1, R-1.3); the two are tested to agree."""
        gaps = Q(head_name="") | Q(chair_name="") | Q(chair_email="")
        with_user = heads.schools_with_head_user(on)
        if with_user is not None:
            gaps |= ~Q(pk__in=with_user)
        return self.filter(gaps)

    def with_last_support(self, reader: "User") -> "SchoolQuerySet":
        """Each school with `last_support`: the last day written up there that this person may count (R-20.6)."""
        found: SchoolQuerySet = self.annotate(last_support=support.last(reader))
        return found

    def without_support(self, reader: "User", since: date | None = None) -> "SchoolQuerySet":
        """Schools without a day written up on that day or later, or ever; days that are only planned are none."""
        return self.exclude(pk__in=support.since(reader, since))

    def visible_to(self, user: "User") -> "SchoolQuerySet":
        """Section G, first row: the authority sees all, a head, governor or AST the own school."""
        roles: frozenset[str] = frozenset(getattr(user, "role_set", ()))
        if roles & AUTHORITY:
            return self.all()
        own: set[int] = set()
        for role in (Role.HEADTEACHER, Role.GOVERNOR, Role.AST):
            if role in roles:
                own |= set(user.schools_as(role))
        return self.filter(pk__in=own) if own else self.none()

    def with_category(self, on: date) -> "SchoolQuerySet":
        """Each school with `category` (code, or None) on that day."""
        newest = self._status_rows().in_force(on).categories().filter(school=OuterRef("pk"))
        found: SchoolQuerySet = self.annotate(category=Subquery(newest.order_by("-starts_on").values("name")[:1]))
        return found

    def with_status(self, on: date) -> "SchoolQuerySet":
        """With `category`, and with the whole history in one more query: `category_on` then costs none."""
        return self.with_category(on).prefetch_related("statuses")

    def by_name(self) -> "SchoolQuerySet":
        """In the order people look for a school."""
        return self.order_by("name_key", "urn")

    def with_head_user(self, on: date) -> "SchoolQuerySet":
        """Each school with `has_head_user`; None where no floor above keeps accounts."""
        with_user = heads.schools_with_head_user(on)
        has: Any = models.Value(None, output_field=models.BooleanField(null=True))
        if with_user is not None:
            yes = models.When(pk__in=with_user, then=True)
            has = models.Case(yes, default=False, output_field=models.BooleanField())
        found: SchoolQuerySet = self.annotate(has_head_user=has)
        return found

    def _status_rows(self) -> StatusQuerySet:
        rows: StatusQuerySet = self.model._meta.get_field("statuses").related_model.objects.using(self.db)
        return rows
