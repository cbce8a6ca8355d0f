"""R-8.13 and R-1.3 are said once: the query, what is missing, the steps and the rows agree in every state."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.models.policy import Policy
from placements.agreement.reads.protocol import contract_in_force, missing_parties
from placements.agreement.reads.readiness import CONDITIONS, activation_problems
from placements.overview.reads.placements import placement_page, with_steps
from placements.overview.reads.steps import CANNOT, DONE, SKIPPED
from placements.placement.models import Placement
from placements.placement.reads import WHO
from staff.accounts.models import RoleAssignment
from tests.cast import Cast
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

TODAY = date(2026, 10, 6)
Break = Callable[[Cast, Any], Any]


def _row(**fields: Any) -> Break:
    return lambda cast, placement: Placement.objects.filter(pk=placement.pk).update(**fields)


def _host(**fields: Any) -> Break:
    return lambda cast, placement: type(cast.host).objects.filter(pk=cast.host.pk).update(**fields)


def _one_paper(**fields: Any) -> Break:
    return lambda cast, placement: placement.papers.filter(pk=placement.papers.first().pk).update(**fields)


def _heads(cast: Cast) -> Any:
    return RoleAssignment.objects.filter(user=cast.host_head)


WAYS: dict[str, list[Break]] = {
    "signatures": [
        lambda cast, placement: placement.contracts.update(superseded_at=timezone.now()),
        lambda cast, placement: Policy.objects.update(signatories=("host_head", "ast", "coordinator", "home_head")),
    ],
    "people": [lambda cast, placement: placement.supported.update(concerned="d1")],
    "inspector": [_row(inspector_name=""), _row(inspector_role="")],
    "p1": [_row(role_statement_sent_on=None)],
    "p2": [_row(circulated_on=None)],
    "chair": [_host(chair_name=""), _host(chair_email="")],
    "p3": [lambda cast, placement: Message.objects.filter(kind="chair-notice").update(status=MessageStatus.CANCELLED)],
    "papers": [
        _one_paper(owner=""),
        _one_paper(due=None),
        lambda cast, placement: placement.papers.all().delete(),
    ],
    "cover": [_row(cover=())],
    "pattern": [
        lambda cast, placement: cast.post.patterns.all().delete(),
        lambda cast, placement: cast.post.patterns.update(ends_on=date(2026, 10, 30)),
        lambda cast, placement: cast.post.patterns.update(starts_on=date(2026, 11, 30)),
    ],
    "induction": [
        lambda cast, placement: cast.post.induction.filter(step="practices").update(done_on=None, done_by=None),
        lambda cast, placement: cast.post.induction.filter(step="processes").delete(),
        lambda cast, placement: cast.post.induction.all().delete(),
    ],
    "host-head": [
        lambda cast, placement: _heads(cast).update(ends_on=date(2026, 10, 5)),
        lambda cast, placement: type(cast.ast).objects.filter(pk=cast.host_head.pk).update(is_active=False),
    ],
}
"""Every way in which a condition can fail that holds in a placement about to start."""

HARMLESS: list[Break] = [
    lambda cast, placement: placement.papers.filter(kind="action_plans").update(
        state="not_applicable", owner="", due=None
    ),
    lambda cast, placement: cast.post.patterns.update(ends_on=date(2026, 11, 30)),
]


@pytest.fixture
def about_to_start(cast: Cast) -> Placement:
    """Three parties sign; then everything else is done."""
    Policy.objects.update(signatories=("host_head", "ast", "coordinator"))
    placement = stories.issued(cast)
    stories.sign(cast, placement, "host_head", "ast", "coordinator")
    Placement.objects.filter(pk=placement.pk).update(
        role_statement_sent_on=TODAY, circulated_on=TODAY, cover=("extra_day",)
    )
    return placement


def check(cast: Cast, pk: int, broken: set[str]) -> None:
    """All four say that just `broken` is missing."""
    placement = with_steps(Placement.objects.filter(pk=pk), TODAY).get()
    waived = {"p2", "p3"} if placement.override_reason else set()
    assert [p.code for p in activation_problems(placement, TODAY)] == [c for c in CONDITIONS if c in broken - waived]

    page = placement_page(placement, cast.coordinator, TODAY)
    states = {title: state for title, _, state, _ in [*page.mine, *page.others, *page.done]}
    for code, condition in CONDITIONS.items():
        state = states.get(condition.step)
        if state is None:
            continue
        if code in waived & broken:
            assert state == SKIPPED
        else:
            assert (state == DONE) == (code not in broken), (code, state)

    version, post = contract_in_force(placement), placement.post
    rows = {
        "signatures": version is not None and not missing_parties(version),
        "chair": placement.host.chair_is_known,
        "papers": bool(placement.papers.all()) and all(paper.is_asked_for for paper in placement.papers.all()),
        "pattern": bool(post.pattern_on(placement.starts_on or TODAY)),
        "induction": post.inducted,
    }
    assert {code for code, holds in rows.items() if not holds} == broken & set(rows)


def test_r_8_13_each_condition_alone_stops_it_and_has_an_owner(cast: Cast, about_to_start: Placement) -> None:
    check(cast, about_to_start.pk, set())
    assert set(WAYS) == set(CONDITIONS)
    for code, ways in WAYS.items():
        assert CONDITIONS[code].owner in {"", *WHO}
        for way in ways:
            with transaction.atomic():
                way(cast, about_to_start)
                check(cast, about_to_start.pk, {code})
                transaction.set_rollback(True)


def test_r_8_13_in_many_states_all_say_the_same(cast: Cast, about_to_start: Placement) -> None:
    chance = random.Random(813)
    for _ in range(40):
        broken = {code for code in WAYS if chance.random() < 0.4}
        with transaction.atomic():
            chance.choice(HARMLESS)(cast, about_to_start)
            for code in broken:
                chance.choice(WAYS[code])(cast, about_to_start)
            _row(override_reason=chance.choice(["", "All staff meet on Friday"]))(cast, about_to_start)
            check(cast, about_to_start.pk, broken)
            transaction.set_rollback(True)


def test_r_8_13_an_override_sets_aside_p2_and_p3_and_nothing_else(cast: Cast, about_to_start: Placement) -> None:
    for ways in WAYS.values():
        ways[0](cast, about_to_start)
    _row(override_reason="All staff meet on Friday")(cast, about_to_start)

    codes = {p.code for p in activation_problems(about_to_start, TODAY)}

    assert codes == set(CONDITIONS) - {"p2", "p3"}


def test_r_4_10_without_a_first_day_outreach_time_is_looked_for_today(cast: Cast, about_to_start: Placement) -> None:
    _row(starts_on=None)(cast, about_to_start)
    cast.post.patterns.update(ends_on=date(2026, 10, 30))

    check(cast, about_to_start.pk, set())


def test_the_chairs_step_waits_for_the_signatures(cast: Cast) -> None:
    placement = stories.issued(cast)
    page = placement_page(with_steps(Placement.objects.filter(pk=placement.pk), TODAY).get(), cast.coordinator, TODAY)
    assert {row[0]: row[2] for row in page.others}["Tell the chair of governors"] == CANNOT
