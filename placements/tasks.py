"""Gathers the scheduled work of all rooms, where Celery looks for it."""

from placements.activities.tasks import finish_inreach
from placements.agreement.tasks import activate_placements, remind_of_papers
from placements.balances.tasks import send_time_alerts
from placements.days.tasks import open_budgets, remind_of_visits
from placements.endings.tasks import close_placements, open_final_evaluations, remind_of_endings
from placements.letters.tasks import build_letters, finish_letter_rounds
from placements.matching.tasks import expire_matches
from placements.planning.tasks import explain_plan, look_after_plans, make_plan
from placements.supported.tasks import remind_supported_staff
from placements.variations.tasks import look_after_variations

__all__ = [
    "activate_placements",
    "build_letters",
    "close_placements",
    "expire_matches",
    "explain_plan",
    "finish_inreach",
    "finish_letter_rounds",
    "look_after_plans",
    "look_after_variations",
    "make_plan",
    "open_budgets",
    "open_final_evaluations",
    "remind_of_endings",
    "remind_of_papers",
    "remind_of_visits",
    "remind_supported_staff",
    "send_time_alerts",
]
