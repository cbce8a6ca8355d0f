"""Who may do what with a request; agrees with `visible_to` (section G)."""

from astcoord.core.problems import Problem
from astcoord.core.words import say_later
from placements.requests.lifecycle import REQUEST_EDITABLE, RequestStatus
from placements.requests.models import OutreachRequest
from placements.requests.querysets import HEADS_OWN_ROUTES
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator, is_office


def can_edit_request(user: User, request: OutreachRequest) -> bool:
    """The school's head while the answers may still change; the office only drafts that are the office's."""
    if request.status not in REQUEST_EDITABLE:
        return False
    return heads(user, request.host_id) or can_enter_request(user, request)


def can_enter_request(user: User, request: OutreachRequest) -> bool:
    """The office finishes drafts that it began, or that an AST passed on; never a head's own (R-5.6)."""
    ours = request.created_by_id == user.pk or request.route not in HEADS_OWN_ROUTES
    return request.status == RequestStatus.DRAFT and is_office(user) and ours


def can_send_request(user: User, request: OutreachRequest) -> bool:
    """Only the head sends; the office's entry waits for the head's confirmation (R-5.7)."""
    return heads(user, request.host_id)


def can_withdraw_request(user: User, request: OutreachRequest) -> bool:
    """The head takes a request back; the office only a draft that the office may finish."""
    return can_send_request(user, request) or can_enter_request(user, request)


def sees_declarations(user: User, request: OutreachRequest) -> bool:
    """What was said of each person's situation: the school's head, and the co-ordinator who decides (section G*)."""
    return is_coordinator(user) or heads(user, request.host_id)


OF_THE_REQUEST = frozenset({"unconfirmed", "realism", "policy"})
UNSETTLED = Problem(
    say_later("Something in the request has to be settled first. The co-ordinator knows what."), code="unsettled"
)


def told(found: list[Problem], *, declared: bool) -> list[Problem]:
    """What may be said of `found` to one who may not know what was `declared`, or be kept for others to read.

    One sentence stands for whatever lies in the request itself, so that none of it can be told from what was declared.
    """
    if declared:
        return found
    return list(dict.fromkeys(UNSETTLED if each.code in OF_THE_REQUEST else each for each in found))


def lasting(found: list[Problem]) -> list[Problem]:
    """What of `found` may be kept for officers to read: nothing that lies in the request itself, and no word that it
    did, because they see of most requests that nothing else than a declaration can be meant."""
    return [each for each in found if each.code not in OF_THE_REQUEST]
