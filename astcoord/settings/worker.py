"""Celery. The rows are the queue and the broker only notifies: see `astcoord.core.delivery`."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["embedded"] = "astcoord.core.embedded_broker:Transport"
EMBEDDED = "embedded://localhost/"

CELERY_TIMEZONE = "Europe/London"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120  # shorter than a message's lease
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 3,
    "interval_start": 0.2,
    "interval_step": 0.5,
    "interval_max": 2,
}
# A child that has not come up by then is killed. Celery's own four seconds are too few on a busy machine: there it
# kills every replacement, for ever, and no letter goes.
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60.0
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# Without this, Celery closes the database connection around every task, whatever CONN_MAX_AGE says. With it,
# astcoord.celery looks at the connection before each task.
CELERY_DB_REUSE_MAX = 200

DAYTIME = crontab(minute=0, hour="7-17")
"""Once an hour in the daytime: for checks that read the school calendar and catch up with what was missed."""

CELERY_BEAT_SCHEDULER = "astcoord.core.beat:Scheduler"
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep-outbox": {
        "task": "astcoord.core.tasks.sweep_outbox",
        "schedule": 5.0,
        "options": {"expires": 10},
    },
    "apply-retention": {
        "task": "astcoord.core.tasks.apply_retention",
        "schedule": crontab(minute=30, hour=3),
        "options": {"expires": 3600},
    },
    "check-records": {
        "task": "astcoord.core.tasks.check_records",
        "schedule": crontab(minute="*/10", hour="1-2"),
        "options": {"expires": 540},
    },
    "build-letters": {
        "task": "placements.letters.tasks.build_letters",
        "schedule": DAYTIME,
        "options": {"expires": 3000},
    },
    "finish-letter-rounds": {
        "task": "placements.letters.tasks.finish_letter_rounds",
        "schedule": 10.0,
        "options": {"expires": 20},
    },
    "open-budgets": {
        "task": "placements.days.tasks.open_budgets",
        "schedule": DAYTIME,
        "options": {"expires": 3000},
    },
    "look-after-posts": {
        "task": "staff.posts.tasks.look_after_posts",
        "schedule": crontab(minute=5, hour=5),
        "options": {"expires": 3600},
    },
    "write-to-alumni": {
        "task": "staff.alumni.tasks.write_to_alumni",
        "schedule": crontab(minute=20, hour=5),
        "options": {"expires": 3600},
    },
    "look-after-secondments": {
        "task": "staff.secondments.tasks.look_after_secondments",
        "schedule": crontab(minute=15, hour=5),
        "options": {"expires": 3600},
    },
    "look-for-network-meetings": {
        "task": "staff.networks.tasks.look_for_network_meetings",
        "schedule": crontab(minute=20, hour=7),
        "options": {"expires": 3600},
    },
    "post-notices": {
        "task": "staff.notices.tasks.post_notices",
        "schedule": crontab(minute=40, hour=7),
        "options": {"expires": 3600},
    },
    "look-after-questionnaires": {
        "task": "staff.questionnaires.tasks.look_after_questionnaires",
        "schedule": crontab(minute=5, hour=7),
        "options": {"expires": 3600},
    },
    "lapse-offers": {
        "task": "evaluation.estimates.tasks.lapse_offers",
        "schedule": crontab(minute=25, hour=5),
        "options": {"expires": 3600},
    },
    "remind-of-cpd-visits": {
        "task": "staff.cpd.tasks.remind_of_cpd_visits",
        "schedule": crontab(minute=20, hour=7),
        "options": {"expires": 3600},
    },
    "ask-for-training-statements": {
        "task": "evaluation.training.tasks.ask_for_training_statements",
        "schedule": crontab(minute=35, hour=7),
        "options": {"expires": 3600},
    },
    "remind-of-funding": {
        "task": "staff.pay.tasks.remind_of_funding",
        "schedule": crontab(minute=15, hour=7),
        "options": {"expires": 3600},
    },
    "look-after-variations": {
        "task": "placements.variations.tasks.look_after_variations",
        "schedule": crontab(minute=50, hour=5),
        "options": {"expires": 3600},
    },
    "time-alerts": {
        "task": "placements.balances.tasks.send_time_alerts",
        "schedule": crontab(minute=10, hour=8),
        "options": {"expires": 3600},
    },
    "finish-inreach": {
        "task": "placements.activities.tasks.finish_inreach",
        "schedule": crontab(minute=55, hour=5),
        "options": {"expires": 3600},
    },
    "activate-placements": {
        "task": "placements.agreement.tasks.activate_placements",
        "schedule": DAYTIME,
        "options": {"expires": 3000},
    },
    "open-final-evaluations": {
        "task": "placements.endings.tasks.open_final_evaluations",
        "schedule": crontab(minute=30, hour=6),
        "options": {"expires": 3600},
    },
    "remind-of-endings": {
        "task": "placements.endings.tasks.remind_of_endings",
        "schedule": crontab(minute=25, hour=7),
        "options": {"expires": 3600},
    },
    "close-placements": {
        "task": "placements.endings.tasks.close_placements",
        "schedule": crontab(minute=50, hour=6),
        "options": {"expires": 3600},
    },
    "remind-of-papers": {
        "task": "placements.agreement.tasks.remind_of_papers",
        "schedule": crontab(minute=20, hour=7),
        "options": {"expires": 3600},
    },
    "visit-missing": {
        "task": "placements.days.tasks.remind_of_visits",
        "schedule": crontab(minute=30, hour=7),
        "options": {"expires": 3600},
    },
    "look-after-plans": {
        "task": "placements.planning.tasks.look_after_plans",
        "schedule": 10.0,
        "options": {"expires": 20},
    },
    "remind-supported-staff": {
        "task": "placements.supported.tasks.remind_supported_staff",
        "schedule": crontab(minute=40, hour=7),
        "options": {"expires": 3600},
    },
    "begin-headships": {
        "task": "staff.accounts.tasks.begin_headships",
        "schedule": DAYTIME,
        "options": {"expires": 3000},
    },
    "expire-matches": {
        "task": "placements.matching.tasks.expire_matches",
        "schedule": crontab(minute=10, hour=6),
        "options": {"expires": 3600},
    },
    "diary-missing": {
        "task": "evaluation.diary.tasks.remind_of_missing_entries",
        "schedule": DAYTIME,
        "options": {"expires": 3000},
    },
    "impact-reviews": {
        "task": "evaluation.reviews.tasks.look_after_reviews",
        "schedule": DAYTIME,
        "options": {"expires": 3000},
    },
    "half-way-reviews": {
        "task": "evaluation.half_way.tasks.look_after_half_way_reviews",
        "schedule": DAYTIME,
        "options": {"expires": 3000},
    },
    "evaluations": {
        "task": "evaluation.evaluations.tasks.look_after_evaluations",
        "schedule": DAYTIME,
        "options": {"expires": 3000},
    },
    "return-visits": {
        "task": "evaluation.returns.tasks.look_after_returns",
        "schedule": DAYTIME,
        "options": {"expires": 3000},
    },
    "lock-diary": {
        "task": "evaluation.diary.tasks.lock_diary",
        "schedule": crontab(minute=40, hour=6),
        "options": {"expires": 3600},
    },
    "board-summaries": {
        "task": "evaluation.summaries.tasks.send_board_summaries",
        "schedule": crontab(minute=30, hour=16),
        "options": {"expires": 3600},
    },
}
"""Each entry is safe to repeat: its rows carry unique keys, so that two clocks, or none for a day, do no harm."""


def broker(url: str, folder: Path) -> dict[str, Any]:
    """Celery's broker settings for a `CELERY_BROKER_URL`; the embedded broker keeps its messages under `folder`."""
    # When each job last ran. Celery keeps it in a file that may be lost: then a job may be left out once.
    folder.mkdir(parents=True, exist_ok=True)
    clock = {"CELERY_BROKER_URL": url, "CELERY_BEAT_SCHEDULE_FILENAME": str(folder / "beat")}
    if url != EMBEDDED:
        # A notification that cannot be given within two seconds is not worth a visitor's time.
        options = {"socket_keepalive": True, "health_check_interval": 10, "socket_connect_timeout": 2}
        return {**clock, "CELERY_BROKER_TRANSPORT_OPTIONS": options if url.startswith("redis") else {}}
    queue, control = folder / "queue", folder / "control"
    queue.mkdir(exist_ok=True)
    control.mkdir(exist_ok=True)
    return {
        **clock,
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(queue),
            "data_folder_out": str(queue),
            "control_folder": str(control),
            "polling_interval": 0.1,
        },
        # A folder is polled: two in hand instead of one make half as many more a second.
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 2,
    }
