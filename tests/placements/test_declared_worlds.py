"""Two worlds that differ in what a head declared of somebody, and in nothing that others read or that is kept (G*)."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from astcoord.core.models.policy import Policy
from placements.allocation.plan.changes import MoreDays
from placements.planning.actions import explain, plans
from placements.planning.models import Plan
from placements.requests.lifecycle import Situation
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from tests.cast import Cast
from tests.placements.planning.plan_stories import asked, colleague, made, ready
from tests.seen import without_chance

CHANCE = re.compile(
    r'D\d{5}|/plans/\d+|line-\d+|name="line" value="\d+|<option value="\d+'
    r'|\d+(:\d+)?(am|pm)|datetime="[^"]*"|in \d+\.\d seconds'
)
"""Numbers of plans and their lines, and times."""
OF_PLANS = ("plan", "plan_unmet", "plan_drawn", "plan_record", "plan_compare")
OF_REQUESTS = ("candidates", "request_detail")
OWN = (("home_head", "answers_awaited"), ("ast", "asked_of_me"))
NOT_COMPARED = {"id", "parent_id", "plan_id", "created_at", "ready_at", "explained_at", "seconds"}


def read(user: User, name: str, *args: object, **query: str) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse(f"placements:{name}", args=args), query)
    assert response.status_code in (200, 403, 404), (name, response.status_code)
    whole = b"".join(response) if response.streaming else response.content
    return CHANCE.sub("", without_chance(whole))


def explained(plan: Plan) -> Plan:
    while explain.explain_some(plan.pk):
        pass
    plan.refresh_from_db()
    return plan


def untimed(value: Any) -> Any:
    """Without how long each step of the solver took."""
    if isinstance(value, dict):
        return {key: untimed(each) for key, each in value.items() if not key.endswith("seconds")}
    return [untimed(each) for each in value] if isinstance(value, list) else value


def kept(plan: Plan) -> dict[str, Any]:
    """Every column of the plan and of what belongs to it, as it is stored."""
    rows = {"plan": Plan.objects.filter(pk=plan.pk)}
    rows |= {name: getattr(plan, name).order_by("pk") for name in ("lines", "unmet", "notes", "pairs")}
    return {
        f"{name} {n} {column}": untimed(value)
        for name, found in rows.items()
        for n, row in enumerate(found.values())
        for column, value in row.items()
        if column not in NOT_COMPARED
    }


def world(cast: Cast, request: OutreachRequest, situation: str) -> dict[str, Any]:
    """Everything that is read and kept of a plan and a what-if beside it, with this declared of somebody."""
    request.staff.update(situation=situation)
    undo = transaction.savepoint()
    plan = explained(ready(cast))
    said = [{"text": f"3 more days from AST {cast.post.pk}"}]
    tried = plans.what_if(plan=plan, changes=[MoreDays(cast.post.pk, 12)], said=said, by=cast.coordinator)
    made(tried)
    found = {f"plan {key}": value for key, value in kept(plan).items()}
    found |= {f"what-if {key}": value for key, value in kept(tried).items()}
    for user in (cast.officer, cast.administrator):
        found |= {f"{user} {name}": read(user, name, plan.pk) for name in OF_PLANS}
        found |= {f"{user} {name}": read(user, name, request.pk) for name in OF_REQUESTS}
        found |= {f"{user} csv {name}": read(user, name, export="csv") for name in ("plans", "demand", "queue")}
        found[f"{user} csv"] = read(user, "plan_unmet", plan.pk, export="csv")
        found[f"{user} what-if"] = read(user, "plan", tried.pk)
    found |= {f"{user} {name}": read(getattr(cast, user), name) for user, name in OWN}
    transaction.savepoint_rollback(undo)
    return found


@pytest.mark.django_db
def test_g_no_plan_differs_by_what_was_declared(cast: Cast) -> None:
    Policy.objects.update(teacher_difficulty="block")
    tight = {"wanted_until": "2026-12-18"}
    colleague(cast)
    request, *_ = [asked(cast, **tight) for _ in range(3)]
    asked(cast, confirmed_by=None)
    plain = world(cast, request, Situation.NONE)
    assert [key for key in plain if "lines 1" in key], "two are met"
    assert [key for key in plain if "unmet 0" in key], "one is not"
    assert plain["plan plan 0 left_out"]
    other = world(cast, request, Situation.SERIOUS)
    assert [key for key in plain.keys() | other.keys() if plain.get(key) != other.get(key)] == []
