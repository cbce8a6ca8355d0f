"""Scopes over questionnaires, and over those who are asked (R-3.10)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.questionnaires.lifecycle import QuestionnaireStatus

if TYPE_CHECKING:
    from staff.questionnaires.models import Questionnaire, QuestionnaireInvitation  # noqa: F401  (named in strings below)


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def visible_to(self, user: User) -> "QuestionnaireQuerySet":
        """Questions, counts and texts without names are the co-ordinator’s; an AST reads the own invitation."""
        return self if user.has_role(Role.COORDINATOR) else self.none()

    def with_counts(self) -> "QuestionnaireQuerySet":
        """Each with `asked` and `back`."""
        back = Count("invitations", filter=Q(invitations__answered_on__isnull=False))
        return self.annotate(asked=Count("invitations"), back=back)

    def over(self, on: date) -> "QuestionnaireQuerySet":
        """Open, and the last day to answer has passed."""
        return self.filter(status=QuestionnaireStatus.OPEN, closes_on__lt=on)


class QuestionnaireInvitationQuerySet(models.QuerySet["QuestionnaireInvitation"]):
    def visible_to(self, user: User) -> "QuestionnaireInvitationQuerySet":
        """Who was asked, and what each said, is each AST’s own."""
        return self.filter(post__user=user) if user.has_role(Role.AST) else self.none()

    def waiting(self) -> "QuestionnaireInvitationQuerySet":
        """Not answered, and still to be."""
        return self.filter(answered_on=None, questionnaire__status=QuestionnaireStatus.OPEN)

    def whole(self) -> "QuestionnaireInvitationQuerySet":
        """With what lists, pages and e-mails name."""
        return self.select_related("questionnaire", "post__user")
