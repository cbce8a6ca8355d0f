"""Scopes over AST posts, in the domain's words."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.accounts.querysets import in_group
from staff.posts.lifecycle import POST_KNOWN, POST_OVER, PostStatus

if TYPE_CHECKING:
    from staff.posts.models import Post, PostAbsence  # noqa: F401  (named in strings below)

FRESH_DAYS = 365
"""A profile checked longer ago is stale (R-3.5)."""

SEES_ALL = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER)


class AbsenceQuerySet(models.QuerySet["PostAbsence"]):
    def touching(self, first: date, last: date) -> "AbsenceQuerySet":
        """Times away of which any day lies from first to last."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first), starts_on__lte=last)


class PostQuerySet(models.QuerySet["Post"]):
    def locked(self, pk: int) -> "Post":
        """One post with its person and school, held until the transaction ends: whoever writes of it locks it first."""
        return self.select_for_update(of=("self",)).select_related("user", "home").get(pk=pk)

    def current(self) -> "PostQuerySet":
        """Held, or on the way there."""
        return self.exclude(status__in=POST_OVER)

    def in_post(self, on: date) -> "PostQuerySet":
        """Those who are ASTs on that day, both ends included; agrees with `Post.is_in_post` (R-3.16)."""
        return self.in_post_between(on, on)

    def in_post_between(self, first: date, last: date) -> "PostQuerySet":
        """Those who are ASTs on any day from first to last."""
        return self.in_post_from(first).filter(starts_on__lte=last)

    def in_post_from(self, day: date) -> "PostQuerySet":
        """Those who are ASTs on that day or will be on a later one."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), status=PostStatus.IN_POST)

    def away(self, on: date) -> "PostQuerySet":
        """Those who are away from the post that day (R-17.7)."""
        open_end = Q(absences__ends_on__isnull=True) | Q(absences__ends_on__gte=on)
        return self.filter(open_end, absences__starts_on__lte=on)

    def present(self, on: date) -> "PostQuerySet":
        """In post that day, and not away from it."""
        return self.in_post(on).exclude(pk__in=self.model._default_manager.away(on).order_by().values("pk"))

    def inducted(self) -> "PostQuerySet":
        """Those with nothing of induction left to do (R-3.2)."""
        return self.exclude(induction__done_on__isnull=True)

    def induction_unfinished(self, on: date) -> "PostQuerySet":
        """In post on that day with a step of induction still to do (R-3.2)."""
        return self.present(on).filter(induction__done_on__isnull=True).distinct()

    def without_pattern(self, on: date) -> "PostQuerySet":
        """In post with no outreach time set on that day (R-4.10)."""
        current = Q(patterns__starts_on__lte=on) & (Q(patterns__ends_on__isnull=True) | Q(patterns__ends_on__gte=on))
        return self.present(on).exclude(pk__in=self.model._default_manager.filter(current).values("pk"))

    def offering(self) -> "PostQuerySet":
        """Whose profile is filled in: nobody else can be matched (R-3.5); agrees with `Post.has_profile`."""
        return self.exclude(key_stages="")

    def without_profile(self, on: date) -> "PostQuerySet":
        """In post, and what the AST offers is not entered yet (R-3.5)."""
        return self.present(on).filter(key_stages="")

    def stale(self, on: date) -> "PostQuerySet":
        """In post with a profile not checked for twelve months; agrees with `Post.is_stale` (R-3.5)."""
        longest = on - timedelta(days=FRESH_DAYS)
        return self.present(on).offering().filter(Q(checked_on__isnull=True) | Q(checked_on__lt=longest))

    def keeping_duties(self) -> "PostQuerySet":
        """With management duties kept, held or to be held; agrees with `Post.keeps_duties` (R-2.6)."""
        return self.exclude(management_duties="").current()

    def visible_to(self, user: User) -> "PostQuerySet":
        """Section G, row “AST profile”: the authority all, a consultant the group, a school and the AST their own.

        Aspirants (marked *): the co-ordinator, the consultant of the group, the own school's head and themselves.
        """
        if user.has_role(Role.COORDINATOR):
            return self
        own = Q(status__in=POST_KNOWN) if user.has_role(*SEES_ALL) else Q(pk__in=[])
        own |= Q(home_id__in=user.schools_as(Role.HEADTEACHER))
        own |= Q(home_id__in=user.schools_as(Role.GOVERNOR), status__in=POST_KNOWN)
        if user.has_role(Role.AST):
            own |= Q(user=user)
        own |= Q(pk__in=self.model._default_manager.of_group(user).order_by().values("pk"))
        return self.filter(own)

    def of_group(self, user: User) -> "PostQuerySet":
        """A consultant's group: ASTs of its subjects, at schools of its phases (R-3.4). Nobody for anybody else.

        An AST with two of its subjects stands twice: ask for `values("pk")`. Agrees with `permissions.is_of_group`.
        """
        return self.filter(in_group(user, "expertise__subject", "home"))

    def led_by(self, user: User) -> "PostQuerySet":
        """Those whom this person leads for the authority: the co-ordinator all, a consultant the group (R-3.4).

        Agrees with `permissions.leads`.
        """
        others = self.exclude(user=user)
        if user.has_role(Role.COORDINATOR):
            return others
        group = self.model._default_manager.of_group(user)
        return others.filter(pk__in=group.order_by().values("pk"))

    def expert_in(self, subject: str) -> "PostQuerySet":
        """Those who list a subject among their expertise."""
        return self.filter(expertise__subject=subject)

    def funded_by(self, source: str, on: date) -> "PostQuerySet":
        """Those that this source pays for on that day; agrees with `Post.funding_on` (R-2.11)."""
        changes = self.model._meta.get_field("fundings").related_model._default_manager  # type: ignore[union-attr]
        latest = changes.filter(post=OuterRef("pk"), starts_on__lte=on).order_by("-starts_on").values("funding")[:1]
        return self.annotate(paid_by=Coalesce(Subquery(latest), F("funding"))).filter(paid_by=source)

    def with_profile(self) -> "PostQuerySet":
        """With everything a list or a match shows, in a fixed number of queries."""
        return self.select_related("user", "home", "opening").prefetch_related("expertise", "patterns", "induction")

    def with_expertise(self) -> "PostQuerySet":
        """With the person, the home school and the subjects: what a list of ASTs to choose from shows."""
        return self.select_related("user", "home", "opening").prefetch_related("expertise")

    def with_dates(self) -> "PostQuerySet":
        """With hours, times away and who pays: what `fte_on`, `is_away` and `funding_on` ask. Three queries more."""
        return self.prefetch_related("hours", "absences", "fundings")

    def with_first_start(self) -> "PostQuerySet":
        """Each with `first_start`: when this person was first in an AST post, over all posts (R-3.5). No query more."""
        every = self.model._default_manager.filter(user=OuterRef("user"), status__in=POST_KNOWN)
        return self.annotate(first_start=Subquery(every.order_by("starts_on").values("starts_on")[:1]))

    def marking_away(self, on: date) -> "PostQuerySet":
        """Each with `away_now`: away from the post that day (R-17.7); no query more."""
        away = self.model._default_manager.away(on).filter(pk=OuterRef("pk"))
        return self.annotate(away_now=Exists(away))
