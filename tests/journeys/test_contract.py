"""A journey: from a met placement to four signatures, in a real browser, each page checked for accessibility."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from placements.agreement.actions import protocol
from tests.browser import browser_session
from tests.cast import make_cast
from tests.placements import stories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_contract_is_agreed_issued_signed_and_voided(page: Page, live_server: Any, axe: Any) -> None:
    cast = make_cast()
    placement = stories.opened(cast)

    def show(name: str) -> None:
        page.goto(live_server.url + reverse(f"placements:{name}", args=[placement.pk]))
        axe()

    browser_session(page, live_server, cast.coordinator)
    page.goto(live_server.url + reverse("placements:placement_list"))
    axe()
    page.get_by_role("link", name=placement.reference).click()
    axe()
    expect(page.get_by_text("Your turn:")).to_be_visible()
    show("meeting_call")
    show("meeting_hold")
    protocol.hold_meeting(placement=placement, held_on=stories.MEETING, present=stories.EVERYBODY, by=cast.coordinator)

    browser_session(page, live_server, cast.host_head)
    show("placement_protocol")
    page.get_by_role("link", name="Time to plan and notice to prepare").click()
    axe()
    page.get_by_label("Agreed", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("link", name="Enter how many school days’ notice the AST needs.")).to_be_visible()
    axe()
    page.get_by_label("How many school days’ notice").fill("5")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="8. Links afterwards")).to_be_visible()
    axe()
    show("placement_protocol")
    expect(page.get_by_text("1 of 10 agreed")).to_be_visible()
    for number, answer in stories.item_answers().items():
        protocol.save_item(placement=placement, number=number, by=cast.host_head, **answer)
    for number in (5, 10):
        page.goto(live_server.url + reverse("placements:placement_item", args=[placement.pk, number]))
        axe()
    show("placement_terms")
    page.get_by_label("What will the host school do?").fill(stories.TERMS["host_expectations"])
    page.get_by_label("What will the AST do?").fill(stories.TERMS["ast_expectations"])
    page.get_by_label("Name of the senior education inspector").fill(stories.TERMS["inspector_name"])
    page.get_by_label("Role of the senior education inspector").fill(stories.TERMS["inspector_role"])
    page.get_by_role("button", name="Save the terms").click()
    expect(page.get_by_text("The terms have been saved")).to_be_visible()
    show("objective_add")
    for label, key in (
        ("Objective", "text"),
        ("Where do things stand now?", "baseline"),
        ("What will count as success?", "criterion"),
        ("What will show it?", "evidence"),
    ):
        page.get_by_label(label, exact=True).fill(stories.OBJECTIVE[key])
    page.get_by_role("button", name="Save the objective").click()
    expect(page.get_by_role("heading", name="Objectives")).to_be_visible()
    axe()

    stories.everybody_confirms(placement)
    browser_session(page, live_server, cast.coordinator)
    show("placement_protocol")
    page.get_by_role("button", name="Confirm the protocol").click()
    page.get_by_role("button", name="Continue").click()
    axe()
    page.get_by_role("button", name="Issue the contract for signature").click()
    expect(page.get_by_text("Version 1 has gone to everybody who signs")).to_be_visible()

    for person in (cast.host_head, cast.ast, cast.coordinator, cast.home_head):
        browser_session(page, live_server, person)
        show("contract")
        page.get_by_label("I have read this version of the contract and I agree to it").check()
        page.get_by_role("button", name=f"Sign as {person.name}").click()
        expect(page.get_by_text("You have signed version 1")).to_be_visible()
        axe()

    show("cover")
    show("placement_missing")
    show("placement_history")
    browser_session(page, live_server, cast.host_head)
    show("circulation")
    show("papers_seen")
    show("placement_end")
    browser_session(page, live_server, cast.coordinator)
    show("placement_terms")
    expect(page.get_by_text("everybody has to sign again")).to_be_visible()
    page.get_by_label("How many days?").fill("5")
    page.get_by_role("button", name="Save the terms").click()
    expect(page.get_by_text("Everybody has to sign it again")).to_be_visible()
    axe()
    assert stories.in_force(placement).number == 2
