"""Who may do what on the main road: predicates that agree with `visible_to` (section G)."""

from typing import Any

from astcoord.core.models.policy import Party
from astcoord.core.roles import OFFICE, Role
from placements.lifecycle import (
    PLACEMENT_PREPARING,
    PLACEMENT_REISSUABLE,
    REQUEST_EDITABLE,
    PlacementStatus,
    RequestStatus,
)
from placements.models import Match, MatchAnswer, OutreachDay, OutreachRequest, Placement
from placements.models.protocol import ActionOwner
from placements.protocol_items import BY_NUMBER
from placements.querysets import HEADS_OWN_ROUTES, consultant_subjects


def is_coordinator(user: Any, obj: Any = None) -> bool:
    """Decides, approves and signs for the authority."""
    return bool(user.has_role(Role.COORDINATOR))


def is_office(user: Any, obj: Any = None) -> bool:
    """Enters for the authority: the co-ordinator, and the administrator who approves nothing (R-3.3)."""
    return bool(user.has_role(*OFFICE))


def heads(user: Any, school_id: int) -> bool:
    """Is a headteacher of that school today."""
    return school_id in user.schools_as(Role.HEADTEACHER)


def can_edit_request(user: Any, request: OutreachRequest) -> bool:
    """The school's head while the answers may still change; the office only drafts that are the office's."""
    if request.status not in REQUEST_EDITABLE:
        return False
    return heads(user, request.host_id) or can_enter_request(user, request)


def can_enter_request(user: Any, request: OutreachRequest) -> bool:
    """The office finishes drafts that it began, or that an AST passed on; never a head's own (R-5.6)."""
    ours = request.created_by_id == user.pk or request.route not in HEADS_OWN_ROUTES
    return request.status == RequestStatus.DRAFT and is_office(user) and ours


def can_send_request(user: Any, request: OutreachRequest) -> bool:
    """Only the head sends; the office's entry waits for the head's confirmation (R-5.7)."""
    return heads(user, request.host_id)


def can_withdraw_request(user: Any, request: OutreachRequest) -> bool:
    """The head takes a request back; the office only a draft that the office may finish."""
    return can_send_request(user, request) or can_enter_request(user, request)


def sees_declarations(user: Any, request: OutreachRequest) -> bool:
    """What was said of each person's situation: the school's head, and the co-ordinator who decides (section G*)."""
    return is_coordinator(user) or heads(user, request.host_id)


def parties_in_match(user: Any, match: Match) -> list[str]:
    """For whom this person may answer a proposed match (R-7.5)."""
    parties: list[str] = []
    if match.post.user_id == user.pk:
        parties.append(MatchAnswer.Party.AST)
    if heads(user, match.post.home_id):
        parties.append(MatchAnswer.Party.HOME_HEAD)
    if is_coordinator(user):
        parties.append(MatchAnswer.Party.COORDINATOR)
    return parties


def parties_in_contract(user: Any, placement: Placement) -> list[str]:
    """In which capacities this person signs for a placement (R-8.12): nobody signs for both schools."""
    parties: list[str] = []
    if heads(user, placement.host_id):
        parties.append(Party.HOST_HEAD)
    if placement.post.user_id == user.pk:
        parties.append(Party.AST)
    if is_coordinator(user):
        parties.append(Party.COORDINATOR)
    if heads(user, placement.home_id):
        parties.append(Party.HOME_HEAD)
    return parties


def can_work_on_protocol(user: Any, placement: Placement) -> bool:
    """Host head, AST and co-ordinator record the items (requirements E); the administrator enters on paper's behalf."""
    return is_office(user) or heads(user, placement.host_id) or placement.post.user_id == user.pk


def is_ast_of(user: Any, placement: Placement) -> bool:
    """The placement's own AST."""
    return bool(placement.post.user_id == user.pk)


def is_host_head(user: Any, placement: Placement) -> bool:
    return heads(user, placement.host_id)


def is_home_head(user: Any, placement: Placement) -> bool:
    return heads(user, placement.home_id)


def can_plan_day(user: Any, day_or_placement: OutreachDay | Placement) -> bool:
    """The AST plans and writes the days; the office may enter them from paper."""
    placement = day_or_placement.placement if isinstance(day_or_placement, OutreachDay) else day_or_placement
    return is_ast_of(user, placement) or is_office(user)


def can_confirm_day(user: Any, day: OutreachDay) -> bool:
    """Only the host headteacher says that the school expects the AST."""
    return is_host_head(user, day.placement)


def can_cancel_day(user: Any, day: OutreachDay) -> bool:
    """Those who plan, and the host headteacher."""
    return can_plan_day(user, day) or is_host_head(user, day.placement)


def can_plan_parts(user: Any, day: OutreachDay) -> bool:
    """What happens on a day is settled by the AST and the host headteacher; the office enters it (R-10.1)."""
    return can_plan_day(user, day) or is_host_head(user, day.placement)


def reads_days_whole(user: Any, placement: Placement) -> bool:
    """More of a day than priorities and time, which is what the home headteacher reads (section G)."""
    return (
        is_office(user)
        or is_host_head(user, placement)
        or is_ast_of(user, placement)
        or placement.subject in consultant_subjects(user)
    )


def can_see_names(user: Any, placement: Placement) -> bool:
    """Names of supported staff: host head, AST and the office; the home head sees initials (section G)."""
    return is_office(user) or is_host_head(user, placement) or is_ast_of(user, placement)


def can_look_after_people(user: Any, placement: Placement) -> bool:
    """Sends links to the people supported and enters what came on paper: the host head, and the office (R-6.11)."""
    return is_host_head(user, placement) or is_office(user)


def can_keep_papers(user: Any, placement: Placement) -> bool:
    """Uploads the school's papers and takes them away: the host head, and the office for the head (R-9.1)."""
    return is_host_head(user, placement) or is_office(user)


def reads_whole(user: Any, placement: Placement) -> bool:
    """Protocol, contract and history: the office, the parties and the subject's consultant; officers read sums (G)."""
    return reads_days_whole(user, placement) or is_home_head(user, placement)


def reads_reasons(user: Any, match: Match) -> bool:
    """Why an AST was proposed: the office, the AST, the AST's head, the subject's consultant; officers who, not why."""
    return is_office(user) or bool(parties_in_match(user, match)) or match.request.subject in consultant_subjects(user)


def can_change_terms(user: Any, placement: Placement) -> bool:
    """While it is prepared, those who work on the protocol; once it is out, the co-ordinator, as a new version."""
    if placement.status in PLACEMENT_PREPARING:
        return can_work_on_protocol(user, placement)
    return placement.status in PLACEMENT_REISSUABLE and is_coordinator(user)


def can_link(user: Any, placement: Placement) -> bool:
    """Say which of the authority's priorities it serves (R-14.1): the office, from the start while terms may change."""
    return is_office(user) and (placement.status == PlacementStatus.PLANNED or can_change_terms(user, placement))


def can_end_early(user: Any, placement: Placement) -> bool:
    """Either party alone; the co-ordinator may record it for them (R-8.14)."""
    return is_host_head(user, placement) or is_ast_of(user, placement) or is_coordinator(user)


def can_mark(user: Any, placement: Placement, number: int) -> bool:
    """Say how far a protocol item has been done: the item's owner or the office (requirements E)."""
    own = {
        ActionOwner.HOST_HEAD: is_host_head,
        ActionOwner.HOME_HEAD: is_home_head,
        ActionOwner.AST: is_ast_of,
    }.get(ActionOwner(BY_NUMBER[number].owner))
    return is_office(user) or bool(own and own(user, placement))
