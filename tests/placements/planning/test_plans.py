"""Deployment plans: what goes in, what the worker does, and what is kept (R-4.x, R-7.1, R-7.2; issue 4.3 and 4.5)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from astcoord.core.clock import today
from astcoord.core.problems import Refused
from placements.allocation import kept
from placements.allocation.plan.canonical import restore
from placements.allocation.plan.changes import AddAst
from placements.allocation.plan.problem import Pair, PlanProblem
from placements.allocation.plan.result import Progress
from placements.allocation.plan.solve import plan as solve
from placements.allocation.plan.whatif import newcomer
from placements.days import ledger
from placements.matching import actions as matches
from placements.planning.actions import explain, plans, verify, work
from placements.planning.lifecycle import PlanStatus
from placements.planning.models import Plan, PlanLine, PlanNote, PlanPair, PlanUnmet
from placements.planning.reads.problem import gather
from placements.planning.reads.supply import SUMMER
from placements.requests.lifecycle import Situation
from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear
from schools.calendar.years import default_year
from schools.register.models import SchoolStatus
from tests.cast import Cast
from tests.factories import PriorityFactory, RequestFactory, SchoolFactory
from tests.placements.active import active
from tests.placements.planning.plan_stories import asked, colleague, line_of, made, pairs, queued, ready, weeks

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 6)


def problem(slug: str = "autumn-2026-2", **facts: object) -> PlanProblem:
    return gather(weeks(slug), TODAY, **facts).problem


# What goes in


def test_r_7_1_gathering_costs_the_same_for_one_and_for_thirty(cast: Cast) -> None:
    asked(cast)
    with CaptureQueriesContext(connection) as one:
        problem()
    for _ in range(30):
        asked(cast)
        colleague(cast)
    with CaptureQueriesContext(connection) as many:
        found = problem()
    assert len(found.demands) == 31
    assert len(found.supplies) == 31
    assert len(many) == len(one) <= 26


def test_r_5_7_and_r_6_9_what_cannot_be_proposed_is_left_out_with_its_reason(cast: Cast) -> None:
    fine = asked(cast)
    unconfirmed = asked(cast, confirmed_by=None)
    in_category = asked(cast)
    SchoolStatus.objects.create(
        school=in_category.host, kind="category", name="special_measures", starts_on=date(2026, 1, 1)
    )
    in_programme = asked(cast)
    SchoolStatus.objects.create(
        school=in_programme.host, kind="programme", name="challenging_circumstances", starts_on=date(2026, 1, 1)
    )
    serious = asked(cast)
    serious.staff.update(situation=Situation.SERIOUS)
    found = gather(weeks(), TODAY)
    assert [a.request for a in found.problem.demands] == [fine.pk, serious.pk], "as if nothing were declared"
    why = dict(found.left_out)
    assert set(why) == {unconfirmed.pk, in_category.pk, in_programme.pk}
    assert "confirmed" in why[unconfirmed.pk]
    assert "realistic" in why[in_programme.pk]


def test_r_6_9_with_its_statement_a_flagged_school_comes_first(cast: Cast) -> None:
    plain = asked(cast)
    serves = asked(cast, priorities=[PriorityFactory()])
    flagged = asked(cast, realism="Six days are enough for two teachers.")
    SchoolStatus.objects.create(
        school=flagged.host, kind="programme", name="challenging_circumstances", starts_on=date(2026, 1, 1)
    )
    assert {a.request: a.priority for a in problem().demands} == {plain.pk: 4, serves.pk: 3, flagged.pk: 2}


def test_requests_belong_to_the_weeks_in_which_they_begin(cast: Cast) -> None:
    now = asked(cast)
    later = asked(cast, wanted_from=date(2027, 1, 4), wanted_until=date(2027, 2, 12))
    over = asked(cast, wanted_from=date(2026, 9, 7), wanted_until=date(2026, 10, 2))
    found = gather(weeks("autumn-2026"), TODAY)
    assert [a.request for a in found.problem.demands] == [now.pk]
    assert dict(found.left_out)[over.pk].startswith("The weeks asked for have passed")
    assert [a.request for a in problem("2026-27").demands] == [now.pk, later.pk]


def test_a_request_that_may_still_be_met_is_not_told_that_its_weeks_have_passed(cast: Cast) -> None:
    this_term = asked(cast, wanted_from=date(2026, 11, 2), wanted_until=date(2026, 12, 11))
    found = gather(weeks("spring-2027"), TODAY)
    assert dict(found.left_out)[this_term.pk].startswith("Wanted before this plan begins")


def test_r_4_11_promises_and_dated_days_are_not_given_twice(cast: Cast) -> None:
    first, second = asked(cast), asked(cast)
    matches.propose(request=first, post=cast.post, days=Decimal(6), by=cast.coordinator)
    (supply,) = problem().supplies
    (promise,) = supply.facts.undated
    assert promise.quarters == 24
    assert supply.facts.committed == 24
    assert [a.request for a in problem().demands] == [second.pk]
    assert ledger.balance(cast.post, cast.year).promised == 6


def test_r_4_11_requests_over_the_summer_are_judged_by_both_years(cast: Cast) -> None:
    save_year(default_year("2027-28"), by=None)
    year = AcademicYear.objects.get(slug="2027-28")
    ledger.open_budget(cast.post, year)
    ledger.write("contract", active(cast, days=Decimal(1)), Decimal(36), on=year.starts_on, by=cast.coordinator)
    span = {"wanted_from": date(2027, 6, 21), "wanted_until": date(2027, 10, 8)}  # two days are left after the summer
    spring = {"wanted_from": date(2027, 4, 26), "wanted_until": date(2027, 6, 18)}
    both, within = asked(cast, days=Decimal(10), **span), asked(cast, **spring)
    with time_machine.travel(datetime(2027, 4, 20, 9, tzinfo=UTC)):
        found = gather(weeks("summer-2027"), today()).problem
    assert {demand.request: demand.category for demand in found.demands} == {both.pk: SUMMER, within.pk: ""}
    (supply,) = found.supplies
    assert supply.rooms == ((SUMMER, 17),)  # 4.25 days, as the match may be proposed
    assert {(made.request, made.post) for made in solve(found).assignments} <= {(within.pk, cast.post.pk)}


def test_r_4_2_where_the_year_is_divided_placements_draw_on_their_part(cast: Cast) -> None:
    asked(cast)
    cast.policy.budget_categories = [["Deployment by the authority", "24"], ["CPD", "3.5"]]
    cast.policy.save()
    (supply,) = problem().supplies
    assert supply.rooms == (("", 96),)


def test_r_4_4_and_r_4_5_policy_shapes_the_rules(cast: Cast) -> None:
    asked(cast)
    cast.policy.placement_pattern = "block"
    cast.policy.cap_mode = "half_term_average"
    cast.policy.save()
    found = problem()
    assert found.rules.blocks
    assert found.horizon.averaged


def test_a_refusal_is_not_proposed_again(cast: Cast) -> None:
    request = asked(cast)
    match = matches.propose(request=request, post=cast.post, days=Decimal(6), by=cast.coordinator)
    matches.answer(match=match, party="ast", yes=False, by=cast.ast, reason="Too far")
    (supply,) = problem().supplies
    assert supply.declined == {request.pk}
    plan = ready(cast)
    assert not plan.lines.exists()
    assert plan.unmet.get().request == request


# The worker


def test_r_7_1_the_best_plan_with_its_proof(cast: Cast) -> None:
    """One AST, seven Tuesdays until Christmas and six after: two requests fit, three do not."""
    urgent = asked(cast, route="inspection", wanted_until=date(2026, 12, 18))
    waited = asked(cast, wanted_until=date(2026, 12, 18), submitted_at=datetime(2026, 6, 1, tzinfo=UTC))
    plan = ready(cast)
    assert plan.status == PlanStatus.READY
    assert pairs(plan) == {(urgent.pk, cast.post.pk)}
    assert plan.unmet.get().request == waited
    assert plan.gap == 0
    assert plan.reproducible
    assert plan.verdict == []
    assert plan.solver["name"] == "HiGHS"
    assert [level["met"] == level["bound"] for level in plan.levels] == [True, True]
    line = line_of(plan, urgent)
    assert line.days == 6
    assert sum(line.by_half_term.values()) == 24
    assert all(date.fromisoformat(on).weekday() == 1 for on, _ in line.dates)


def test_only_the_coordinator_plans(cast: Cast) -> None:
    asked(cast)
    for user in (cast.administrator, cast.officer, cast.host_head):
        with pytest.raises(PermissionDenied):
            plans.create(span=weeks(), by=user)
    plan = queued(cast)
    with pytest.raises(PermissionDenied):
        plans.cancel(plan=plan, by=cast.administrator)


def test_nothing_to_plan_is_said_before_anything_is_queued(cast: Cast) -> None:
    with pytest.raises(Refused, match="No request"):
        queued(cast)
    assert not Plan.objects.exists()


def test_working_twice_makes_one_plan(cast: Cast) -> None:
    asked(cast)
    plan = ready(cast)
    assert not work.work(plan.pk)
    assert plan.lines.count() == 1


def test_a_cancelled_plan_is_not_made_and_a_running_one_stops(cast: Cast) -> None:
    asked(cast)
    plan = queued(cast)
    plans.cancel(plan=plan, by=cast.coordinator)
    assert not work.work(plan.pk)

    running = work.claim(queued(cast).pk)
    assert running is not None
    pulse = work.Pulse(running)
    assert not pulse.cancelled()
    plans.cancel(plan=Plan.objects.get(pk=running.pk), by=cast.coordinator)
    pulse.last = 0
    assert pulse.cancelled()
    stored = restore(running.input)
    assert not work.finish(running, problem=stored, made=solve(stored, canonical=True))
    assert not PlanLine.objects.exists()


def test_progress_is_written_once_a_second_at_most(cast: Cast) -> None:
    asked(cast)
    row = work.claim(queued(cast).pk)
    assert row is not None
    pulse = work.Pulse(row)
    pulse.progress(Progress(1, 2, "solving", 10, 20))
    with CaptureQueriesContext(connection) as queries:
        for _ in range(50):
            pulse.progress(Progress(2, 2, "solving", 11, 20))
    assert len(queries) == 0
    row.refresh_from_db()
    assert row.progress == {"part": 1, "parts": 2, "stage": "solving", "value": 10, "bound": 20}


def test_a_dead_worker_loses_its_plan_and_the_next_one_makes_it(cast: Cast) -> None:
    asked(cast)
    dead = work.claim(queued(cast).pk)
    assert dead is not None
    assert work.look_after() == []
    Plan.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert work.look_after() == [dead.pk]
    plan = made(Plan.objects.get(pk=dead.pk))
    assert plan.attempt == 2
    assert not work.finish(dead, problem=restore(dead.input), made=kept.from_json(plan.outcome))
    assert plan.lines.count() == 1


def test_after_three_silent_attempts_the_plan_fails(cast: Cast) -> None:
    asked(cast)
    plan = queued(cast)
    for _ in range(3):
        work.claim(plan.pk)
        Plan.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        work.look_after()
    plan.refresh_from_db()
    assert plan.status == PlanStatus.FAILED
    assert "silent" in plan.problem


def test_a_fault_in_the_program_fails_the_plan_with_words(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(cast)
    plan = queued(cast)
    monkeypatch.setattr(work, "restore", lambda text: 1 / 0)
    assert not work.work(plan.pk)
    plan.refresh_from_db()
    assert plan.status == PlanStatus.FAILED
    assert plan.problem == work.FAULT


# Pins, bans, what-ifs


def test_a_pin_and_a_ban_make_a_new_plan_and_leave_the_old_one(cast: Cast) -> None:
    other = colleague(cast)
    first, _second = asked(cast), asked(cast)
    plan = ready(cast)
    was = next(post for request, post in pairs(plan) if request == first.pk)
    ban = plans.NewPair(PlanPair.Kind.FORBID, first, cast.post if was == cast.post.pk else other, "Knows the staff")
    child = made(plans.replan(plan=plan, by=cast.coordinator, pair=ban))
    assert (first.pk, was) in pairs(plan)
    assert (first.pk, was) not in pairs(child)
    assert child.parent == plan
    pair = child.pairs.get()
    assert (pair.reason, pair.by) == ("Knows the staff", cast.coordinator)
    grandchild = made(plans.replan(plan=child, by=cast.coordinator))
    assert grandchild.pairs.get().at == pair.at


def test_r_7_2_pins_that_contradict_are_refused_with_names_before_queuing(cast: Cast) -> None:
    request = asked(cast, host=cast.home)
    asked(cast)
    plan = ready(cast)
    pin = plans.NewPair(PlanPair.Kind.PIN, request, cast.post, "Asked for")
    with pytest.raises(Refused, match="Wren Castellow cannot be pinned to request R"):
        plans.replan(plan=plan, by=cast.coordinator, pair=pin)
    assert Plan.objects.count() == 1


def test_pins_that_do_not_fit_together_are_refused(cast: Cast) -> None:
    tight = {"wanted_until": date(2026, 12, 18)}
    first, second = asked(cast, **tight), asked(cast, **tight)
    plan = ready(cast)
    plan = made(plans.replan(plan=plan, by=cast.coordinator, pair=plans.NewPair("pin", first, cast.post, "Promised")))
    with pytest.raises(Refused, match="not enough days"):
        plans.replan(plan=plan, by=cast.coordinator, pair=plans.NewPair("pin", second, cast.post, "Promised"))


def test_a_what_if_never_touches_the_real_plan(cast: Cast) -> None:
    tight = {"wanted_until": date(2026, 12, 18)}
    asked(cast, **tight)
    asked(cast, **tight)
    plan = ready(cast)
    before = Plan.objects.filter(pk=plan.pk).values().get()
    stored = restore(plan.input)

    supply = newcomer(stored, kept.from_json(plan.outcome), "mathematics", 24)
    said = {"text": "One more AST in mathematics", "post": supply.post, "name": "One more AST in mathematics"}
    what_if = made(plans.what_if(plan=plan, changes=[AddAst(supply)], said=[said], by=cast.coordinator))
    assert what_if.lines.count() == 2
    assert what_if.lines.get(post=None).newcomer == "One more AST in mathematics"
    assert Plan.objects.filter(pk=plan.pk).values().get() == before
    assert not what_if.acceptable


# What is kept


def test_the_result_is_written_once(cast: Cast) -> None:
    asked(cast)
    plan = ready(cast)
    plan.gap = 0.5
    with pytest.raises(TypeError, match="once"):
        plan.save(update_fields=["gap"])
    with pytest.raises(TypeError):
        plan.save()
    line = plan.lines.get()
    with pytest.raises(TypeError):
        line.save()


def test_solving_again_from_the_stored_input_gives_the_same(cast: Cast) -> None:
    colleague(cast)
    for _ in range(3):
        asked(cast)
    plan = ready(cast)
    assert verify.verify(plan=plan, by=cast.coordinator) == ()
    Plan.objects.filter(pk=plan.pk).update(input=plan.input.replace('"quarters":24', '"quarters":20'))
    plan.refresh_from_db()
    assert verify.verify(plan=plan, by=cast.coordinator) == ("the stored input was changed",)


def test_a_plan_comes_back_whole_from_what_is_kept(cast: Cast) -> None:
    asked(cast)
    plan = ready(cast)
    again = kept.from_json(plan.outcome)
    assert again.pairs == {Pair(*key) for key in pairs(plan)}
    assert all(stage.name for stage in again.stages)


def test_explanations_come_bit_by_bit_and_once(cast: Cast) -> None:
    tight = {"wanted_until": date(2026, 12, 18)}
    met, unmet = asked(cast, route="inspection", **tight), asked(cast, **tight)
    nobody = RequestFactory(host=SchoolFactory(), subject="music", created_by=cast.host_head)
    plan = ready(cast)
    assert explain.unexplained() == [plan.pk]
    rounds = 0
    while explain.explain_some(plan.pk, seconds=0):
        rounds += 1
    assert rounds >= 3
    assert explain.unexplained() == []
    assert not explain.explain_some(plan.pk)
    notes = {n.request_id: n.facts for n in PlanNote.objects.filter(request__isnull=False)}
    assert set(notes) == {met.pk, unmet.pk, nobody.pk}
    assert notes[unmet.pk]["cost"]["lost"] == [met.pk]
    assert notes[met.pk]["chosen"][0]["place"] == 1
    assert PlanUnmet.objects.get(request=nobody).able == 0
    assert set(PlanNote.objects.exclude(subject="").values_list("subject", flat=True)) == {"mathematics", "music"}


def test_explanations_make_way_for_a_plan_that_somebody_watches(cast: Cast) -> None:
    for _ in range(3):
        asked(cast)
    plan = ready(cast)
    watched = queued(cast)
    assert explain.explain_some(plan.pk)
    assert PlanNote.objects.count() == 1
    made(watched)
    assert not explain.explain_some(plan.pk)
