"""What questionnaires want of ASTs and of the co-ordinator on the first page, and their entry in the menu (R-3.10)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui import navigation
from staff.accounts.models import User
from staff.questionnaires.models import QuestionnaireInvitation
from staff.questionnaires.reads import balance_is_due


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, order=66)
    asks = say("What ASTs are asked, and what they answered, in numbers")
    navigation.register(Role.COORDINATOR, "Questionnaires", "staff:questionnaires", 75, hint=asks)
    navigation.register(
        Role.AST, "Questionnaires", "staff:invitations", 75, hint=say("What the co-ordinator has asked you")
    )


def tasks(user: User, today: date) -> Iterator[Task]:
    """An AST what waits for an answer; the co-ordinator, in the last term, the yearly question. Two queries at most."""
    if user.has_role(Role.AST):
        for invitation in QuestionnaireInvitation.objects.visible_to(user).waiting().whole():
            due = invitation.questionnaire.closes_on
            yield Task(f"Answer the questionnaire: {invitation}", invitation.get_absolute_url(), due=due)
    if user.has_role(Role.COORDINATOR) and balance_is_due(today):
        title = say("Ask ASTs about the balance of their own school and outreach")
        yield Task(title, reverse("staff:questionnaire_balance"))
