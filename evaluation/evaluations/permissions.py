"""Who writes, reads and decides an evaluation form (section G). Agrees with the querysets."""

from evaluation.evaluations.lifecycle import EVALUATION_ANSWERED, EVALUATION_WITH_OWNER, AskedOf
from evaluation.evaluations.models import Evaluation
from placements.placement import permissions
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.placement.reads import policy_of
from placements.supported.permissions import can_look_after_people
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office

FROM_PAPER = frozenset({AskedOf.HOST_HEAD, AskedOf.SUPPORTED})
"""What the office may enter when it came on paper (R-3.3)."""


def is_owner(user: User, form: Evaluation) -> bool:
    """Whoever was asked and has an account: the people supported use their link."""
    if form.asked_of == AskedOf.HOST_HEAD:
        return permissions.is_host_head(user, form.placement)
    if form.asked_of == AskedOf.AST:
        return permissions.is_ast_of(user, form.placement)
    return form.asked_of == AskedOf.COORDINATOR and is_coordinator(user)


def from_paper(user: User, form: Evaluation) -> bool:
    """This person writes it in somebody else's place: the office, from a paper with a day on it."""
    return form.asked_of in FROM_PAPER and is_office(user) and not is_owner(user, form)


def may_write(user: User, form: Evaluation) -> bool:
    """The owner, or the office from paper; the gate asks for the state itself."""
    return is_owner(user, form) or from_paper(user, form)


def can_write(user: User, form: Evaluation) -> bool:
    """The same, while it waits for its owner; also after an early end, but not once the placement is closed."""
    return still_asked(form) and may_write(user, form)


def still_asked(form: Evaluation) -> bool:
    """Waits for its owner, who has not withdrawn, in a placement that is not closed (R-6.12)."""
    withdrawn = form.person is not None and form.person.withdrew_on is not None
    over = form.placement.status == PlacementStatus.CLOSED
    return form.status in EVALUATION_WITH_OWNER and not withdrawn and not over


def decides(user: User, form: Evaluation) -> bool:
    """The co-ordinator; the administrator approves nothing."""
    return is_coordinator(user)


def reads_answers(user: User, form: Evaluation) -> bool:
    """Its owner always; others, for whom `visible_to` opens it, once it has been handed in."""
    return form.status in EVALUATION_ANSWERED or is_owner(user, form)


def can_send_link(user: User, form: Evaluation) -> bool:
    """Sends a supported person the link once more: the host head, who need not read the answers, and the office."""
    person = form.person
    return (
        person is not None and person.has_own_form and still_asked(form) and can_look_after_people(user, form.placement)
    )


def reads_final(user: User, placement: Placement) -> bool:
    """The concluded final evaluation as a paper: the parties and the office; where the contract's policy says so, the
    home headteacher, too, without the names of the people supported (R-19.2)."""
    if permissions.can_see_names(user, placement):
        return True
    return permissions.is_home_head(user, placement) and policy_of(placement).evaluation_to_home_head


def reads_forms(user: User, placement: Placement) -> bool:
    """More than the outcome: the office, host head, AST and the subject's consultant."""
    return (
        is_office(user)
        or permissions.is_host_head(user, placement)
        or permissions.is_ast_of(user, placement)
        or permissions.is_of_group(user, placement)
    )
