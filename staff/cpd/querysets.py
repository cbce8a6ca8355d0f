"""Scopes over the CPD log and over offers (section G, “CPD, network”)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING, consultant_subjects
from staff.cpd.lifecycle import AnswerStatus, CpdKind
from staff.cpd.rules import EVALUATE_WITHIN
from staff.posts.models import Post
from staff.training.querysets import of_development

if TYPE_CHECKING:
    from staff.cpd.models import CpdAnswer, CpdEntry, CpdOffer  # noqa: F401  (named in strings below)


class CpdEntryQuerySet(models.QuerySet["CpdEntry"]):
    def visible_to(self, user: User) -> "CpdEntryQuerySet":
        """Those of the ASTs whose development this person may read."""
        return self.filter(of_development(user))

    def unevaluated(self, on: date) -> "CpdEntryQuerySet":
        """Visits that should have been evaluated by then, of ASTs in post (R-3.9)."""
        last = on - timedelta(days=EVALUATE_WITHIN)
        posts = Post.objects.in_post(on).order_by().values("pk")
        return self.filter(kind=CpdKind.VISIT, evaluated_on=None, on__lte=last, post__in=posts)

    def whole(self) -> "CpdEntryQuerySet":
        """With what lists and pages name."""
        return self.select_related("post__user", "post__home", "offer").prefetch_related("post__expertise")


class CpdOfferQuerySet(models.QuerySet["CpdOffer"]):
    def visible_to(self, user: User) -> "CpdOfferQuerySet":
        """The office all; a consultant those for all and for the own subjects; an AST those for the own subject and
        phase, and those that were answered."""
        if user.has_role(*OFFICE):
            return self
        group = consultant_subjects(user)
        found = Q(subject__in={"", *group}) if group else NOTHING
        return self.filter(found | self._for(user) if user.has_role(Role.AST) else found)

    def _for(self, user: User) -> Q:
        """Of an AST; two queries."""
        posts = list(Post.objects.filter(user=user).select_related("home").prefetch_related("expertise"))
        subjects = {each.subject for post in posts for each in post.expertise.all()}
        phases = {post.home.phase for post in posts}
        mine = Q(subject__in={"", *subjects}, phase__in={"", *phases})
        answered = self.model._default_manager.filter(answers__post__in=posts).order_by().values("pk")
        return mine | Q(pk__in=answered)

    def open(self, on: date) -> "CpdOfferQuerySet":
        """Those that can be answered."""
        return self.filter(withdrawn_on=None, closes_on__gte=on)

    def with_counts(self) -> "CpdOfferQuerySet":
        """Each with `taken`."""
        return self.annotate(taken=Count("answers", filter=Q(answers__status=AnswerStatus.ACCEPTED)))


class CpdAnswerQuerySet(models.QuerySet["CpdAnswer"]):
    def visible_to(self, user: User) -> "CpdAnswerQuerySet":
        """The office all, an AST the own, a consultant those of ASTs of the own subjects."""
        if user.has_role(*OFFICE):
            return self
        own = Q(post__user=user) if user.has_role(Role.AST) else NOTHING
        own |= Q(post_id__in=Post.objects.of_group(user).order_by().values("pk"))
        return self.filter(own)

    def accepted(self) -> "CpdAnswerQuerySet":
        return self.filter(status=AnswerStatus.ACCEPTED)
