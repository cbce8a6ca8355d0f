"""Gathers the scheduled work of all rooms, where Celery looks for it."""

from staff.posts.tasks import look_after_posts

__all__ = ["look_after_posts"]
