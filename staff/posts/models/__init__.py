"""The tables of ASTs' posts: the post and its profile, and what changes of it on a day."""

from staff.posts.models.dated import PostAbsence, PostFunding, PostHours, PostMove
from staff.posts.models.posts import Expertise, InductionItem, OutreachPattern, Post

__all__ = [
    "Expertise",
    "InductionItem",
    "OutreachPattern",
    "Post",
    "PostAbsence",
    "PostFunding",
    "PostHours",
    "PostMove",
]
