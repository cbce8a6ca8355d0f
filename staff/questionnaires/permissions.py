"""Who keeps questionnaires, and who answers, in agreement with `visible_to` (R-3.10)."""

from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.posts.permissions import is_own
from staff.questionnaires.models import Questionnaire, QuestionnaireInvitation


def can_keep(user: User, questionnaire: Questionnaire) -> bool:
    """The co-ordinator writes, sends and closes it, and reads what came back."""
    return is_coordinator(user)


def can_answer(user: User, invitation: QuestionnaireInvitation) -> bool:
    """The AST who was asked."""
    return is_own(user, invitation.post)
