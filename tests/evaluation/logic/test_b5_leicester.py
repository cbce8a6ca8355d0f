"""Scenario 5 of the requirements, as one story under the preset: deployment by a group, logic model, four levels."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core import presets
from astcoord.core.problems import Refused
from evaluation.evaluations.actions import deciding
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.reads import levels
from evaluation.logic import actions as logic
from evaluation.logic.models import LogicModel
from evaluation.logic.rules import Step
from evaluation.returns.models import ReturnVisit
from placements.agreement.actions import contracts, placements, progress, protocol, terms
from placements.balances.reads import uses
from placements.consultations import actions as consultations
from placements.consultations.models import Consultation
from placements.endings.actions import completing
from placements.matching.models import Match
from placements.placement.models import Placement
from placements.requests.actions import decisions
from placements.requests.models import OutreachRequest
from schools.calendar.actions import save_year
from schools.calendar.years import default_year
from staff.figures.reads import recruitment
from tests.cast import Cast
from tests.evaluation.evaluations.telling import answers, form_of, hand_in
from tests.evaluation.logic.chains import OUTCOME, agreed, chains
from tests.factories import PostFactory, RequestFactory
from tests.placements import stories
from tests.placements.consultations.test_consultation import SAID
from tests.placements.consultations.test_consultation import part as consulted
from tests.placements.groups.deciding_stories import before, decide, group, held, meeting
from tests.placements.matching.matching_stories import AST, CO, HOME, propose, say

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

LAST_FORTNIGHT = datetime(2027, 2, 10, 9, tzinfo=UTC)
AFTER = datetime(2027, 2, 15, 9, tzinfo=UTC)


@pytest.fixture
def leicester(cast: Cast) -> Cast:
    """Marlshire goes about it as Leicester does."""
    for name, value in presets.settings_of("leicester").items():
        setattr(cast.policy, name, value)
    cast.policy.save()
    save_year(default_year("2027-28"), by=None)
    return cast


def test_b5_leicester_deployment(leicester: Cast, clock: Any) -> None:
    the_year_is_divided(leicester)
    placement = the_group_decides(leicester)
    the_consultation_comes_first(leicester, placement)
    under_contract(leicester, placement)
    the_chain_must_hold(leicester, placement)
    clock.move_to(LAST_FORTNIGHT)
    evaluated_in_the_end(leicester, placement)
    clock.move_to(AFTER)
    completed_and_evaluated_at_once(leicester, placement)
    returned_to(placement)
    the_pool_is_weighed(leicester)


def the_year_is_divided(cast: Cast) -> None:
    """R-4.2: 38 days as 24, 3.5, 2.5 and 5, and 3 that are unallocated."""
    found = [float(use.budget) for use in uses.uses_of(cast.post, cast.year)]
    assert (found, sum(found)) == ([24, 3.5, 2.5, 5, 3], 38)


def the_group_decides(cast: Cast) -> Placement:
    """R-7.6: the request for mathematics goes to the network; the co-ordinator's yes alone is refused."""
    asked: OutreachRequest = RequestFactory(host=cast.host, created_by=cast.host_head)
    decisions.take_up(request=asked, by=cast.coordinator)
    match = propose(cast, asked)
    assert match in Match.objects.visible_to(cast.consultant), "the subject's network sees it"
    say(match, AST, cast.ast)
    say(match, HOME, cast.home_head)
    with pytest.raises(Refused, match="The deployment group decides"):
        say(match, CO, cast.coordinator)
    network = group(cast, name="Mathematics network", kind="network", subjects=("mathematics",))
    meets = before(cast, meeting(cast, network), match)
    with pytest.raises(Refused, match="took place"):
        decide(cast, match)
    held(cast, meets)
    assert not Placement.objects.exists()
    decide(cast, match)
    kept = match.answers.get(party=CO).reason
    assert kept.startswith("Mathematics network on 5 October 2026: Orla Thistlethwaite (mathematics adviser), Rook")
    return Placement.objects.get()


def the_consultation_comes_first(cast: Cast, placement: Placement) -> None:
    """R-8.18, R-15.9: each fills in the own part whole."""
    with pytest.raises(Refused):
        consultations.fill_in(about=placement, side="school", by=cast.host_head, answers={**SAID, "situation": " "})
    for side, by in (("school", cast.host_head), ("ast", cast.ast)):
        told = {name: words for name, words in consulted(side).items() if name != "form_told"}
        consultations.fill_in(about=placement, side=side, by=by, answers=told)
    assert Consultation.objects.get(placement=placement).is_whole


def under_contract(cast: Cast, placement: Placement) -> None:
    """Ten items, terms, one objective, four signatures; then it is under way."""
    protocol.hold_meeting(placement=placement, held_on=stories.MEETING, present=stories.EVERYBODY, by=cast.coordinator)
    for number, answer in stories.item_answers().items():
        protocol.save_item(placement=placement, number=number, by=cast.host_head, **answer)
    protocol.agree_visit(placement=placement, by=cast.home_head)
    terms.save_terms(placement=placement, by=cast.host_head, **stories.TERMS)
    terms.add_objective(placement=placement, by=cast.ast, **stories.OBJECTIVE)
    placement.refresh_from_db()
    stories.everybody_confirms(placement)
    protocol.confirm_protocol(placement=placement, by=cast.coordinator)
    contracts.issue(placement=placement, by=cast.coordinator)
    stories.sign(cast, placement, *stories.PARTIES)
    protocol.send_role_statement(placement=placement, by=cast.coordinator)
    progress.record_circulation(placement=placement, by=cast.host_head, circulated_on=date(2026, 10, 6))
    placements.save_cover(placement=placement, by=cast.home_head, cover=("extra_day",))
    Placement.objects.filter(pk=placement.pk).update(**{"status": "active"})
    placement.refresh_from_db()


def the_chain_must_hold(cast: Cast, placement: Placement) -> None:
    """R-11.7: an outcome without a change is refused; the whole chain is agreed by the school."""
    assert [p.rule for p in logic.before_completed(placement)] == ["R-11.7"]
    bare = chains(placement, Step(1, OUTCOME, "Pupils choose a method"))
    with pytest.raises(Refused, match="to which no change in practice leads"):
        logic.submit(placement=placement, chains=bare, by=cast.ast)
    assert not LogicModel.objects.exists()
    agreed(cast, placement)
    assert logic.before_completed(placement) == []


def evaluated_in_the_end(cast: Cast, placement: Placement) -> None:
    """R-11.3, R-11.5: not on the AST's own view alone; then with the school's."""
    completing.open_final_evaluation(placement=placement, by=None)
    hand_in(form_of(placement, AskedOf.AST), cast.ast)
    own = form_of(placement, AskedOf.COORDINATOR)
    with pytest.raises(Refused, match="never rests on the AST’s own view alone"):
        deciding.conclude(form=own, answers=answers(own), without_reason="", by=cast.coordinator)
    with pytest.raises(Refused):
        completing.complete(placement=placement, by=cast.coordinator)
    hand_in(form_of(placement, AskedOf.HOST_HEAD), cast.host_head)
    for form in Evaluation.objects.filter(kind=EvaluationKind.FINAL, asked_of=AskedOf.SUPPORTED).with_people():
        hand_in(form)
    deciding.conclude(form=own, answers=answers(own), without_reason="", by=cast.coordinator)


def completed_and_evaluated_at_once(cast: Cast, placement: Placement) -> None:
    """R-11.6, R-11.8: asked at once on four levels; a level left empty reads “No evidence”."""
    placement.refresh_from_db()
    completing.complete(placement=placement, by=cast.coordinator)
    form = form_of(placement, AskedOf.HOST_HEAD, EvaluationKind.IMMEDIATE)
    assert [q.level for q in form.sheet.questions[:4]] == [1, 2, 3, 4]
    hand_in(form, cast.host_head, practice="")
    tables = {table.code: table for table in levels.sheet(cast.coordinator, levels.Chosen()).tables}
    assert tables["immediate"].rows[2] == ("3. Behaviour", 1, "No evidence", 1)
    client = Client()
    client.force_login(cast.coordinator)
    assert "No evidence" in client.get(reverse("evaluation:levels")).content.decode()


def returned_to(placement: Placement) -> None:
    """R-11.8, R-11.9: the visit and the second evaluation are scheduled for a term later."""
    visit = ReturnVisit.objects.get(placement=placement)
    assert (visit.term, visit.status) == ("Summer term 2027", "scheduled")
    again = Evaluation.objects.filter(placement=placement, kind=EvaluationKind.RETURN)
    assert {form.opens_on for form in again} == {visit.opens_on}
    assert all(form.levels for form in again)


def the_pool_is_weighed(cast: Cast) -> None:
    """R-14.4, R-7.7: 16 against a target of 50; mathematics is named first."""
    for _ in range(15):
        PostFactory(subjects=("english",))
    sheet = recruitment.sheet(cast.officer, date(2027, 2, 15))
    found = dict(row[:2] for row in sheet.tables[0].rows)
    assert (found["Active"], found["Target"], found["Gap to the target"]) == (16, 50, 34)
    assert "Mathematics" in sheet.lead
