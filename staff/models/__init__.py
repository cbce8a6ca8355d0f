from staff.models.people import RoleAssignment, User
from staff.models.posts import Expertise, InductionItem, OutreachPattern, Post

__all__ = ["Expertise", "InductionItem", "OutreachPattern", "Post", "RoleAssignment", "User"]
