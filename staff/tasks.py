"""Gathers the scheduled work of all rooms, where Celery looks for it."""

from staff.alumni.tasks import write_to_alumni
from staff.cpd.tasks import remind_of_cpd_visits
from staff.networks.tasks import look_for_network_meetings
from staff.notices.tasks import post_notices
from staff.pay.tasks import remind_of_funding
from staff.posts.tasks import look_after_posts
from staff.questionnaires.tasks import look_after_questionnaires
from staff.secondments.tasks import look_after_secondments

__all__ = [
    "look_after_posts",
    "look_after_questionnaires",
    "look_after_secondments",
    "look_for_network_meetings",
    "post_notices",
    "remind_of_cpd_visits",
    "remind_of_funding",
    "write_to_alumni",
]
