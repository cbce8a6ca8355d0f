"""Changes and extensions through the pages: who must do what, what each person reads (R-8.12, R-8.15, section G)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import home
from astcoord.core.clock import today
from placements.agreement.actions.contracts import contract_in_force
from placements.changes.actions import asking, deciding
from placements.changes.models import Amendment
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements import stories
from tests.placements.changes.changing import LATER, ask, offered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def placement(cast: Cast) -> Placement:
    return stories.active(cast)


def at(client: Client, user: Any, name: str, *args: Any, data: dict[str, Any] | None = None) -> Any:
    client.force_login(user)
    url = reverse(f"placements:{name}", args=args)
    return client.post(url, data, follow=True) if data is not None else client.get(url)


def dated(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_r_8_15_from_the_asking_to_the_last_signature_through_the_pages(
    client: Client, cast: Cast, placement: Placement
) -> None:
    sent = {**dated("ends_on", LATER), "days": "9", "reason": "Two more units."}
    page = at(client, cast.host_head, "extension", placement.pk, data=sent)
    assert "Waiting for the co-ordinator to agree" in page.content.decode()
    amendment = Amendment.objects.get()
    for party in (cast.coordinator, cast.home_head):
        first = at(client, party, "placement_detail", placement.pk).content.decode()
        assert ("your turn" in first) == (party == cast.coordinator)
    assert (
        "Agree, and put it out for signature"
        in at(client, cast.coordinator, "amendment", amendment.pk).content.decode()
    )
    at(client, cast.coordinator, "amendment_offer", amendment.pk, data={"overdraw_reason": ""})
    for party in stories.PARTIES:
        answer = {"version": 2, "party": party, "declared": "on"}
        page = at(client, stories.signer(cast, party), "amendment", amendment.pk, data=answer)
        assert "You have signed version 2" in page.content.decode()
    placement.refresh_from_db()
    assert (placement.ends_on, placement.days) == (LATER, Decimal(9))
    paper = at(client, cast.home_head, "contract_pdf", placement.pk, 2).content.decode()
    assert "signed by everybody" in paper
    assert all(stories.signer(cast, party).name in paper for party in stories.PARTIES)


def test_r_8_15_an_extension_without_budget_says_so_at_the_field(
    client: Client, cast: Cast, placement: Placement
) -> None:
    Placement.objects.filter(pk=placement.pk).update(ends_on=date(2027, 2, 12))
    sent = {**dated("ends_on", date(2027, 7, 20)), "days": "39", "reason": "Two more units."}
    page = at(client, cast.ast, "extension", placement.pk, data=sent).content.decode()
    assert "There is a problem" in page
    assert not Amendment.objects.exists()


def test_r_8_15_a_person_who_does_not_sign_now_is_told_whose_turn_it_is(
    client: Client, cast: Cast, placement: Placement
) -> None:
    amendment = offered(cast, placement)
    page = at(client, cast.consultant, "amendment", amendment.pk).content.decode()
    assert "Waiting for the host headteacher, the AST, the co-ordinator and the home headteacher to sign" in page
    assert "Sign as" not in page


def test_r_8_12_a_change_is_prepared_on_its_page_and_sent(client: Client, cast: Cast, placement: Placement) -> None:
    amendment = asking.propose_change(placement=placement, by=cast.ast, reason="Another weekday.", weekday=3)
    first = placement.supported.first()
    page = at(client, cast.ast, "amendment", amendment.pk).content.decode()
    assert "Thursdays, whole day" in page
    assert "<strong>Your turn:</strong> Finish the change, then send it" in page
    page = at(client, cast.host_head, "amendment", amendment.pk).content.decode()
    assert f"{cast.ast.name} prepares a change. You can help to prepare it." in page
    page = at(client, cast.ast, "amendment_terms", amendment.pk).content.decode()
    assert "Teach model lessons with staff watching" in page
    assert "Name of the senior education inspector (needed before everybody signs)" in page
    assert "your staff" not in page, "read by the AST and the co-ordinator as well"
    added = {**stories.OBJECTIVE, "text": "Books show reasoning."}
    at(client, cast.ast, "amendment_objective_add", amendment.pk, data=added)
    at(client, cast.ast, "amendment_people", amendment.pk, data={"leaving": []})
    page = at(client, cast.ast, "amendment_send", amendment.pk, data={}).content.decode()
    assert "Objective 2" in page
    home_page = at(client, cast.home_head, "amendment", amendment.pk).content.decode()
    assert first.name not in home_page
    assert "Change who is supported" not in home_page


def test_r_8_12_a_no_stands_on_the_page_with_its_reason(client: Client, cast: Cast, placement: Placement) -> None:
    amendment = offered(cast, placement)
    at(client, cast.home_head, "amendment_refuse", amendment.pk, data={"reason": "Nine days are too many."})
    page = at(client, cast.host_head, "amendment", amendment.pk).content.decode()
    assert "Nine days are too many." in page
    assert "Sign as" not in page


def test_the_first_page_asks_each_for_what_is_theirs(cast: Cast, placement: Placement) -> None:
    amendment = ask(cast, placement)
    assert "Answer: extension asked for" in titles(cast.coordinator)
    deciding.offer(amendment=amendment, by=cast.coordinator)
    for party in stories.PARTIES:
        assert "Sign: extension" in titles(stories.signer(cast, party))
        by = stories.signer(cast, party)
        deciding.sign(amendment=amendment, version_number=2, party=party, by=by, declared=True)
        assert "Sign: extension" not in titles(by)
    assert "Sign: extension" not in titles(cast.outsider)


def titles(user: Any) -> list[str]:
    return [task.title for tasks in home._tasks for task in tasks(user, today())]


def test_earlier_changes_cost_the_same_at_1_and_30(client: Client, cast: Cast, placement: Placement) -> None:
    cites, counts = contract_in_force(placement), []
    at(client, cast.home_head, "placement_detail", placement.pk)
    terms = {"focus": placement.focus, "days": 6, "starts_on": placement.starts_on, "ends_on": LATER}
    for more in (1, 29):
        for _ in range(more):
            Amendment.objects.create(
                placement=placement,
                kind="extension",
                status="refused",
                cites=cites,
                asked_by=cast.host_head,
                reason="Two more units.",
                answer="No days are left.",
                **terms,
            )
        with CaptureQueriesContext(connection) as queries:
            page = client.get(placement.get_absolute_url())
        counts.append(len(queries))
    assert len(page.context["changes"]) == 30
    assert counts[0] == counts[1]
