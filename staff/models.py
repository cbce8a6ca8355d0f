"""Gathers the tables of all rooms for Django; code imports them from their rooms."""

from staff.accounts.models import RoleAssignment, User
from staff.feeds.models import CalendarFeed
from staff.openings.models import Opening
from staff.posts.models import Expertise, InductionItem, OutreachPattern, Post, PostAbsence, PostHours, PostMove

__all__ = [
    "CalendarFeed",
    "Expertise",
    "InductionItem",
    "Opening",
    "OutreachPattern",
    "Post",
    "PostAbsence",
    "PostHours",
    "PostMove",
    "RoleAssignment",
    "User",
]
