"""Gathers the tables of all rooms for Django; code imports them from their rooms."""

from placements.activities.models import Activity, InreachAgreement
from placements.agreement.models import ContractVersion, Peer, PeerAnswer, ProtocolItem, Signature
from placements.changes.models import AmendedObjective, Amendment, Joining
from placements.consultations.models import Consultation
from placements.days.models import DayPart, LedgerEntry, LessonTold, OutreachDay
from placements.endings.models import InformalLink
from placements.groups.models import DecidingGroup, GroupItem, GroupMeeting, GroupMember
from placements.letters.models import Letter, LetterRound
from placements.matching.models import Match, MatchAnswer
from placements.notes.models import CaseNote
from placements.offers.models import HelpOffer
from placements.papers.models import PaperFile, SharedDocument
from placements.placement.models import Meeting, Objective, Placement, PlannedReview
from placements.planning.models import Plan, PlanDecision, PlanLine, PlanNote, PlanPair, PlanUnmet
from placements.priorities.models import Priority
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.supported.lifecycle import Commitment
from placements.supported.models import Confirmation, SupportedStaff
from placements.taken_in.models import SignedPaper
from placements.variations.models import TimeVariation

__all__ = [
    "Activity",
    "AmendedObjective",
    "Amendment",
    "CaseNote",
    "Commitment",
    "Confirmation",
    "Consultation",
    "ContractVersion",
    "DayPart",
    "DecidingGroup",
    "GroupItem",
    "GroupMeeting",
    "GroupMember",
    "HelpOffer",
    "InformalLink",
    "InreachAgreement",
    "Joining",
    "LedgerEntry",
    "LessonTold",
    "Letter",
    "LetterRound",
    "Match",
    "MatchAnswer",
    "Meeting",
    "Objective",
    "OutreachDay",
    "OutreachRequest",
    "PaperFile",
    "Peer",
    "PeerAnswer",
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
    "SignedPaper",
    "SupportedStaff",
    "TimeVariation",
]
