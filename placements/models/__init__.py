from placements.models.contracts import ContractVersion, Signature
from placements.models.letters import Letter, LetterRound
from placements.models.matches import Match, MatchAnswer
from placements.models.papers import PaperFile
from placements.models.parts import DayPart
from placements.models.placements import Objective, Placement, SupportedStaff
from placements.models.plans import Plan, PlanDecision, PlanLine, PlanNote, PlanPair, PlanUnmet
from placements.models.priorities import Priority
from placements.models.protocol import Meeting, PlannedReview, ProtocolItem, SharedDocument
from placements.models.requests import OutreachRequest, RequestedStaff
from placements.models.supported import Commitment, Confirmation
from placements.models.time import LedgerEntry, OutreachDay

__all__ = [
    "Commitment",
    "Confirmation",
    "ContractVersion",
    "DayPart",
    "LedgerEntry",
    "Letter",
    "LetterRound",
    "Match",
    "MatchAnswer",
    "Meeting",
    "Objective",
    "OutreachDay",
    "OutreachRequest",
    "PaperFile",
    "Placement",
    "Plan",
    "PlanDecision",
    "PlanLine",
    "PlanNote",
    "PlanPair",
    "PlanUnmet",
    "PlannedReview",
    "Priority",
    "ProtocolItem",
    "RequestedStaff",
    "SharedDocument",
    "Signature",
    "SupportedStaff",
]
