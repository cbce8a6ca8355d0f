"""Logic models: written, submitted, agreed, replaced; who reads what (R-11.7, R-15.9, section G)."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import documents as papers
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from astcoord.ui.meanwhile import CHANGED
from evaluation.evaluations import documents
from evaluation.evaluations.actions import asking, deciding
from evaluation.logic import actions
from evaluation.logic.models import LogicModel
from evaluation.logic.rules import Step
from evaluation.reviews.wording import CONTRIBUTION
from placements.placement.models import Placement
from placements.supported import links
from tests.cast import Cast
from tests.drawn import drawn
from tests.evaluation.evaluations import telling
from tests.evaluation.logic.chains import CAUSE, CHANGE, OUTCOME, WHOLE, agreed, chains, posted, submitted

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: Any, name: str, pk: int, status: int = 200) -> str:
    response = client_of(user).get(reverse(f"evaluation:{name}", args=[pk]))
    assert response.status_code == status, response.status_code
    return response.content.decode()


def write(user: Any, placement: Placement, data: dict[str, str]) -> Any:
    return client_of(user).post(reverse("evaluation:logic_write", args=[placement.pk]), data)


def test_r_11_7_given_an_outcome_with_no_change_linked_when_submitted_then_an_error(
    cast: Cast, levels: Placement
) -> None:
    told = write(cast.ast, levels, posted(levels, Step(1, OUTCOME, "More pupils explain"))).content.decode()
    assert "is an outcome to which no change in practice leads" in told
    assert 'href="#id_text_1"' in told
    assert not LogicModel.objects.exists(), "nothing is half saved"


def test_r_11_7_a_draft_may_be_half_done_and_grows_rows(cast: Cast, levels: Placement) -> None:
    assert "Write the logic model" in page(cast.ast, "logic_model", levels.pk)
    write(cast.ast, levels, posted(levels, Step(8, CHANGE, "Ἀγάπη 教師が理由を尋ねる"), draft="1"))
    found = LogicModel.objects.get()
    assert (found.version, found.status, found.steps.get().number) == (1, "draft", 8)
    again = page(cast.host_head, "logic_write", levels.pk)
    assert "Ἀγάπη 教師が理由を尋ねる" in again
    assert "Step 12 in words" in again
    assert AuditEvent.objects.about(found).get(verb="logic model: version 1 begun").by == cast.ast


def test_r_11_7_submitted_and_agreed_on_the_first_page(cast: Cast, quick_print: None, levels: Placement) -> None:
    write(cast.ast, levels, posted(levels))
    found = LogicModel.objects.get()
    assert (found.status, found.submitted_by) == ("submitted", cast.ast)
    assert [each.objectives.count() for each in found.steps.all()] == [3, 0, 0]
    home = client_of(cast.host_head)
    assert "Agree the logic model, or return it" in home.get("/").content.decode()
    assert page(cast.ast, "logic_write", levels.pk, status=403)
    url = reverse("evaluation:logic_decide", args=[found.pk])
    assert "Enter the reason" in home.post(url, {"decision": "return"}).content.decode()
    home.post(url, {"decision": "return", "return_reason": "Which lessons?"})
    assert "Which lessons?" in page(cast.ast, "logic_write", levels.pk)
    write(cast.ast, levels, posted(levels))
    home.post(url, {"decision": "agree"})
    found.refresh_from_db()
    assert (found.status, found.agreed_by, found.return_reason) == ("agreed", cast.host_head, "")
    assert "What leads to what" in page(cast.consultant, "logic_model", levels.pk)


def test_r_11_7_sending_twice_makes_one(cast: Cast, levels: Placement) -> None:
    write(cast.ast, levels, posted(levels))
    assert write(cast.ast, levels, posted(levels)).status_code == 403
    assert LogicModel.objects.count() == 1
    with pytest.raises(Refused, match="no longer possible"):
        submitted(cast, levels)


def test_r_11_7_changed_half_way_is_a_later_version_and_the_history_is_kept(cast: Cast, levels: Placement) -> None:
    first = agreed(cast, levels)
    longer = (*WHOLE, Step(4, CAUSE, "Later", 2))
    second = actions.save_draft(placement=levels, chains=chains(levels, *longer), by=cast.ast)
    first.refresh_from_db()
    assert (first.status, second.version) == ("agreed", 2), "the agreed one holds on"
    submitted(cast, levels, *longer)
    actions.agree(model=second, by=cast.coordinator)
    first.refresh_from_db()
    assert (first.status, first.steps.count()) == ("replaced", 3)
    assert "Later" in page(cast.host_head, "logic_model", levels.pk)
    assert "Version 1" in page(cast.host_head, "logic_model", levels.pk)
    assert "Later" not in page(cast.host_head, "logic_version", first.pk)


def test_r_17_10_of_two_people_at_one_draft_nobody_undoes_the_other(cast: Cast, levels: Placement) -> None:
    write(cast.ast, levels, posted(levels, draft="1"))
    theirs = client_of(cast.host_head)
    url = reverse("evaluation:logic_write", args=[levels.pk])
    shown = dict(drawn(theirs.get(url).content.decode())[0][1])
    write(cast.ast, levels, posted(levels, Step(1, OUTCOME, "Another outcome"), *WHOLE[1:], draft="1"))
    sent = {name: values[-1] for name, values in shown.items() if values}
    told = theirs.post(url, {**sent, "text_1": "Mine", "draft": "1"}).content.decode()
    assert CHANGED in told


def test_r_11_7_complete_only_with_its_logic_model_submitted(cast: Cast, placement: Placement) -> None:
    assert actions.before_completed(placement) == [], "the policy asks for none"


def test_r_11_7_under_four_levels_complete_only_with_it(cast: Cast, levels: Placement) -> None:
    assert [p.field for p in actions.before_completed(levels)] == ["ast"]
    submitted(cast, levels)
    assert actions.before_completed(levels) == []


def test_g_who_reads_what(cast: Cast, levels: Placement) -> None:
    found = submitted(cast, levels)
    for user in (cast.coordinator, cast.administrator, cast.host_head, cast.ast, cast.consultant):
        assert "Teachers ask for reasons" in page(user, "logic_version", found.pk)
    for user in (cast.home_head, cast.officer):
        assert "once they have been agreed" in page(user, "logic_model", levels.pk)
        assert page(user, "logic_version", found.pk, status=404)
    actions.agree(model=found, by=cast.host_head)
    for user in (cast.home_head, cast.officer):
        told = page(user, "logic_model", levels.pk)
        assert "More pupils explain their method" in told
        assert "Teachers ask for reasons" not in told
        assert "Model lessons" not in told
    assert page(cast.outsider, "logic_version", found.pk, status=404)
    assert page(cast.chair, "logic_model", levels.pk, status=403)


def test_g_names_are_held_back(cast: Cast, levels: Placement) -> None:
    name = levels.supported.first().name  # type: ignore[union-attr]
    found = agreed(cast, levels, Step(1, OUTCOME, f"{name} and pupils explain"), *WHOLE[1:])
    assert name in page(cast.host_head, "logic_version", found.pk)
    for user in (cast.home_head, cast.officer, cast.consultant):
        assert name not in page(user, "logic_version", found.pk)


def test_g_somebody_supported_reads_the_agreed_one_by_the_own_link(cast: Cast, levels: Placement) -> None:
    first, second = telling.with_addresses(levels)
    token = links.token_for(first)
    url = reverse("evaluation:logic_for_person", args=[token])
    submitted(cast, levels, Step(1, OUTCOME, f"{second.name} and {first.name} explain"), *WHOLE[1:])
    assert "No logic model has been agreed" in Client().get(url).content.decode()
    actions.agree(model=LogicModel.objects.get(), by=cast.host_head)
    told = Client().get(url).content.decode()
    assert first.name in told
    assert second.name not in told
    assert "Model lessons" in told
    assert url in Client().get(reverse("placements:supported_form", args=[token])).content.decode()


def test_g_who_writes_and_who_decides(cast: Cast, levels: Placement) -> None:
    for user in (cast.host_head, cast.home_head, cast.consultant, cast.officer, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.save_draft(placement=levels, chains=chains(levels), by=user)
    actions.save_draft(placement=levels, chains=chains(levels), by=cast.administrator)
    found = submitted(cast, levels, by=cast.host_head)
    for user in (cast.ast, cast.administrator, cast.home_head):
        with pytest.raises(PermissionDenied):
            actions.agree(model=found, by=user)
    actions.agree(model=found, by=cast.coordinator)


def test_without_four_levels_nobody_is_asked_for_one(cast: Cast, placement: Placement) -> None:
    with pytest.raises(PermissionDenied):
        actions.save_draft(placement=placement, chains=chains(placement), by=cast.ast)
    assert "Write the logic model" not in page(cast.ast, "logic_model", placement.pk)
    detail = reverse("placements:placement_detail", args=[placement.pk])
    assert "Logic model" not in client_of(cast.ast).get(detail).content.decode()


def test_the_placement_leads_to_it(cast: Cast, levels: Placement) -> None:
    detail = reverse("placements:placement_detail", args=[levels.pk])
    assert "Logic model" in client_of(cast.ast).get(detail).content.decode()
    assert "what is to lead to what" not in page(cast.ast, "placement_evaluations", levels.pk)
    agreed(cast, levels)
    assert "what is to lead to what" in page(cast.ast, "placement_evaluations", levels.pk)


def test_r_15_10_the_final_paper_holds_the_agreed_logic_model(cast: Cast, levels: Placement) -> None:
    asking.ask_final(levels)
    assert documents.final_facts(levels)["logic"] == []
    agreed(cast, levels)
    rows = documents.final_facts(levels)["logic"]
    assert rows[0] == [1, "Desired outcome", "More pupils explain their method", "", "1, 2 and 3"]
    assert rows[2][3] == "Step 2"


def test_a_page_of_thirty_steps_asks_no_more(cast: Cast, levels: Placement, django_assert_max_num_queries: Any) -> None:
    many = [Step(n, CAUSE, f"Day {n}", 2) for n in range(4, 34)]
    found = submitted(cast, levels, *WHOLE, *many)
    client = client_of(cast.host_head)
    with django_assert_max_num_queries(15):
        told = client.get(reverse("evaluation:logic_version", args=[found.pk])).content.decode()
    assert "Day 33" in told


def test_the_database_keeps_one_open_and_one_agreed(cast: Cast, levels: Placement) -> None:
    agreed(cast, levels)
    for status in ("draft", "agreed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            LogicModel.objects.create(placement=levels, version=1, status=status)
    actions.save_draft(placement=levels, chains=chains(levels), by=cast.ast)
    with pytest.raises(IntegrityError), transaction.atomic():
        LogicModel.objects.create(placement=levels, version=9, status="draft")


def test_wrong_input_is_told_at_its_field(cast: Cast, levels: Placement) -> None:
    told = write(cast.ast, levels, {"leads_1": "77", "kind_2": "nonsense", "text_3": "x" * 300}).content.decode()
    for name in ("leads_1", "kind_2", "text_3"):
        assert f'href="#id_{name}"' in told


def test_r_15_10_the_agreed_logic_model_is_printed_with_the_final_evaluation(cast: Cast, levels: Placement) -> None:
    agreed(cast, levels)
    telling.concluded(cast, levels)
    frozen = deciding.final_paper(levels)
    assert frozen is not None
    told = " ".join(" ".join(each.extract_text() for each in PdfReader(BytesIO(papers.pdf(frozen))).pages).split())
    for words in ("The logic model", "Teachers ask for reasons", "Model lessons with talk partners", CONTRIBUTION):
        assert words in told
    for number in (1, 2, 3):
        assert f"Objective {number}: Reached" in told
