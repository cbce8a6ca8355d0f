"""The page of those who look after the people supported, who may open it, and what it shows to whom (section G)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import subject_access
from astcoord.core.signed_links import State
from placements.agreement.reads import protocol as contracts
from placements.personal import forgetting
from placements.placement.models import Placement
from placements.supported import actions as supported
from placements.supported.links import read, token_for
from placements.supported.models import Confirmation, SupportedStaff
from tests.cast import Cast
from tests.placements import stories
from tests.placements.supported.supported_links import ANSWERS, confirm_by_link, link_of
from tests.placements.supported.test_supported import opened, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
ACTIONS = ("supported_link", "supported_address", "supported_paper", "supported_withdrawal", "supported_form_pdf")


@pytest.fixture
def two(cast: Cast) -> Placement:
    return opened(cast, Juno_Pettifer="juno@marlshire.example", Sorrel_Ambleforth="")


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, placement: Placement, *args: Any) -> str:
    return reverse(f"placements:{name}", args=[placement.pk, *args])


def text(client: Client, placement: Placement) -> str:
    return client.get(url("supported_people", placement)).content.decode()


def test_section_g_goals_are_read_by_host_head_ast_and_office_and_by_nobody_else(cast: Cast, two: Placement) -> None:
    confirm_by_link(person(two), development="ZQGOAL")

    for user in (cast.host_head, cast.ast, cast.coordinator, cast.administrator):
        assert "ZQGOAL" in text(as_(user), two), user
    for user, code in ((cast.home_head, 403), (cast.consultant, 403), (cast.officer, 403), (cast.outsider, 404)):
        assert as_(user).get(url("supported_people", two)).status_code == code, user
    assert as_(cast.chair).get(url("supported_people", two)).status_code == 404


def test_the_ast_reads_and_the_head_and_the_office_act(cast: Cast, two: Placement) -> None:
    juno = person(two)
    for name in ACTIONS:
        method = "post" if name == "supported_link" else "get"
        for user, code in ((cast.ast, 403), (cast.home_head, 403), (cast.outsider, 404)):
            assert getattr(as_(user), method)(url(name, two, juno.pk)).status_code == code, (name, user)
        for user in (cast.host_head, cast.coordinator, cast.administrator):
            assert getattr(as_(user), method)(url(name, two, juno.pk)).status_code in (200, 302), (name, user)
    assert "Send a new link" not in text(as_(cast.ast), two)
    assert "Send a new link" in text(as_(cast.host_head), two)


def test_a_person_of_another_placement_is_not_found(cast: Cast, two: Placement) -> None:
    other = opened(cast, Ash_Tindall="")
    for name in ACTIONS:
        method = "post" if name == "supported_link" else "get"
        assert getattr(as_(cast.host_head), method)(url(name, two, person(other, "Ash").pk)).status_code == 404


def test_each_state_is_told(cast: Cast, two: Placement) -> None:
    head = as_(cast.host_head)
    assert "The link was sent on 6 October 2026" in text(head, two)
    assert "print the form" in text(head, two)
    confirm_by_link(person(two))
    assert "On 6 October 2026, by the link" in text(head, two)
    supported.withdraw(person=person(two))
    assert "Withdrawn" in text(head, two)


def test_r_6_11_a_head_enters_a_paper_by_the_form(cast: Cast, two: Placement) -> None:
    sorrel, head = person(two, "Sorrel"), as_(cast.host_head)
    page = head.post(url("supported_paper", two, sorrel.pk), {**ANSWERS, "signed_on": "2026-10-07"})
    assert "signed_on" in page.context["form"].errors
    assert head.post(url("supported_paper", two, sorrel.pk), {}).context["form"].errors

    assert head.post(url("supported_paper", two, sorrel.pk), {**ANSWERS, "signed_on": "2026-10-05"}).status_code == 302

    assert "On paper, 5 October 2026, entered by Rowan Oakhanger" in text(head, two)


def test_an_address_that_is_added_brings_a_link_and_one_that_is_none_takes_it_away(cast: Cast, two: Placement) -> None:
    sorrel, head = person(two, "Sorrel"), as_(cast.host_head)
    address = url("supported_address", two, sorrel.pk)
    assert head.post(address, {"email": "nonsense"}).context["form"].errors
    assert head.post(address, {"email": "sorrel@marlshire.example"}).status_code == 302
    link = link_of(person(two, "Sorrel"))
    assert Client().get(link).status_code == 200

    assert head.post(address, {"email": ""}).status_code == 302

    assert Client().get(link).status_code == 410


def test_r_6_12_a_head_records_what_somebody_said(cast: Cast, two: Placement) -> None:
    sorrel, head = person(two, "Sorrel"), as_(cast.host_head)
    assert head.post(url("supported_withdrawal", two, sorrel.pk), {"csrf": "x"}).status_code == 302
    sorrel.refresh_from_db()
    assert sorrel.withdrew_on == date(2026, 10, 6)
    assert head.post(url("supported_address", two, sorrel.pk), {"email": "new@marlshire.example"}).status_code == 200


def test_the_printed_form_is_a_file_for_those_who_may(cast: Cast, two: Placement) -> None:
    answer = as_(cast.host_head).get(url("supported_form_pdf", two, person(two, "Sorrel").pk))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"Sorrel Ambleforth" in answer.content
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_page_costs_the_same_with_one_and_with_thirty(cast: Cast) -> None:
    few = opened(cast, Juno_Pettifer="juno@marlshire.example")
    many = opened(cast, **{f"Ash_Tindall{n}": f"ash{n}@marlshire.example" for n in range(30)})
    supported.confirm(person=person(few), part=stories.PART)
    for each in many.supported.all():
        supported.confirm(person=each, part=stories.PART, by=cast.host_head, signed_on=date(2026, 10, 5))
    head = as_(cast.host_head)
    counts = []
    for placement in (few, many, many, few):
        with CaptureQueriesContext(connection) as queries:
            head.get(url("supported_people", placement))
        counts.append(len(queries))
    assert counts[1] - counts[3] <= 1, "one more for who entered the papers"
    assert counts[2] <= 15


def test_the_own_form_costs_few_queries(cast: Cast, two: Placement) -> None:
    link, browser = link_of(person(two)), Client()
    with CaptureQueriesContext(connection) as queries:
        browser.get(link)
    assert len(queries) <= 13


def test_r_6_12_the_contract_tells_signatories_who_withdrew_by_initials(cast: Cast) -> None:
    placement = stories.issued(cast)
    supported.withdraw(person=placement.supported.last())

    page = as_(cast.home_head).get(url("contract", placement)).content.decode()

    assert "withdrawn: S.A. on 6 October 2026" in page
    assert "Ambleforth" not in page
    assert contracts.contract_in_force(placement).signatures.count() == 0


def test_history_says_that_a_person_supported_acted_and_names_nobody(cast: Cast, two: Placement) -> None:
    confirm_by_link(person(two))
    page = as_(cast.home_head).get(url("placement_history", two)).content.decode()
    assert "Supported staff: confirmed through the personal link" in page
    assert "a person supported" in page
    assert "Juno" not in page


def test_a_copy_of_ones_data_holds_the_goals_and_no_working_link(cast: Cast, two: Placement) -> None:
    juno = person(two)
    confirm_by_link(juno, development="ZQGOAL")
    sections = subject_access.collect(subject_access.find("juno@marlshire.example"))
    told = str([(s.title, s.rows) for s in sections])
    assert "ZQGOAL" in told
    assert "[link left out]" in told
    assert link_of(juno) not in told


def test_forgetting_takes_the_goals_and_shuts_the_links(cast: Cast, two: Placement) -> None:
    juno = person(two)
    token = token_for(juno)
    confirm_by_link(juno)
    forgetting.forget_people(two.request)

    kept = Confirmation.objects.get()
    assert (kept.development, kept.gain) == ("", "")
    assert read(token).state is State.REPLACED
    assert not SupportedStaff.objects.exclude(email="").exists()
