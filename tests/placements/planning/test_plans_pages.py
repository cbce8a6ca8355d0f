"""The pages of deployment plans over HTTP: who may, what they say, what they cost (issue 4.4 to 4.6, R-7.7)."""

import json
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.bench.scale import Size, build
from placements.matching.models import Match
from placements.planning.actions import explain, plans, work
from placements.planning.lifecycle import PlanStatus
from placements.planning.models import Plan
from placements.planning.reads import demand
from placements.planning.views import accept
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from tests.cast import Cast
from tests.factories import RequestFactory, SchoolFactory
from tests.placements.planning.plan_stories import asked, colleague, line_of, made, queued, ready, weeks

pytestmark = pytest.mark.django_db
TIGHT = {"wanted_until": date(2026, 12, 18)}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
PAGES = ("plan", "plan_unmet", "plan_drawn", "plan_record", "plan_compare")


def sign_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def url(name: str, *args: object) -> str:
    return reverse(f"placements:{name}", args=args)


def explained(plan: Plan) -> Plan:
    while explain.explain_some(plan.pk):
        pass
    plan.refresh_from_db()
    return plan


def test_the_coordinator_asks_for_a_plan_and_watches_it(cast: Cast, client: Client) -> None:
    request = asked(cast)
    sign_in(client, cast.coordinator)
    assert "Select which weeks to plan" in text(client.post(url("plan_new"), {"time_limit": "60"}))
    response = client.post(url("plan_new"), {"span": "autumn-2026-2", "time_limit": "30"})
    plan = Plan.objects.get()
    assert response.url == url("plan", plan.pk)
    assert (plan.time_limit, plan.sharing, plan.title) == (30, False, "Autumn term 2026, second half")
    assert "every 2s" in text(client.get(url("plan", plan.pk)))
    assert "HX-Refresh" not in client.get(url("plan_progress", plan.pk)).headers
    made(plan)
    assert client.get(url("plan_progress", plan.pk)).headers["HX-Refresh"] == "true"
    page = text(client.get(url("plan", plan.pk)))
    for words in ("Proved: no other plan meets more need", "Wren Castellow", request.reference, "1 of 1", "Autumn 2"):
        assert words in page


def test_nothing_to_plan_is_said_on_the_form(cast: Cast, client: Client) -> None:
    page = sign_in(client, cast.coordinator).post(url("plan_new"), {"span": "autumn-2026-2", "time_limit": "30"})
    assert "No request is ready to be planned in these weeks" in text(page)


def test_cancelling_from_the_page(cast: Cast, client: Client) -> None:
    asked(cast)
    plan = queued(cast)
    sign_in(client, cast.coordinator)
    assert client.get(url("plan_cancel", plan.pk)).status_code == 405
    client.post(url("plan_cancel", plan.pk))
    plan.refresh_from_db()
    assert plan.status == PlanStatus.CANCELLED
    assert "Nothing was decided" in text(client.get(url("plan", plan.pk)))


@pytest.mark.parametrize("who", ["officer", "administrator"])
def test_officers_read_and_change_nothing(cast: Cast, client: Client, who: str) -> None:
    asked(cast)
    plan = explained(ready(cast))
    line = plan.lines.get()
    sign_in(client, getattr(cast, who))
    for name in PAGES:
        assert client.get(url(name, plan.pk)).status_code == 200
    page = text(client.get(url("plan", plan.pk)))
    assert "Accept the ticked" not in page
    assert "Pin or rule out" not in page
    for name, args in (
        ("plan_cancel", [plan.pk]),
        ("plan_again", [plan.pk]),
        ("plan_verify", [plan.pk]),
        ("plan_accept", [plan.pk]),
        ("plan_line", [plan.pk, line.pk]),
        ("plan_pair", [plan.pk, line.request_id, line.post_id]),
        ("plan_what_if", [plan.pk, "leave"]),
        ("plan_new", []),
    ):
        assert client.post(url(name, *args)).status_code == 403
    assert not Match.objects.exists()


@pytest.mark.parametrize("who", ["host_head", "home_head", "ast", "chair", "outsider", "consultant"])
def test_a_plan_is_nobody_elses_business(cast: Cast, client: Client, who: str) -> None:
    asked(cast)
    plan = ready(cast)
    sign_in(client, getattr(cast, who))
    for name in PAGES:
        assert client.get(url(name, plan.pk)).status_code == 403
    assert client.get(url("plans")).status_code == 403
    assert client.get(url("demand")).status_code == 403


def test_not_met_and_why(cast: Cast, client: Client) -> None:
    met, unmet = asked(cast, route="inspection", **TIGHT), asked(cast, **TIGHT)
    nobody = RequestFactory(host=SchoolFactory(), subject="music", created_by=cast.host_head)
    plan = ready(cast)
    sign_in(client, cast.coordinator)
    assert "still being worked out" in text(client.get(url("plan_unmet", plan.pk)))
    explained(plan)
    page = text(client.get(url("plan_unmet", plan.pk)))
    for words in (
        "1 AST could do it, but all their days go to other requests",
        f"Meeting it would take help from {met.reference}",
        "No AST has the expertise asked for",
        "What one more AST would bring",
        "The visits could go on until",
        unmet.reference,
        nobody.reference,
    ):
        assert words in page
    assert "still being worked out" not in page


def test_a_long_plan_is_proposed_in_steps_and_nothing_is_lost_between(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accept, "AT_A_TIME", 0)
    colleague(cast)
    asked(cast, **TIGHT), asked(cast, **TIGHT)
    plan = ready(cast)
    first, second = plan.lines.order_by("priority", "pk")
    sign_in(client, cast.coordinator)
    page = text(client.post(url("plan_accept", plan.pk), {"line": [first.pk, second.pk], "confirm": "1"}))
    assert "1 match proposed" in page
    assert "1 more line waits" in page
    assert [match.request for match in Match.objects.all()] == [first.request]
    going_on = dict(HIDDEN.findall(page))
    page = text(client.post(url("plan_accept", plan.pk), {k: going_on[k] for k in ("line", "confirm")}))
    assert "Go on with the rest" not in page
    assert {match.request for match in Match.objects.all()} == {first.request, second.request}


def test_what_is_not_met_is_counted_by_reason_and_each_reason_can_be_read_alone(cast: Cast, client: Client) -> None:
    asked(cast, route="inspection", **TIGHT)
    outranked = asked(cast, **TIGHT)
    nobody = [RequestFactory(host=SchoolFactory(), subject="music", created_by=cast.host_head) for _ in range(2)]
    address = url("plan_unmet", ready(cast).pk)
    sign_in(client, cast.coordinator)
    page = text(client.get(address))
    assert "3 requests, by reason" in page
    assert "No AST has the expertise asked for</a>: 2" in page
    assert "ASTs could do it, but all their days go to other requests</a>: 1" in page
    page = text(client.get(address, {"why": "no_expertise"}))
    assert all(each.reference in page for each in nobody)
    assert outranked.reference not in page
    lines = client.get(address, {"why": "able", "export": "csv"}).getvalue().decode().splitlines()
    assert [line.split(",")[0] for line in lines] == ["\ufeffRequest", outranked.reference]
    assert outranked.reference in text(client.get(address, {"why": "<no such reason>"}))


def test_when_the_time_ran_out_the_page_says_so(cast: Cast, client: Client) -> None:
    asked(cast)
    plan = queued(cast)
    made(plan)
    plan_row = Plan.objects.filter(pk=plan.pk)
    plan_row.update(status=PlanStatus.TIMED_OUT, reproducible=False, gap=0.034)
    page = text(sign_in(client, cast.coordinator).get(url("plan", plan.pk)))
    assert "The time ran out. This is the best plan found." in page
    assert "at most 3.4% better" in page
    client.post(url("plan_verify", plan.pk))
    assert "ran out of time: solving it again may give another result" in text(client.get(url("plan_record", plan.pk)))


def test_pinning_from_the_page_plans_again_at_once(cast: Cast, client: Client) -> None:
    other = colleague(cast)
    request = asked(cast)
    plan = ready(cast)
    was = line_of(plan, request).post
    choice = other if was == cast.post else cast.post
    address = url("plan_pair", plan.pk, request.pk, choice.pk)
    sign_in(client, cast.coordinator)
    assert "Enter why" in text(client.post(address, {"kind": "pin"}))
    response = client.post(address, {"kind": "pin", "reason": "The head asked for her"})
    child = Plan.objects.get(parent=plan)
    assert response.url == url("plan", child.pk)
    made(child)
    page = text(client.get(response.url))
    for words in (f"What changed since {plan.reference}", "Another AST", "The head asked for her", "Pinned"):
        assert words in page
    assert f"{child.reference} held against {plan.reference}" in text(client.get(url("plan_compare", child.pk)))


def test_a_pin_against_a_hard_rule_is_refused_on_its_page(cast: Cast, client: Client) -> None:
    request = asked(cast, host=cast.home)
    asked(cast)
    plan = ready(cast)
    address = url("plan_pair", plan.pk, request.pk, cast.post.pk)
    page = text(sign_in(client, cast.coordinator).post(address, {"kind": "pin", "reason": "Handy"}))
    assert "Wren Castellow cannot be pinned to request" in page


def test_what_if_is_kept_beside_the_plan(cast: Cast, client: Client) -> None:
    asked(cast, **TIGHT), asked(cast, **TIGHT)
    plan = ready(cast)
    sign_in(client, cast.coordinator)
    data = {"subject": "mathematics", "school": cast.home.pk, "days": "6"}
    client.post(url("plan_what_if", plan.pk, "one-more"), data)
    client.post(
        url("plan_what_if", plan.pk, "leave"),
        {"post": cast.post.pk, "first": "2026-11-01", "last": "2026-12-31"},
    )
    client.post(url("plan_what_if", plan.pk, "more-days"), {"post": cast.post.pk, "days": "3"})
    more, leave, _days = Plan.objects.filter(kind="what_if").order_by("pk")
    page = text(client.get(url("plan", made(more).pk)))
    assert "What if: One more AST in mathematics and numeracy, at Hollowbrook School" in page
    assert "Accept" not in page
    assert made(leave).lines.count() == 0
    beside = text(client.get(url("plan", plan.pk)))
    assert "Wren Castellow away from 1 November to 31 December 2026" in beside
    assert client.get(url("plan_what_if", plan.pk, "nonsense")).status_code == 404


def test_accepting_from_the_page_looks_twice(cast: Cast, client: Client) -> None:
    colleague(cast)
    first, second = asked(cast), asked(cast)
    plan = ready(cast)
    sign_in(client, cast.coordinator)
    address = url("plan_accept", plan.pk)
    assert client.post(address, {}).url == url("plan", plan.pk)
    line = line_of(plan, first)
    assert "Accept 1 line" in text(client.post(address, {"line": line.pk}))
    assert not Match.objects.exists()
    assert "1 match proposed" in text(client.post(address, {"line": line.pk, "confirm": "1"}))
    assert "Accept 1 line" in text(client.post(address, {"all": "1"}))
    OutreachRequest.objects.filter(pk=second.pk).update(status="withdrawn")
    page = text(client.post(address, {"line": line_of(plan, second).pk, "confirm": "1"}))
    assert "1 line no longer fits" in page
    assert "Withdrawn by the school" in page
    assert "No longer fits" in text(client.get(url("plan", plan.pk)))


def test_r_7_6_the_page_says_what_becomes_of_lines_where_a_group_decides(cast: Cast, client: Client) -> None:
    words = "Lines that it has not decided on become matches that wait for it"
    request = asked(cast)
    plan = ready(cast)
    data = {"line": line_of(plan, request).pk}
    assert words not in text(sign_in(client, cast.coordinator).post(url("plan_accept", plan.pk), data))
    cast.policy.match_decider = "group"
    cast.policy.save()
    assert words in text(client.post(url("plan_accept", plan.pk), data))


def test_r_7_3_choosing_another_ast_from_the_page(cast: Cast, client: Client) -> None:
    other = colleague(cast, home__easting=cast.home.easting + 3000, home__northing=cast.home.northing)
    request = asked(cast)
    plan = ready(cast)
    line = line_of(plan, request)
    choice = other if line.post == cast.post else cast.post
    address = url("plan_line", plan.pk, line.pk)
    sign_in(client, cast.coordinator)
    assert choice.name in text(client.get(address))
    assert "Enter why you choose differently" in text(client.post(address, {"post": choice.pk, "days": "6"}))
    client.post(address, {"post": choice.pk, "days": "6", "reason": "Knows the staff"})
    assert Match.objects.get().post == choice


def test_solving_again_from_the_page(cast: Cast, client: Client) -> None:
    asked(cast)
    plan = ready(cast)
    sign_in(client, cast.coordinator).post(url("plan_verify", plan.pk))
    page = text(client.get(url("plan_record", plan.pk)))
    assert "the result is the same" in page
    assert plan.input_sha256 in page


def test_pages_cost_the_same_for_one_line_and_for_many(cast: Cast, client: Client) -> None:
    asked(cast)
    asked(cast, subject="music")
    few = explained(ready(cast))
    for _ in range(12):
        colleague(cast)
        asked(cast)
        asked(cast, subject="music")
    many = explained(ready(cast))
    sign_in(client, cast.coordinator)
    for name in PAGES:
        client.get(url(name, few.pk))
        costs = []
        for plan in (few, many):
            with CaptureQueriesContext(connection) as queries:
                client.get(url(name, plan.pk))
            costs.append(len(queries))
        assert costs[0] == costs[1] <= 26, name
    with CaptureQueriesContext(connection) as two:
        client.get(url("plans"))
    for _ in range(5):
        queued(cast)
    with CaptureQueriesContext(connection) as seven:
        client.get(url("plans"))
    assert len(two) == len(seven)


def test_r_7_7_unmatched_demand_by_subject_and_phase(cast: Cast, client: Client) -> None:
    for _ in range(5):
        asked(cast)
    asked(cast, subject="music", status="declined", ending="no_expertise")
    asked(cast, subject="music", status="declined", ending="not_needed")
    asked(cast, status="placed")
    rows = demand.unmatched(date(2026, 9, 1))
    assert [(r.subject, r.phase, r.total) for r in rows] == [
        ("Mathematics and numeracy", "Primary", 5),
        ("Music", "Primary", 1),
    ]
    page = text(sign_in(client, cast.officer).get(url("demand")))
    assert "Mathematics and numeracy" in page
    lines = b"".join(client.get(url("demand"), {"export": "csv"}).streaming_content).decode().splitlines()
    assert lines[1] == "Mathematics and numeracy,Primary,5,0,30.00"


# Commands


def test_the_command_prints_the_plan_with_reasons_and_its_proof(cast: Cast) -> None:
    asked(cast, route="inspection", **TIGHT)
    asked(cast, **TIGHT)
    out = StringIO()
    call_command("plan_deployment", "--half-term", "autumn-2026-2", stdout=out)
    printed = out.getvalue()
    assert "Wren Castellow" in printed
    assert "1 could, and are needed elsewhere" in printed
    assert "1 of 2 requests met" in printed
    assert "proved best" in printed
    assert not Plan.objects.exists()
    out = StringIO()
    call_command("plan_deployment", "--term", "autumn-2026", "--json", stdout=out)
    assert json.loads(out.getvalue())["status"] == "proved"
    with pytest.raises(CommandError, match="No such weeks"):
        call_command("plan_deployment", "--year", "1999-00")


def test_the_command_solves_a_stored_plan_again(cast: Cast) -> None:
    asked(cast)
    plan = ready(cast)
    out = StringIO()
    call_command("plan_deployment", "--verify", str(plan.pk), stdout=out)
    assert "the same result" in out.getvalue()


def test_a_seeded_authority_of_60_asts_and_200_requests_is_planned_in_seconds(cast: Cast) -> None:
    assert build(Size(300, 60, 200), seed=1, today=date(2026, 10, 6)) == {"schools": 300, "ASTs": 60, "requests": 200}
    by = User.objects.get(email="planner@marlshire.example")
    plan = plans.create(span=weeks("autumn-2026"), by=by)
    assert work.work(plan.pk)
    plan.refresh_from_db()
    assert plan.status == PlanStatus.READY
    assert plan.outcome["plan"]["cpu_seconds"] < 10
    assert plan.lines.count() + plan.unmet.count() == 200
