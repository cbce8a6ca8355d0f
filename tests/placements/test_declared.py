"""What a head declared of somebody's situation: only that head and the co-ordinator may learn it (section G*).

Each page is read twice, with nothing declared and with serious difficulty: whoever may not know gets the same bytes.
"""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from astcoord.core import database_roles
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from placements.matching.models import Match
from placements.planning.models import Plan, PlanDecision
from placements.requests.actions import decisions
from placements.requests.lifecycle import Situation
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from tests.cast import Cast
from tests.placements.matching.matching_stories import AST, HOME, propose, say
from tests.placements.planning import plan_stories
from tests.placements.planning.plan_stories import asked, ready
from tests.placements.planning.test_plans_accepting import accept
from tests.seen import without_chance

pytestmark = pytest.mark.django_db

SERIOUS = "somebody in serious difficulty"


def declare(request: OutreachRequest, situation: str) -> None:
    request.staff.update(situation=situation)


def page(user: User, name: str, *args: object, query: str = "") -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse(f"placements:{name}", args=args) + query)
    assert response.status_code == 200
    return without_chance(b"".join(response) if response.streaming else response.content)


def told(look: Callable[[], str], request: OutreachRequest) -> set[str]:
    """What is read with each declaration; one text where none can be told from another."""
    found = set()
    for situation in Situation.values:
        declare(request, situation)
        found.add(look())
    return found


@pytest.mark.parametrize("teacher_difficulty", ["block", "override"])
def test_g_the_candidates_page_tells_an_administrator_nothing_that_was_declared(
    cast: Cast, teacher_difficulty: str
) -> None:
    Policy.objects.update(teacher_difficulty=teacher_difficulty)
    request = asked(cast)
    for name in ("candidates", "request_detail"):
        assert len(told(lambda n=name: page(cast.administrator, n, request.pk), request)) == 1, name
    assert len(told(lambda: page(cast.coordinator, "candidates", request.pk), request)) > 1


def test_g_that_the_aims_were_found_realistic_is_told_where_a_safeguard_may_be(cast: Cast) -> None:
    """For a school in no category and no programme it says that something was declared."""
    request = asked(cast, host=cast.host)
    decisions.state_realism(request=request, by=cast.coordinator, statement="Six days for two teachers")
    for user, reads in ((cast.administrator, False), (cast.consultant, False), (cast.host_head, True)):
        assert ("found realistic" in page(user, "request_detail", request.pk)) is reads


PLAN_PAGES = ("plan", "plan_unmet", "plan_drawn", "plan_record", "plan_compare")


def plan_with_one_to_settle(cast: Cast, situation: str = Situation.SERIOUS) -> tuple[Plan, OutreachRequest]:
    Policy.objects.update(teacher_difficulty="block")
    plan_stories.colleague(cast)
    asked(cast)
    declared = asked(cast)
    declare(declared, situation)
    return ready(cast), declared


@pytest.mark.parametrize("situation", [Situation.SOME, Situation.SERIOUS])
def test_g_a_plan_says_to_the_co_ordinator_alone_what_has_to_be_settled(cast: Cast, situation: str) -> None:
    plan, declared = plan_with_one_to_settle(cast, situation)
    for user in (cast.officer, cast.administrator):
        for name in PLAN_PAGES:
            text = page(user, name, plan.pk)
            assert not [word for word in ("difficult", "settled") if word in text], name
    mine = page(cast.coordinator, "plan", plan.pk)
    assert declared.reference in mine.partition("To be settled first")[2].partition("Who goes where")[0]
    assert "difficulty" in mine
    assert "Accept all 1" in mine, "the other line can be accepted, this one not"
    assert mine.count("Choose another") == 1
    assert mine.count("Pin or rule out") == 2


def test_g_what_was_declared_is_no_part_of_a_stored_plan(cast: Cast) -> None:
    plan, declared = plan_with_one_to_settle(cast)
    assert plan.left_out == []
    assert plan.lines.filter(request=declared).exists(), "planned like any other"
    assert not tables_that_say("difficulty", "realistic")


def test_r_6_7_a_plan_has_forgotten_a_declaration_as_soon_as_it_has_gone(cast: Cast) -> None:
    plan, declared = plan_with_one_to_settle(cast)
    decisions.decline(request=declared, by=cast.coordinator, ending="policy", note="Please ask the subject consultant.")
    assert "To be settled first" not in page(cast.coordinator, "plan", plan.pk)


def test_g_a_line_that_no_longer_fits_keeps_no_declaration_for_ever(cast: Cast) -> None:
    """Decisions are append-only: what they hold could never go. Nor does one say that something lies in the request."""
    Policy.objects.update(teacher_difficulty="block")
    first, second = asked(cast), asked(cast)
    plan_stories.colleague(cast)
    plan = ready(cast)
    declare(first, Situation.SERIOUS)
    OutreachRequest.objects.filter(pk=first.pk).update(realism="Two teachers and six days.")
    declare(second, Situation.SOME)
    summary = accept(cast, plan, first, second)
    assert [SERIOUS in why or "in difficulty" in why for _, why in summary.refused] == [True, True]
    assert not PlanDecision.objects.exists()
    assert not tables_that_say("difficulty")


def test_g_the_last_yes_is_refused_without_saying_what_was_declared(cast: Cast) -> None:
    match: Match = propose(cast, asked(cast))
    say(match, AST, cast.ast)
    declare(match.request, Situation.SOME)
    with pytest.raises(Refused) as refused:
        say(match, HOME, cast.home_head)
    words = str(refused.value)
    OutreachRequest.objects.filter(pk=match.request_id).update(confirmed_by=None)
    declare(match.request, Situation.NONE)
    with pytest.raises(Refused) as unconfirmed:
        say(match, HOME, cast.home_head)
    assert words == str(unconfirmed.value), "as for every other reason that lies in the request"


def tables_that_say(*words: str) -> set[str]:
    """Tables that hold one of these words; the policy is about everybody, and the declaration itself is a code."""
    found = set()
    for model in apps.get_models():
        if model is Policy or not model._meta.managed:
            continue
        rows = str(list(model._default_manager.values_list()))
        found |= {f"{model._meta.label}: {word}" for word in words if word in rows}
    return found


OLD = "ASTs here do not support somebody in serious difficulty, and a person named is said to be."
MISSING = "The statement that the aims are realistic is missing."
PASSED = "The weeks asked for have passed. Return the request and ask for new dates."


@pytest.mark.skipif(database_roles.two(), reason="only the owner of the tables migrates")
def test_g_plans_of_an_older_release_lose_what_was_declared(cast: Cast) -> None:
    asked(cast)
    plan = ready(cast)
    Plan.objects.filter(pk=plan.pk).update(left_out=[[1, OLD], [2, MISSING], [3, PASSED]])
    line = plan.lines.get()
    reasons = [
        f"Rowan cannot be proposed. {OLD}",
        "Say first why the aims are realistic for the days asked for. Somebody to be supported is in difficulty.",
        "Rowan cannot be proposed. Not allowed by the authority’s policy.",
        "Only 2 days are left.",
    ]
    for reason in reasons:
        PlanDecision.objects.create(line=line, outcome="refused", reason=reason, by=cast.coordinator)
    migration = import_module("placements.migrations.0019_plans_without_declarations")
    for _ in range(2):
        migration.forget(apps, SimpleNamespace(connection=connection))
    plan.refresh_from_db()
    assert plan.left_out == [[3, PASSED]]
    kept = list(PlanDecision.objects.order_by("pk").values_list("reason", flat=True))
    assert kept == [migration.NEUTRAL] * 3 + ["Only 2 days are left."]
    with pytest.raises(Exception, match=r"append-only|permission denied"):
        PlanDecision.objects.update(reason="x")
