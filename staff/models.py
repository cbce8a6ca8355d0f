"""Gathers the tables of all rooms for Django; code imports them from their rooms."""

from staff.accounts.models import RoleAssignment, User
from staff.alumni.models import AlumniEntry
from staff.appointing.models import Assessment, Candidature
from staff.aspirants.models import Aspirant
from staff.briefings.models import Booking, Briefing
from staff.cpd.models import CpdAnswer, CpdEntry, CpdOffer
from staff.descriptions.models import JobDescription, JobObjective, Responsibility
from staff.feeds.models import CalendarFeed
from staff.guidance.models import GuidancePage, GuidanceVersion
from staff.inductions.models import InductionMeeting
from staff.mailings.models import Mailing
from staff.networks.models import AgendaItem, Invitation, NetworkMeeting
from staff.notices.models import Notice
from staff.office_visits.models import OfficeVisit
from staff.openings.models import Introduction, Opening, TalkOffer
from staff.pay.models import AllowanceAnswer, PayPoint, PayRange, PostContract, PostIncome, SpineFigure
from staff.peers.models import PeerObservation
from staff.posts.models import (
    Expertise,
    InductionItem,
    OutreachPattern,
    Post,
    PostAbsence,
    PostFunding,
    PostHours,
    PostMove,
)
from staff.quality.models import QaVisit
from staff.questionnaires.models import Answer, Question, Questionnaire, QuestionnaireInvitation
from staff.secondments.models import GrantStatement, PreparationStep, Proposal, Secondment, SecondmentRound
from staff.teams.models import Team
from staff.training.models import RoleTraining, TrainingCoordinator
from staff.working_groups.models import GroupAction, WorkingGroup

__all__ = [
    "AgendaItem",
    "AllowanceAnswer",
    "AlumniEntry",
    "Answer",
    "Aspirant",
    "Assessment",
    "Booking",
    "Briefing",
    "CalendarFeed",
    "Candidature",
    "CpdAnswer",
    "CpdEntry",
    "CpdOffer",
    "Expertise",
    "GrantStatement",
    "GroupAction",
    "GuidancePage",
    "GuidanceVersion",
    "InductionItem",
    "InductionMeeting",
    "Introduction",
    "Invitation",
    "JobDescription",
    "JobObjective",
    "Mailing",
    "NetworkMeeting",
    "Notice",
    "OfficeVisit",
    "Opening",
    "OutreachPattern",
    "PayPoint",
    "PayRange",
    "PeerObservation",
    "Post",
    "PostAbsence",
    "PostContract",
    "PostFunding",
    "PostHours",
    "PostIncome",
    "PostMove",
    "PreparationStep",
    "Proposal",
    "QaVisit",
    "Question",
    "Questionnaire",
    "QuestionnaireInvitation",
    "Responsibility",
    "RoleAssignment",
    "RoleTraining",
    "Secondment",
    "SecondmentRound",
    "SpineFigure",
    "TalkOffer",
    "Team",
    "TrainingCoordinator",
    "User",
    "WorkingGroup",
]
