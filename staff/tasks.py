"""Gathers the scheduled work of all rooms, where Celery looks for it."""

from staff.alumni.tasks import write_to_alumni
from staff.pay.tasks import remind_of_funding
from staff.posts.tasks import look_after_posts
from staff.secondments.tasks import look_after_secondments

__all__ = ["look_after_posts", "look_after_secondments", "remind_of_funding", "write_to_alumni"]
