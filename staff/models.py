"""Gathers the tables of all rooms for Django; code imports them from their rooms."""

from staff.accounts.models import RoleAssignment, User
from staff.alumni.models import AlumniEntry
from staff.appointing.models import Assessment, Candidature
from staff.aspirants.models import Aspirant
from staff.briefings.models import Booking, Briefing
from staff.descriptions.models import JobDescription, JobObjective, Responsibility
from staff.feeds.models import CalendarFeed
from staff.openings.models import Introduction, Opening, TalkOffer
from staff.pay.models import AllowanceAnswer, PayPoint, PayRange, PostContract, PostIncome, SpineFigure
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
from staff.secondments.models import GrantStatement, PreparationStep, Proposal, Secondment, SecondmentRound
from staff.teams.models import Team

__all__ = [
    "AllowanceAnswer",
    "AlumniEntry",
    "Aspirant",
    "Assessment",
    "Booking",
    "Briefing",
    "CalendarFeed",
    "Candidature",
    "Expertise",
    "GrantStatement",
    "InductionItem",
    "Introduction",
    "JobDescription",
    "JobObjective",
    "Opening",
    "OutreachPattern",
    "PayPoint",
    "PayRange",
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
    "Responsibility",
    "RoleAssignment",
    "Secondment",
    "SecondmentRound",
    "SpineFigure",
    "TalkOffer",
    "Team",
    "User",
]
