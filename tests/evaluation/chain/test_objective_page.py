"""The page of an objective's evidence: what stands on it, for whom (section G)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from evaluation.evaluations.lifecycle import AskedOf
from evaluation.evaluations.models import Evaluation
from evaluation.returns.models import ReturnFinding, ReturnVisit
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation import stories
from tests.evaluation.chain.looking import page_of, read
from tests.evaluation.evidence.test_evidence import attach
from tests.evaluation.stories import TUESDAY, write_up
from tests.placements.active import elsewhere

SIGNED_IN = 2
"""Queries that are any page's: session and user. What the page is about, and its links, cost up to three (R-20.11)."""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

PARTIES = ("coordinator", "administrator", "host_head", "ast", "consultant")
READERS = (*PARTIES, "home_head")
BASELINE = "Four in ten attempt every problem."
PROOF = "Books and the half-term test"


@pytest.mark.parametrize("who", PARTIES)
def test_whoever_works_with_it_reads_the_whole_chain(client: Client, cast: Cast, told: Placement, who: str) -> None:
    page = read(client, getattr(cast, who), page_of(told))
    for wanted in (
        "Pupils choose a method by themselves.",
        BASELINE,
        "Seven in ten attempt every problem by July.",
        "The summer test and two sets of books.",
        "Reached",
        "1 day, by the diary.",
        "24 November 2026",
        "unit plan.pdf",
        "Impact review, Autumn term 2026",
        "Good progress",
        PROOF,
        "Final evaluation: Host headteacher",
        "Final evaluation: AST, joint part",
        "Proof of 1",
    ):
        assert wanted in page, wanted


def test_section_g_the_asts_own_head_reads_the_outcome(client: Client, cast: Cast, told: Placement) -> None:
    page = read(client, cast.home_head, page_of(told))
    for wanted in (BASELINE, "Reached", "Impact review, Autumn term 2026", "Good progress"):
        assert wanted in page, wanted
    for hidden in ("unit plan", PROOF, "Proof of 1", "by the diary", "Final evaluation: ", "Files and links"):
        assert hidden not in page, hidden


def test_section_g_a_form_of_the_people_supported_is_opened_to_those_who_may(
    client: Client, cast: Cast, told: Placement
) -> None:
    form = Evaluation.objects.filter(asked_of=AskedOf.SUPPORTED, submitted_at__isnull=False)[0]
    form.objectives.create(objective=told.objectives.get(number=1), reached="partly", evidence="In most lessons")
    for who, opens in (("coordinator", True), ("consultant", True), ("host_head", False), ("ast", False)):
        page = read(client, getattr(cast, who), page_of(told))
        assert (form.get_absolute_url() in page) == opens, who
    Evaluation.objects.filter(pk=form.pk).update(shared=True)
    assert form.get_absolute_url() in read(client, cast.ast, page_of(told))


@pytest.mark.parametrize("who", ["home_head", "consultant"])
def test_section_g_names_are_held_back(client: Client, cast: Cast, told: Placement, who: str) -> None:
    for name in ("Juno", "Pettifer", "Sorrel", "Ambleforth"):
        for number in (1, 2):
            assert name not in read(client, getattr(cast, who), page_of(told, number)), (name, number)
    assert "Juno Pettifer plans" in read(client, cast.host_head, page_of(told, 2))


def test_names_in_other_scripts_are_held_back(client: Client, cast: Cast, told: Placement) -> None:
    names = ("زهير قنديل", "赵钱孙", "Ng Yo")
    for name in names:
        told.supported.create(name=name, kind="teacher", selection="self")
    told.objectives.filter(number=3).update(text=f"{' and '.join(names)} plan together.", baseline=names[0])
    page = read(client, cast.consultant, page_of(told, 3))
    assert not [name for name in names if name in page]
    assert all(name in read(client, cast.ast, page_of(told, 3)) for name in names)


def test_an_objective_with_nothing_behind_it_reads_no_evidence(
    client: Client, cast: Cast, placement: Placement
) -> None:
    page = read(client, cast.coordinator, page_of(placement, 3))
    assert page.count("No evidence yet") == 3
    assert "The final evaluation has not been concluded" in page


def test_what_is_not_handed_in_is_not_evidence(client: Client, cast: Cast, placement: Placement) -> None:
    review = stories.opened(placement)
    review.progress.create(objective=placement.objectives.get(number=1), progress="good", evidence="A draft of it")
    assert "A draft of it" not in read(client, cast.coordinator, page_of(placement))
    stories.submitted(cast, elsewhere(cast, objectives=1))
    review.status = "submitted"
    review.save()
    assert "A draft of it" in read(client, cast.coordinator, page_of(placement))
    assert "Good progress" not in read(client, cast.home_head, page_of(placement))


def test_r_11_9_a_return_visit_is_part_of_the_chain(client: Client, cast: Cast, told: Placement) -> None:
    visit = ReturnVisit.objects.create(
        placement=told,
        status="reported",
        term="Summer term 2027",
        opens_on=TUESDAY,
        due_on=TUESDAY + timedelta(days=60),
        visit_on=TUESDAY + timedelta(days=9),
        reported_at=told.created_at,
    )
    ReturnFinding.objects.create(visit=visit, objective=told.objectives.get(number=1), remains="used", evidence="Seen")
    page = read(client, cast.coordinator, page_of(told))
    assert "Return visit of 3 December 2026" in page
    assert visit.get_absolute_url() in page
    assert visit.get_absolute_url() not in read(client, cast.home_head, page_of(told))


def test_who_opens_it(client: Client, cast: Cast, told: Placement) -> None:
    for who in READERS:
        read(client, getattr(cast, who), page_of(told))
    for who, status in (("officer", 403), ("chair", 403), ("outsider", 404)):
        read(client, getattr(cast, who), page_of(told), status)
    read(client, cast.coordinator, page_of(told, 9), 404)
    client.force_login(cast.coordinator)
    assert client.post(page_of(told)).status_code == 405
    assert resolve(page_of(told)).view_name == "evaluation:objective_evidence"


@pytest.mark.parametrize("who", ["coordinator", "consultant", "home_head", "ast"])
def test_the_page_costs_the_same_for_one_day_and_for_many(
    client: Client, cast: Cast, told: Placement, who: str, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(15 + SIGNED_IN) as counted:
            assert client.get(page_of(told)).status_code == 200
        return len(counted)

    client.force_login(getattr(cast, who))
    client.get(page_of(told))
    before = queries()
    Placement.objects.filter(pk=told.pk).update(status="active", days=40)
    ledger.write(LedgerEntry.Kind.CONTRACT, told, told.days * 4, on=TUESDAY, by=None)
    first = told.objectives.get(number=1)
    for number in (1, 2, 3):
        entry = write_up(
            cast, Placement.objects.get(pk=told.pk), on=TUESDAY - timedelta(days=7 * number), objectives=[first.pk]
        )
        attach(cast, Placement.objects.get(pk=told.pk), day=entry.day, title=f"Plan {number}")
    assert queries() == before
