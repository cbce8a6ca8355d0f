"""N26: an AST is sent the link to a questionnaire, and reminded once; anew where it is open for longer."""

from collections.abc import Iterable

from astcoord.core import emails, outbox
from astcoord.core.emails import Copy, Reader
from staff.questionnaires.models import Questionnaire, QuestionnaireInvitation

ROOM = "staff/questionnaires/emails"


def sent(invitations: Iterable[QuestionnaireInvitation]) -> None:
    """The link."""
    _tell("questionnaire-sent", invitations, "")


def open_until(invitations: Iterable[QuestionnaireInvitation], *, version: int) -> None:
    """Another last day, to those who have not answered."""
    _tell("questionnaire-open", invitations, f"{version}")


def remind(invitation: QuestionnaireInvitation) -> None:
    """Once."""
    _tell("questionnaire-reminder", [invitation], "")


def withdrawn(questionnaire: Questionnaire) -> None:
    """What has not gone of it does not go."""
    outbox.cancel_about(questionnaire)


def _tell(kind: str, invitations: Iterable[QuestionnaireInvitation], which: str) -> None:
    copies = [
        Copy(
            to=Reader.of(each.post.user),
            key=f"{kind}:{each.pk}:{which}",
            about=each.questionnaire,
            facts={"questionnaire": each.questionnaire, "invitation": each},
        )
        for each in invitations
    ]
    emails.send_all(f"{ROOM}/{kind}.txt", copies)
