"""Scenario 4 of the requirements, as one story under the preset: from an estimate that was missed to what lasted."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from astcoord.core import presets
from evaluation.estimates.models import Offer
from evaluation.results.models import AttainmentResult
from evaluation.results.wording import CONTRIBUTION
from evaluation.returns.models import ReturnVisit
from evaluation.returns.tasks import look_after_returns
from placements.agreement.actions import contracts, placements, progress, protocol, terms
from placements.agreement.tasks import activate_placements
from placements.endings.actions import completing, nightly
from placements.placement.models import Placement
from placements.requests.actions import decisions
from placements.requests.models import OutreachRequest
from tests.cast import Cast, make_cast
from tests.evaluation.estimates.figures import loaded
from tests.evaluation.evaluations.telling import concluded
from tests.evaluation.stories import write_up
from tests.factories import SchoolFactory
from tests.placements import stories
from tests.placements.matching.matching_stories import AST, CO, HOME, propose, say
from tests.placements.requests.asking import PAGES, PERSON
from tests.schools.pages import boxes, signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

BLOCK = (date(2026, 11, 2), date(2026, 12, 18))
"""The second half of the autumn term, whole."""
TAUGHT = [date(2026, 11, day) for day in (10, 17, 24)]
OBJECTIVE: dict[str, Any] = dict(stories.OBJECTIVE)
MEASURE = "GCSE at grade 4 or above in the subject"
BEFORE = {("mathematics", "gcse_4"): "59.0", ("english", "gcse_4"): "74.7", ("", "basics_4"): "54.3"}
AFTER = {("mathematics", "gcse_4"): "68.1", ("english", "gcse_4"): "71.7", ("", "basics_4"): "62.4"}
"""R-11.10, in the measures of these years: the department helped, the school's other subject, the school."""


@pytest.fixture
def leeds(db: None) -> Cast:
    """Marlshire goes about it as Leeds does, and returns after two terms; a secondary school asks."""
    host: Any = SchoolFactory(name="Fernleigh School", phase="secondary", head_name="Ms R Oakhanger")
    cast = make_cast(host=host)
    for name, value in presets.settings_of("leeds").items():
        setattr(cast.policy, name, value)
    cast.policy.return_visit_terms = 2
    cast.policy.save()
    return cast


def test_b4_leeds_contracts_and_impact(leeds: Cast, clock: Any, tmp_path: Path) -> None:
    request = the_upload_flags_maths_and_the_head_accepts(leeds)
    placement = matched(leeds, request)
    under_contract_for_one_half_term(leeds, placement)
    given_and_evaluated(leeds, placement, clock)
    returned_to_two_terms_later(leeds, placement, clock)
    clock.move_to(datetime(2027, 9, 14, 9, tzinfo=UTC))
    results_are_compared_as_a_contribution(leeds, placement)
    everything_goes_into_files(leeds, placement, tmp_path / "whole")


def the_upload_flags_maths_and_the_head_accepts(cast: Cast) -> OutreachRequest:
    """R-11.12, R-5.6: flagged where the result lies under the estimate; the head's yes makes it a data-led request."""
    office, head = signed_in(cast.coordinator), signed_in(cast.host_head)
    maths, english = f"Maths,{MEASURE},2026,66,59,176", f"English,{MEASURE},2026,72,74.7,176"
    assert "2 estimates stored." in text(loaded(office, f"{cast.host.urn},{maths}", f"{cast.host.urn},{english}"))
    screen = text(office.get(reverse("evaluation:fft_screen")))
    assert f"Mathematics and numeracy {MEASURE} 2026 66.0% 59.0% −7.0" in screen
    assert "English" not in screen.split("Departments School")[1]

    office.post(reverse("evaluation:offer_make", args=[cast.host.estimates.get(subject="mathematics").pk]))
    assert "Answer the offer of help in Mathematics and numeracy" in text(head.get(reverse("home")))
    accept = reverse("evaluation:offer_accept", args=[Offer.objects.get().pk])
    assert (signed_in(cast.outsider).post(accept).status_code, office.post(accept).status_code) == (404, 403)
    assert not OutreachRequest.objects.exists(), "it is the school’s own head who accepts"
    head.post(accept)
    request = OutreachRequest.objects.get()
    queue = reverse("placements:queue")
    assert request.reference not in text(office.get(queue)), "it is the school’s only when its head has sent it"
    the_head_says_the_rest(head, request)
    request.refresh_from_db()
    assert (request.status, request.route, request.confirmed_by) == ("submitted", "data", cast.host_head)
    assert request.reference in text(office.get(queue))
    beside = text(office.get(reverse("placements:candidates", args=[request.pk])))
    assert "2026 Estimate 66.0%, result 59.0%: 7 percentage points under the estimate" in beside
    return request


def the_head_says_the_rest(head: Client, request: OutreachRequest) -> None:
    """The evidence stands there already; subject, aims, dates and people are the school's to say."""
    assert "66" in request.evidence
    dates = boxes("wanted_from", BLOCK[0]) | boxes("wanted_until", BLOCK[1]) | {"days": "5"}
    own: dict[str, dict[str, Any]] = {
        "subject": {"key_stages": ["ks3"]},
        "need": {"evidence": request.evidence},
        "dates": dates,
    }
    for slug, answers in PAGES.items():
        page = reverse("placements:request_step", args=[request.pk, slug])
        assert head.post(page, answers | own.get(slug, {})).status_code == 302, slug
    head.post(reverse("placements:request_person_add", args=[request.pk]), PERSON)
    head.post(reverse("placements:request_check", args=[request.pk]))


def matched(cast: Cast, request: OutreachRequest) -> Placement:
    """The co-ordinator decides; no group does."""
    decisions.take_up(request=request, by=cast.coordinator)
    match = propose(cast, request, days=Decimal(5))
    for party, by in ((AST, cast.ast), (HOME, cast.home_head), (CO, cast.coordinator)):
        match.refresh_from_db()
        if match.status != "agreed":
            say(match, party, by)
    return Placement.objects.get()


def under_contract_for_one_half_term(cast: Cast, placement: Placement) -> None:
    """R-4.4, R-8.11: a whole half-term and nothing else; the contract says what each side does."""
    protocol.hold_meeting(placement=placement, held_on=stories.MEETING, present=stories.EVERYBODY, by=cast.coordinator)
    reviews = {
        4: {"school_evaluation": [date(2026, 12, 8)], "final_evaluation": [date(2026, 12, 15)]},
        6: {"review_meeting": [date(2026, 12, 1)]},
        9: {"reserved_day": [date(2026, 12, 8)]},
    }
    for number, answer in stories.item_answers().items():
        told = {"reviews": reviews[number]} if number in reviews else answer
        protocol.save_item(placement=placement, number=number, by=cast.host_head, **told)
    protocol.agree_visit(placement=placement, by=cast.home_head)
    head, contract = signed_in(cast.host_head), reverse("placements:placement_terms", args=[placement.pk])
    shown = head.get(contract).context["form"]
    sent = {f.html_name: f.value() for f in shown if f.name not in ("starts_on", "ends_on") and f.value() is not None}
    sent |= {"host_expectations": "", "ast_expectations": ""} | boxes("ends_on", BLOCK[1])
    said = {name: stories.TERMS[name] for name in ("host_expectations", "ast_expectations")}
    silent = text(head.post(contract, sent | boxes("starts_on", BLOCK[0])))
    assert "Enter what the host school will do" in silent
    assert "Enter what the AST will do" in silent
    assert "first of a half-term" in text(head.post(contract, sent | said | boxes("starts_on", date(2026, 11, 10))))
    assert head.post(contract, sent | said | boxes("starts_on", BLOCK[0])).status_code == 302
    terms.add_objective(placement=placement, by=cast.ast, **OBJECTIVE)
    placement.refresh_from_db()
    assert (placement.starts_on, placement.ends_on) == BLOCK
    stories.everybody_confirms(placement)
    protocol.confirm_protocol(placement=placement, by=cast.coordinator)
    contracts.issue(placement=placement, by=cast.coordinator)
    paper = head.get(reverse("placements:contract_pdf", args=[placement.pk, 1])).content.decode()
    for words in said.values():
        assert words in paper
    stories.sign(cast, placement, *stories.PARTIES)


def given_and_evaluated(cast: Cast, placement: Placement, clock: Any) -> None:
    """Three days of the block are written up; everybody is asked, and it is completed."""
    protocol.send_role_statement(placement=placement, by=cast.coordinator)
    progress.record_circulation(placement=placement, by=cast.host_head, circulated_on=date(2026, 10, 6))
    placements.save_cover(placement=placement, by=cast.home_head, cover=("extra_day",))
    clock.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC))
    activate_placements()
    placement.refresh_from_db()
    assert placement.status == "active"
    for day in TAUGHT:
        clock.move_to(datetime(day.year, day.month, day.day, 16, tzinfo=UTC))
        write_up(cast, placement, day)
    clock.move_to(datetime(2026, 12, 14, 9, tzinfo=UTC))
    nightly.open_windows(date(2026, 12, 14))
    placement.refresh_from_db()
    concluded(cast, placement)
    clock.move_to(datetime(2027, 1, 4, 9, tzinfo=UTC))
    completing.complete(placement=placement, by=cast.coordinator)


def returned_to_two_terms_later(cast: Cast, placement: Placement, clock: Any) -> None:
    """R-11.9: in the summer term; dated by both, reported by the AST, closed by the co-ordinator."""
    visit = ReturnVisit.objects.get(placement=placement)
    assert visit.term == "Summer term 2027"
    clock.move_to(datetime(2027, 5, 4, 9, tzinfo=UTC))
    day = reverse("evaluation:return_day", args=[visit.pk])
    signed_in(cast.ast).post(day, {"visit_on": "2027-05-11", "days": "0"})
    signed_in(cast.host_head).post(reverse("evaluation:return_agree", args=[visit.pk]))
    clock.move_to(datetime(2027, 5, 12, 9, tzinfo=UTC))
    look_after_returns()
    ast, head, office = signed_in(cast.ast), signed_in(cast.host_head), signed_in(cast.coordinator)
    report = reverse("evaluation:return_report", args=[visit.pk])
    form = ast.get(report).context["form"]
    told = dict.fromkeys(form.fields, "Seen in two lessons.") | {
        name: "used" for name, field in form.fields.items() if getattr(field, "choices", None)
    }
    assert ast.post(report, told).status_code == 302
    office.post(reverse("evaluation:return_decide", args=[visit.pk]), {"decision": "close"})
    visit.refresh_from_db()
    placement.refresh_from_db()
    assert (visit.status, placement.status) == ("closed", "return_done")
    assert "still used" in text(head.get(reverse("evaluation:return_visit", args=[visit.pk]))).lower()


def results_are_compared_as_a_contribution(cast: Cast, placement: Placement) -> None:
    """R-11.10, R-11.11: three changes, and no claim."""
    head = signed_in(cast.host_head)
    for year, figures in ((2026, BEFORE), (2027, AFTER)):
        for (subject, measure), value in figures.items():
            answers = {"subject": subject, "measure": measure, "year": year, "value": value, "cohort": "176"}
            assert head.post(reverse("evaluation:result_add"), answers).status_code == 302
    page = head.get(reverse("evaluation:placement_results", args=[placement.pk])).content.decode()
    for change in ("+9.1", "−3.0", "+8.1"):
        assert f"{change} percentage points" in page
    assert CONTRIBUTION in page


def everything_goes_into_files(cast: Cast, placement: Placement, folder: Path) -> None:
    """R-14.7, R-17.14: figures, estimates, placement and days as their lists show them, and every table there is."""
    office = signed_in(cast.coordinator)
    results = rows_of(office, "evaluation:results")
    assert len(results) == AttainmentResult.objects.count() == 6
    told = {(row["Year"], row["Subject"], row["Figure"]) for row in results}
    assert {("2027", "Mathematics and numeracy", "68.1%"), ("2026", "Whole school", "54.3%")} <= told
    estimates = rows_of(office, "evaluation:fft_screen")
    assert [(row["School"], row["Estimate"], row["Result"]) for row in estimates] == [
        ("Fernleigh School", "66.0", "59.0")
    ]
    (placed,) = rows_of(office, "placements:placement_list")
    assert (placed["Reference"], placed["Status"]) == (placement.reference, "Completed, return visit done")
    assert sorted(row["Date"] for row in rows_of(office, "placements:day_list")) == [str(day) for day in TAUGHT]
    figures = [f"{float(value):.2f}" for value in (*BEFORE.values(), *AFTER.values())]
    call_command("export_all", str(folder), stdout=io.StringIO())
    with (folder / "tables" / "evaluation_attainmentresult.csv").open(encoding="utf-8-sig") as taken:
        assert sorted(row["value"] for row in csv.DictReader(taken)) == sorted(figures)


def rows_of(office: Client, page: str) -> list[dict[str, str]]:
    """The list's whole file, without the lines at its end that say how it was chosen."""
    file: Any = office.get(reverse(page), {"export": "csv"})
    rows = csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")))
    return [row for row in rows if not next(iter(row.values())).startswith("# ")]
