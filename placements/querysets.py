"""Scopes of the main road. Every list starts from `visible_to(user)` (section G)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, DateField, F, Min, Q, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate

from astcoord.core.roles import Role
from placements.lifecycle import (
    DAY_COUNTS,
    DAY_OPEN,
    MATCH_LIVE,
    PLACEMENT_OPEN,
    PLACEMENT_OUT_FOR_SIGNATURE,
    PLAN_MADE,
    REQUEST_OPEN,
    REQUEST_WITH_COORDINATOR,
    MatchStatus,
    PlacementStatus,
    PlanStatus,
    PriorityState,
    RequestStatus,
)
from schools.years import first_year_of, slug_on

if TYPE_CHECKING:
    from placements.models import (  # noqa: F401  (named in the strings of the class lines below)
        DayPart,
        LedgerEntry,
        Letter,
        Match,
        OutreachDay,
        OutreachRequest,
        Placement,
        Plan,
        Priority,
        SupportedStaff,
    )

OFFICE_AND_OFFICER = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER)
NOTHING = Q(pk__in=[])
HEADS_OWN_ROUTES = ("online", "letter")
"""Routes by which a head comes alone: such a draft is nobody else's business until it is sent."""


def consultant_subjects(user: Any) -> set[str]:
    """The subjects of a consultant's group (R-3.4)."""
    return {s for a in user.current_roles if a.role == Role.CONSULTANT for s in a.subjects}


class RequestQuerySet(models.QuerySet["OutreachRequest"]):
    def visible_to(self, user: Any) -> "RequestQuerySet":
        """The office sees all but other people's drafts; a school its own; AST and home head what concerns them."""
        own = NOTHING
        if user.has_role(*OFFICE_AND_OFFICER):
            own |= ~Q(status=RequestStatus.DRAFT) | Q(created_by=user)
            if user.has_role(Role.COORDINATOR, Role.ADMINISTRATOR):
                own |= ~Q(route__in=HEADS_OWN_ROUTES)
        if schools := user.schools_as(Role.HEADTEACHER):
            own |= Q(host_id__in=schools) | Q(
                matches__post__home_id__in=schools, matches__status__in=[*MATCH_LIVE, MatchStatus.REFUSED]
            )
        if user.has_role(Role.AST):
            own |= Q(matches__post__user=user, matches__status__in=[*MATCH_LIVE, MatchStatus.REFUSED])
        if subjects := consultant_subjects(user):
            own |= Q(subject__in=subjects) & ~Q(status=RequestStatus.DRAFT)
        return self.filter(own).distinct()

    def open(self) -> "RequestQuerySet":
        return self.filter(status__in=REQUEST_OPEN)

    def in_queue(self) -> "RequestQuerySet":
        """What the co-ordinator may act on now."""
        return self.filter(status__in=REQUEST_WITH_COORDINATOR)

    def with_turns(self, days_to_decide: int) -> "RequestQuerySet":
        """Each with `since`, when it began to wait, and `act_by`, the day by which the co-ordinator owes a decision.

        That is the day to look again, or so many days after the request was sent; none where others are to act.
        """
        decide_by = TruncDate(F("submitted_at") + timedelta(days=days_to_decide))
        act_by = Case(
            When(status=RequestStatus.WAITING, then=F("look_again_on")),
            When(status__in=REQUEST_WITH_COORDINATOR, then=decide_by),
            default=None,
            output_field=DateField(),
        )
        return self.annotate(since=Coalesce("submitted_at", "created_at"), act_by=act_by)

    def most_urgent_first(self) -> "RequestQuerySet":
        """Those to act on by the day, then the others by how long they wait; needs `with_turns`."""
        return self.order_by(F("act_by").asc(nulls_last=True), "since", "pk")

    def at_schools(self, ids: set[int]) -> "RequestQuerySet":
        return self.filter(host_id__in=ids)


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, user: Any) -> "MatchQuerySet":
        """The office all; the AST and the AST's own head theirs; a consultant those in the group's subjects."""
        if user.has_role(*OFFICE_AND_OFFICER):
            return self
        own = NOTHING
        if schools := user.schools_as(Role.HEADTEACHER):
            own |= Q(post__home_id__in=schools)
        if user.has_role(Role.AST):
            own |= Q(post__user=user)
        if subjects := consultant_subjects(user):
            own |= Q(request__subject__in=subjects)
        return self.filter(own)

    def live(self) -> "MatchQuerySet":
        return self.filter(status__in=MATCH_LIVE)

    def awaiting_answer(self) -> "MatchQuerySet":
        return self.filter(status=MatchStatus.PROPOSED)

    def lapsed(self, today: date) -> "MatchQuerySet":
        """Still proposed although the day to answer by has passed."""
        return self.filter(status=MatchStatus.PROPOSED, answer_by__lt=today)


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, user: Any) -> "PlacementQuerySet":
        """Whole placements: the office, the two heads, the AST, the subject's consultant (R-16.2). Not governors."""
        if user.has_role(*OFFICE_AND_OFFICER):
            return self
        own = NOTHING
        if schools := user.schools_as(Role.HEADTEACHER):
            own |= Q(host_id__in=schools) | Q(home_id__in=schools)
        if user.has_role(Role.AST):
            own |= Q(post__user=user)
        if subjects := consultant_subjects(user):
            own |= Q(subject__in=subjects)
        return self.filter(own)

    def summarised_to(self, user: Any) -> "PlacementQuerySet":
        """Placements of which this person may read the summary without names (R-13.2): also the host's governors."""
        governed = user.schools_as(Role.GOVERNOR)
        return self.filter(Q(pk__in=self.visible_to(user).values("pk")) | Q(host_id__in=governed))

    def open(self) -> "PlacementQuerySet":
        return self.filter(status__in=PLACEMENT_OPEN)

    def active(self) -> "PlacementQuerySet":
        return self.filter(status=PlacementStatus.ACTIVE)

    def out_for_signature(self) -> "PlacementQuerySet":
        return self.filter(status__in=PLACEMENT_OUT_FOR_SIGNATURE)

    def with_people(self) -> "PlacementQuerySet":
        """With what every list shows, in one query."""
        return self.select_related("post__user", "home", "host", "request")


class SupportedQuerySet(models.QuerySet["SupportedStaff"]):
    def taking_part(self, on: date | None = None) -> "SupportedQuerySet":
        """Those who have not withdrawn; with a day, those who had not before that day (R-6.12)."""
        here = Q(withdrew_on=None)
        return self.filter(here | Q(withdrew_on__gte=on) if on else here)


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: Any) -> "LetterQuerySet":
        """The office all; a head the letters to the head's own school."""
        if user.has_role(*OFFICE_AND_OFFICER):
            return self
        return self.filter(school_id__in=user.schools_as(Role.HEADTEACHER))


class DayQuerySet(models.QuerySet["OutreachDay"]):
    def to_come(self, today: date) -> "DayQuerySet":
        """Today's and later ones that are neither written up nor called off."""
        return self.filter(on__gte=today, status__in=DAY_OPEN)

    def counting(self) -> "DayQuerySet":
        """Those that use the weekly cap."""
        return self.filter(status__in=DAY_COUNTS)

    def in_week_of(self, day: date) -> "DayQuerySet":
        """Monday to Sunday around `day`."""
        monday = day - timedelta(days=day.weekday())
        return self.filter(on__range=(monday, monday + timedelta(days=6)))

    def not_logged(self, today: date) -> "DayQuerySet":
        """Past, and still without a diary entry."""
        return self.filter(status__in=DAY_OPEN, on__lte=today)


class DayPartQuerySet(models.QuerySet["DayPart"]):
    def repeated(self, lessons: int) -> "models.QuerySet[DayPart, dict[str, Any]]":
        """Classes with that many model lessons or more in one placement, planned or taught: `day__placement`, `named`
        (the class) and `lessons` (R-6.5)."""
        counted = self.filter(day__status__in=DAY_COUNTS).exclude(same_class="")
        groups = counted.order_by().values("day__placement", "same_class")
        return groups.annotate(lessons=Count("pk"), named=Min("taught")).filter(lessons__gte=lessons)


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    def sums(self) -> dict[str, Decimal]:
        """Days by kind; kinds without an entry are 0."""
        found = dict(self.order_by().values_list("kind").annotate(total=Sum("days")))
        return {kind: found.get(kind, Decimal(0)) for kind in self.model.Kind.values}


class PriorityQuerySet(models.QuerySet["Priority"]):
    def running(self, day: date) -> "PriorityQuerySet":
        """Those that may be chosen on that day: neither retired nor outside their school years (R-14.1)."""
        return self.filter(self._runs(first_year_of(slug_on(day))))

    def with_state(self, day: date) -> "PriorityQuerySet":
        """Each with `state`: how it stands on that day, a value of `PriorityState`."""
        year = first_year_of(slug_on(day))
        state = Case(
            When(self._runs(year), then=Value(PriorityState.RUNS)),
            When(retired_on__isnull=False, then=Value(PriorityState.RETIRED)),
            When(first_year__gt=year, then=Value(PriorityState.TO_COME)),
            default=Value(PriorityState.ENDED),
        )
        return self.annotate(state=state)

    @staticmethod
    def _runs(year: int) -> Q:
        return (Q(last_year=None) | Q(last_year__gte=year)) & Q(retired_on=None, first_year__lte=year)

    def used(self) -> "PriorityQuerySet":
        """Those that a request or a placement is linked to: they stay for good."""
        return self.filter(Q(requests__isnull=False) | Q(placements__isnull=False)).distinct()


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: Any) -> "PlanQuerySet":
        """The office and officers all; nobody else: a plan names ASTs and schools that have not been asked."""
        return self if user.has_role(*OFFICE_AND_OFFICER) else self.none()

    def real(self) -> "PlanQuerySet":
        """Plans that may be carried out: no what-ifs."""
        return self.filter(kind="real")

    def made(self) -> "PlanQuerySet":
        """Those with a result."""
        return self.filter(status__in=PLAN_MADE)

    def silent(self, now: datetime) -> "PlanQuerySet":
        """Said to be running, but the worker has not been heard of."""
        return self.filter(status=PlanStatus.RUNNING, lease_until__lt=now)

    def light(self) -> "PlanQuerySet":
        """Without the large columns, for lists and pages."""
        return self.defer("input", "outcome", "certificate", "stages", "left_out")
