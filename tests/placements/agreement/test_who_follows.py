"""Who follows the work, and whom each objective concerns: asked, printed, signed, changed by a new version (R-8.11)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.presets import settings_of
from astcoord.core.problems import Refused
from placements.agreement.actions import contracts, terms
from placements.agreement.documents.contracts import says_the_same
from placements.agreement.reads.readiness import activation_problems
from placements.changes.actions import asking, deciding
from placements.supported import actions as supported
from placements.supported.models import SupportedStaff
from tests.cast import Cast
from tests.factories import UserFactory
from tests.placements import stories
from tests.placements.changes.changing import signed_by
from tests.schools.pages import boxes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

INSPECTOR = stories.TERMS["inspector_name"]
NOBODY = {"inspector_name": "", "inspector_role": ""}


def saved(client: Client, user: Any, page: str, *args: Any, query: str = "") -> str:
    client.force_login(user)
    found: bytes = client.get(reverse(f"placements:{page}", args=args) + query).content
    return found.decode()


def follows(placement: Any) -> Any:
    return stories.in_force(placement).document.facts["follows"]


def another_person(placement: Any) -> SupportedStaff:
    return SupportedStaff.objects.create(
        placement=placement, name="Moss Fenwick", kind="teacher", selection="self", email="moss@fernleigh.example"
    )


def test_r_8_11_croydon_issues_no_contract_without_a_senior_inspector(client: Client, cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    stories.everybody_confirms(placement)
    terms.save_terms(placement=placement, by=cast.host_head, **NOBODY)
    stories.protocol.confirm_protocol(placement=placement, by=cast.coordinator)
    client.force_login(cast.coordinator)
    page = client.post(reverse("placements:contract_issue", args=[placement.pk]), {"reason": ""}).content.decode()
    assert "Enter the name of the senior education inspector" in page
    assert "inspector" in [p.code for p in activation_problems(placement, today())]
    assert not placement.contracts.exists()


def test_r_8_11_the_terms_page_asks_who_follows_and_the_contract_names_both(client: Client, cast: Cast) -> None:
    placement = stories.ready(cast)
    page = saved(client, cast.host_head, "placement_terms", placement.pk)
    assert "Which co-ordinator follows the work?" in page
    assert f'value="{INSPECTOR}"' in page
    draft = saved(client, cast.ast, "contract_draft_pdf", placement.pk)
    assert INSPECTOR in draft
    contracts.issue(placement=placement, by=cast.coordinator)
    stories.sign(cast, placement, *stories.PARTIES)
    for query in ("", "?issued"):
        paper = saved(client, cast.home_head, "contract_pdf", placement.pk, 1, query=query)
        for who in (cast.coordinator.name, f"{INSPECTOR}, {stories.TERMS['inspector_role']}"):
            assert who in paper.split("Who follows the work")[1].split("</table>")[0]
    assert INSPECTOR in saved(client, cast.home_head, "contract", placement.pk)


def test_r_8_11_the_blank_has_room_for_who_follows_and_for_whom_an_objective_concerns(
    client: Client, cast: Cast
) -> None:
    placement = stories.opened(cast)
    paper = saved(client, cast.ast, "contract_draft_pdf", placement.pk, query="?blank")
    assert '<th scope="row">Senior education inspector</th><td></td>' in paper
    assert paper.count('<th scope="row">Whom it concerns</th><td></td>') == 3
    Policy.objects.create(valid_from=today(), **settings_of("leeds"))
    assert "inspector" not in saved(client, cast.ast, "contract_draft_pdf", placement.pk, query="?blank")


def test_c16_the_terms_ask_for_an_inspector_only_where_the_policy_has_one(client: Client, cast: Cast) -> None:
    placement = stories.ready(cast)
    type(placement).objects.filter(pk=placement.pk).update(**NOBODY)
    assert "inspector" in saved(client, cast.host_head, "placement_terms", placement.pk)
    Policy.objects.create(valid_from=today(), **{**settings_of("croydon"), "senior_inspector": False})
    page = saved(client, cast.host_head, "placement_terms", placement.pk)
    assert "Which co-ordinator follows the work?" in page
    assert "inspector" not in page
    url = reverse("placements:placement_terms", args=[placement.pk])
    form = client.get(url).context["form"]
    sent = {f.html_name: f.value() for f in form if f.name not in ("starts_on", "ends_on") and f.value() is not None}
    days = boxes("starts_on", placement.starts_on) | boxes("ends_on", placement.ends_on)
    assert client.post(url, {**sent, **days, "focus": "Both plan together."}).status_code == 302
    placement.refresh_from_db()
    assert placement.focus == "Both plan together."
    terms.save_terms(placement=placement, by=cast.host_head, inspector_name="Ivy Marlow", inspector_role="Adviser")
    assert "Ivy Marlow" in saved(client, cast.host_head, "placement_terms", placement.pk), "who is named can be removed"


def test_c16_a_change_asks_for_an_inspector_where_the_contract_was_signed_under_one(client: Client, cast: Cast) -> None:
    placement = stories.active(cast)
    Policy.objects.create(valid_from=today(), **settings_of("leeds"))
    type(placement).objects.filter(pk=placement.pk).update(**NOBODY)
    assert "inspector" in saved(client, cast.ast, "change_new", placement.pk)


def test_c16_a_change_of_a_contract_without_one_does_not_ask(client: Client, cast: Cast) -> None:
    Policy.objects.filter(pk=cast.policy.pk).update(senior_inspector=False)
    placement = stories.active(cast)
    type(placement).objects.filter(pk=placement.pk).update(**NOBODY)
    Policy.objects.create(valid_from=today(), **settings_of("croydon"))
    assert "inspector" not in saved(client, cast.ast, "change_new", placement.pk)


def test_r_8_11_a_contract_of_a_policy_that_asks_none_is_not_held_up_by_a_newer_one(cast: Cast) -> None:
    Policy.objects.filter(pk=cast.policy.pk).update(senior_inspector=False)
    placement = stories.ready(cast)
    type(placement).objects.filter(pk=placement.pk).update(**NOBODY)
    placement.refresh_from_db()
    contracts.issue(placement=placement, by=cast.coordinator)
    Policy.objects.create(valid_from=today(), **settings_of("croydon"))
    assert "inspector" not in [p.code for p in activation_problems(placement, today())]
    assert follows(placement) == [["AST co-ordinator", cast.coordinator.name]]


def test_r_8_12_another_who_follows_is_a_new_version_and_voids_signatures(cast: Cast) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "ast")
    other = UserFactory(name="Hazel Thornbury")
    other.roles.create(role="coordinator", starts_on=date(2026, 1, 1))
    terms.save_terms(placement=placement, by=cast.coordinator, monitor=other)
    version = stories.in_force(placement)
    assert (version.number, version.signatures.count()) == (2, 0)
    assert follows(placement)[0] == ["AST co-ordinator", "Hazel Thornbury"]


def test_r_8_12_of_a_contract_in_force_who_follows_is_changed_by_a_version_that_all_sign(cast: Cast) -> None:
    placement = stories.active(cast)
    with pytest.raises(Refused, match="inspector"):
        asking.propose_change(placement=placement, by=cast.ast, reason="They left.", **NOBODY)
    amendment = asking.propose_change(
        placement=placement, by=cast.ast, reason="They left.", inspector_name="Ivy Marlow"
    )
    amendment = deciding.offer(amendment=amendment, by=cast.coordinator)
    (row,) = amendment.version.document.facts["changes"]
    assert row[0] == "Who follows the work"
    assert INSPECTOR in row[1]
    assert "Ivy Marlow" in row[2]
    signed_by(cast, amendment, *stories.PARTIES)
    placement.refresh_from_db()
    assert placement.inspector_name == "Ivy Marlow"


def test_r_8_11_the_contract_says_by_initials_whom_each_objective_concerns(client: Client, cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    person = another_person(placement)
    terms.add_objective(placement=placement, by=cast.ast, people=[person], **stories.OBJECTIVE)
    stories.everybody_confirms(placement)
    stories.protocol.confirm_protocol(placement=placement, by=cast.coordinator)
    contracts.issue(placement=placement, by=cast.coordinator)
    first, second = stories.in_force(placement).document.facts["objectives"]
    assert (first["concerns"], second["concerns"]) == (["Everybody supported"], ["M.F."])
    page = saved(client, cast.home_head, "contract", placement.pk)
    assert "Concerns: M.F." in page
    assert "Fenwick" not in page

    supported.withdraw(person=person)  # changes no terms
    assert contracts.issue_if_changed(placement=placement, by=cast.coordinator, change="nothing") is None
    terms.change_objective(objective=placement.objectives.get(number=2), by=cast.coordinator, people=[])
    assert stories.in_force(placement).number == 2


def test_r_8_11_what_an_older_contract_did_not_state_is_no_change() -> None:
    words = {**stories.OBJECTIVE, "number": 1}
    now = {"staff": [], "objectives": [{**words, "concerns": ["Everybody supported"]}], "follows": []}
    assert says_the_same({"staff": [], "objectives": [words]}, now)
    named = {**now, "follows": [["AST co-ordinator", "Hazel Thornbury"]]}
    assert not says_the_same({"staff": [], "objectives": [words]}, named)
