"""What logic models ask of people on their first page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.urls import reverse

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.policy_choices import EvaluationModel
from astcoord.core.roles import Role
from evaluation.logic.lifecycle import LogicStatus
from evaluation.logic.models import LogicModel
from placements.agreement.models import ContractVersion
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=33)


def tasks(user: User, today: date) -> Iterator[Task]:
    """The AST writes it for whatever was signed under four levels, the host head agrees it; one query for each role."""
    if user.has_role(Role.AST):
        yield from _task(_wanting().filter(post__user=user), "Write the logic model", "logic_write")
    if user.has_role(Role.HEADTEACHER):
        waiting = LogicModel.objects.filter(
            status=LogicStatus.SUBMITTED, placement__host__in=user.schools_as(Role.HEADTEACHER)
        )
        yield from _task(waiting, "Agree the logic model, or return it", "logic_decide")


def _wanting() -> QuerySet[Placement]:
    """Under way, signed under four levels, and without a logic model that was submitted."""
    contracts: Any = ContractVersion.objects
    signed = contracts.in_force().filter(placement=OuterRef("pk"), policy__evaluation_model=EvaluationModel.LEVELS)
    there = LogicModel.objects.handed_in().filter(placement=OuterRef("pk"))
    return Placement.objects.filter(Exists(signed), ~Exists(there), status__in=PLACEMENT_UNDER_WAY)


def _task(rows: QuerySet[Any], title: str, page: str) -> Iterator[Task]:
    """One task for all of them, which leads to the first; the next one follows when it is done."""
    found = rows.order_by().aggregate(count=Count("pk"), first=Min("pk"))
    if count := found["count"]:
        yield Task(title, reverse(f"evaluation:{page}", args=[found["first"]]), count=count)
