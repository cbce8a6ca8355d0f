"""No e-mail tells its reader what they may not read: those of the world's stories, and those that nights bring."""

from typing import Any

import pytest
import time_machine
from django.utils.module_loading import import_string

from astcoord.core.models.messages import Message
from astcoord.settings.worker import CELERY_BEAT_SCHEDULE
from tests.access.marks import MARK, may_read
from tests.access.sides import OURS, World

pytestmark = [pytest.mark.usefixtures("db", "quick_refusals"), pytest.mark.one_database]

NIGHTS = ("2026-10-07", "2026-10-27", "2026-11-24", "2027-01-12", "2027-04-13")
ROOMS = ("placements.", "evaluation.")
JOBS = sorted({job["task"] for job in CELERY_BEAT_SCHEDULE.values() if job["task"].startswith(ROOMS)})


def told(world: World) -> tuple[list[str], set[str]]:
    """What stands in e-mails that is not for their readers, and the marks that stand in one at all."""
    people = {user.email: key for key, user in world.users.items()}
    leaks, seen = [], set()
    for message in Message.objects.filter(to_email__in=people):
        key = people[message.to_email]
        for side, mark in sorted(set(MARK.findall(f"{message.subject} {message.body} {message.calendar}"))):
            seen.add(mark)
            if not may_read(key, side=side, mark=mark, ours=OURS):
                leaks.append(f"{key} is told {side}{mark}: {message.kind}, {message.subject}")
    return leaks, seen


def test_r_16_2_no_email_tells_its_reader_what_is_not_for_them(world: World, clock: time_machine.Traveller) -> None:
    before = Message.objects.count()
    for night in NIGHTS:
        clock.move_to(f"{night} 02:00 +0000")
        for job in JOBS:
            run: Any = import_string(job)
            run()
    leaks, seen = told(world)
    assert not leaks, "\n".join(leaks)
    assert Message.objects.count() > before, "some are sent by night"
    assert seen, "or nothing is proved"
