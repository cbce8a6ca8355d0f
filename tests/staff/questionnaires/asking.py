"""Questionnaires told through the actions."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from astcoord.core.clock import today
from staff.questionnaires import actions
from staff.questionnaires.models import Questionnaire, QuestionnaireInvitation
from tests.cast import Cast

CHOICES = "Mathematics\nLeadership"
HELP = "What would help you?"


def draft(cast: Cast, **said: Any) -> Questionnaire:
    """With one question of each kind."""
    given: dict[str, Any] = {
        "title": "What you would like to learn",
        "intro": "",
        "closes_on": today() + timedelta(days=14),
        "subject": "",
        "phase": "",
        "years": None,
    }
    row = actions.save(by=cast.coordinator, **{**given, **said})
    ask = {"questionnaire": row, "by": cast.coordinator}
    actions.save_question(text="Which course first?", kind="choice", choices=CHOICES, **ask)
    actions.save_question(text=HELP, kind="text", choices="", **ask)
    return row


def asked(cast: Cast, **said: Any) -> Questionnaire:
    return actions.send(questionnaire=draft(cast, **said), by=cast.coordinator)


def say(invitation: QuestionnaireInvitation, *said: str) -> QuestionnaireInvitation:
    """The first answers of the questionnaire, in its order."""
    numbers = invitation.questionnaire.questions.values_list("pk", flat=True)
    answers = dict(zip(numbers, said, strict=False))
    return actions.answer(invitation=invitation, said=answers, by=invitation.post.user)


def say_all(invitations: Iterable[QuestionnaireInvitation], *said: str) -> None:
    for each in invitations:
        say(each, *said)


def invitations(row: Questionnaire) -> list[QuestionnaireInvitation]:
    return list(row.invitations.whole().order_by("pk"))


def over(row: Questionnaire, days: int = 1) -> date:
    return row.closes_on + timedelta(days=days)
