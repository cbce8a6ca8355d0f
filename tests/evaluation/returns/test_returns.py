"""Return visits: scheduled by term, dated by both, reported per objective, closed or cancelled (R-11.9, R-15.10)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from evaluation.evaluations.models import Evaluation
from evaluation.returns import actions
from evaluation.returns.documents import facts_of
from evaluation.returns.models import ReturnVisit
from evaluation.returns.reads import term_for
from evaluation.returns.rules import Finding, term_after
from evaluation.returns.tasks import look_after_returns
from evaluation.reviews.wording import CONTRIBUTION, NO_STANDARDS
from placements.days import ledger
from placements.endings.actions import completing
from placements.placement.models import Placement
from schools.calendar.actions import save_year
from schools.calendar.years import default_year
from schools.register.models import School
from tests.cast import Cast
from tests.evaluation.evaluations.telling import concluded
from tests.evaluation.evaluations.test_asking import signed_under

pytestmark = pytest.mark.django_db

SUMMER = date(2027, 5, 11)
"""A Tuesday in term."""
FINDINGS = [Finding(n, "used", f"Seen in lessons, {n}") for n in (1, 2, 3)]
TOLD: dict[str, Any] = {"findings": FINDINGS, "lasting": "Pupils still choose.", "figures": "Seven in ten, as in July."}


def completed(cast: Cast, placement: Placement, clock: Any, *, terms: int = 2, **settings: Any) -> Placement:
    """Ended in the autumn, evaluated and completed, under a policy that asks for a visit so many terms later."""
    signed_under(cast, placement, return_visit_terms=terms, **settings)
    Placement.objects.filter(pk=placement.pk).update(ends_on=date(2026, 12, 15))
    placement.refresh_from_db()
    concluded(cast, placement)
    clock.move_to(datetime(2026, 12, 16, 9, tzinfo=UTC))
    completing.complete(placement=placement, by=cast.coordinator)
    placement.refresh_from_db()
    return placement


@pytest.fixture
def visit(cast: Cast, placement: Placement, clock: Any) -> ReturnVisit:
    """Scheduled for the summer; it is April."""
    completed(cast, placement, clock)
    clock.move_to(datetime(2027, 4, 26, 9, tzinfo=UTC))
    return ReturnVisit.objects.with_people().get()


def dated(cast: Cast, visit: ReturnVisit, days: str = "0") -> ReturnVisit:
    proposed = actions.propose(visit=visit, visit_on=SUMMER, days=Decimal(days), by=cast.ast)
    return actions.agree(visit=proposed, by=cast.host_head)


def reported(cast: Cast, visit: ReturnVisit, clock: Any) -> ReturnVisit:
    dated(cast, visit)
    clock.move_to(datetime(2027, 5, 12, 9, tzinfo=UTC))
    look_after_returns()
    return actions.report(visit=visit, by=cast.ast, **TOLD)


def test_r_11_9_an_autumn_end_and_two_terms_make_the_summer(cast: Cast, placement: Placement, clock: Any) -> None:
    assert term_after("autumn", 2026, 2) == ("summer", 2026)
    assert term_after("summer", 2026, 1) == ("autumn", 2027)
    completed(cast, placement, clock)
    visit = ReturnVisit.objects.get()
    assert visit.term == "Summer term 2027"
    assert visit.status == "scheduled"
    assert placement.status == "return_due"


def test_r_11_9_a_term_that_nobody_has_entered_is_as_terms_usually_are(cast: Cast) -> None:
    due = term_for(date(2027, 7, 20), 1)
    assert (due.name, due.first.year, due.first.month) == ("Autumn 2027", 2027, 9)
    assert term_for(date(2031, 11, 3), 1).first.year == 2032


def test_r_11_9_no_visit_where_the_policy_signed_under_asks_for_none(
    cast: Cast, placement: Placement, clock: Any
) -> None:
    completed(cast, placement, clock, terms=0)
    assert placement.status == "completed"
    assert not ReturnVisit.objects.exists()


def test_r_11_8_immediate_and_return_evaluation_are_both_scheduled_at_completion(
    cast: Cast, placement: Placement, clock: Any
) -> None:
    completed(cast, placement, clock, immediate_evaluation=True)
    immediate, later = (Evaluation.objects.filter(kind=kind) for kind in ("immediate", "return"))
    assert (immediate.count(), later.count()) == (3, 3)
    assert {f.opens_on for f in later} == {ReturnVisit.objects.get().opens_on}
    clock.move_to(datetime(2027, 4, 26, 9, tzinfo=UTC))
    dated(cast, ReturnVisit.objects.with_people().get())
    assert {(f.opens_on, f.due_on) for f in later.all()} == {(SUMMER, date(2027, 5, 25))}


def test_r_11_9_dated_by_ast_and_head_together(cast: Cast, visit: ReturnVisit) -> None:
    proposed = actions.propose(visit=visit, visit_on=SUMMER, days=Decimal(0), by=cast.ast)
    assert proposed.status == "scheduled"
    assert Message.objects.filter(kind="return-proposed", to_email=cast.host_head.email).count() == 1
    for user in (cast.ast, cast.home_head):
        with pytest.raises(PermissionDenied):
            actions.agree(visit=proposed, by=user)
    assert actions.agree(visit=proposed, by=cast.host_head).status == "dated"
    with pytest.raises(Refused, match="no longer possible"):
        actions.agree(visit=proposed, by=cast.host_head)


def test_the_office_records_a_day_that_both_have_agreed(cast: Cast, visit: ReturnVisit) -> None:
    done = actions.propose(visit=visit, visit_on=SUMMER, days=Decimal(0), by=cast.administrator)
    assert (done.status, done.visit_on) == ("dated", SUMMER)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (None, "Enter the day"),
        (date(2027, 4, 20), "today or to come"),
        (date(2027, 5, 15), "no school day"),
        (date(2031, 5, 13), "Check the year"),
    ],
)
def test_r_11_9_a_day_that_does_not_fit_is_refused(cast: Cast, visit: ReturnVisit, on: Any, said: str) -> None:
    with pytest.raises(Refused, match=said):
        actions.propose(visit=visit, visit_on=on, days=Decimal(0), by=cast.ast)


def test_r_11_9_days_are_used_only_if_agreed(cast: Cast, visit: ReturnVisit) -> None:
    def left() -> Decimal:
        return ledger.balance(cast.post, cast.year).remaining

    before = left()
    proposed = actions.propose(visit=visit, visit_on=SUMMER, days=Decimal("0.5"), by=cast.ast)
    assert left() == before, "a proposal uses nothing"
    actions.agree(visit=proposed, by=cast.host_head)
    assert left() == before - Decimal("0.5")
    actions.undate(visit=visit, by=cast.host_head)
    assert left() == before
    visit.refresh_from_db()
    assert (visit.status, visit.visit_on, visit.proposed_by) == ("scheduled", None, "")
    dated(cast, visit, "1")
    actions.cancel(visit=visit, reason="The head has left.", by=cast.coordinator)
    assert left() == before


def test_r_11_9_a_visit_that_the_year_has_no_days_for_is_refused(cast: Cast, visit: ReturnVisit) -> None:
    left = ledger.balance(cast.post, cast.year).remaining
    ledger.write(ledger.Kind.ACTIVITY, visit.placement, left, on=SUMMER, by=cast.coordinator, reason="x")
    proposed = actions.propose(visit=visit, visit_on=SUMMER, days=Decimal(1), by=cast.ast)
    with pytest.raises(Refused, match="0 days left"):
        actions.agree(visit=proposed, by=cast.host_head)
    visit.refresh_from_db()
    assert visit.status == "scheduled"


def test_r_11_9_after_the_host_school_has_closed_it_says_so(client: Client, cast: Cast, visit: ReturnVisit) -> None:
    School.objects.filter(pk=cast.host.pk).update(status="closed")
    client.force_login(cast.ast)
    url = reverse("evaluation:return_day", args=[visit.pk])
    page = client.post(url, {"visit_on": SUMMER.isoformat(), "days": "0"}).content.decode()
    assert "Fernleigh Primary School has closed. The co-ordinator can cancel the return visit" in page
    client.force_login(cast.coordinator)
    assert "Cancel the return visit: the host school has closed" in client.get("/tasks/").content.decode()
    decide = reverse("evaluation:return_decide", args=[visit.pk])
    assert 'href="#id_cancel_reason"' in client.post(decide, {"decision": "cancel"}).content.decode()
    client.post(decide, {"decision": "cancel", "cancel_reason": "The school has closed."})
    visit.refresh_from_db()
    visit.placement.refresh_from_db()
    assert (visit.status, visit.placement.status) == ("cancelled", "completed")
    with pytest.raises(Refused, match="has closed"):
        actions.revive(visit=visit, by=cast.coordinator)


def test_r_11_9_no_visit_is_scheduled_at_a_school_that_has_closed(cast: Cast, placement: Placement, clock: Any) -> None:
    School.objects.filter(pk=cast.host.pk).update(status="closed")
    completed(cast, Placement.objects.with_people().get(pk=placement.pk), clock)
    assert not ReturnVisit.objects.exists()


def test_r_11_9_reported_per_objective_and_closed(
    client: Client, cast: Cast, visit: ReturnVisit, clock: Any, quick_print: None
) -> None:
    dated(cast, visit)
    clock.move_to(datetime(2027, 5, 12, 9, tzinfo=UTC))
    assert look_after_returns() == 1
    assert look_after_returns() == 0
    assert Message.objects.filter(kind="return-report", to_email=cast.ast.email).count() == 1
    client.force_login(cast.ast)
    assert "Report the return visit" in client.get("/tasks/").content.decode()
    url = reverse("evaluation:return_report", args=[visit.pk])
    sent = {"lasting": "Pupils still choose.", "figures": ""}
    for n in (1, 2, 3):
        sent |= {f"remains_{n}": "used", f"evidence_{n}": "" if n == 2 else "Seen"}
    refused = client.post(url, sent).content.decode()
    assert 'href="#id_evidence_2"' in refused
    assert 'href="#id_figures"' in refused
    client.post(url, {**sent, "evidence_2": "Books", "figures": "None were kept."})
    visit.refresh_from_db()
    assert visit.status == "reported"
    client.force_login(cast.coordinator)
    decide = reverse("evaluation:return_decide", args=[visit.pk])
    client.post(decide, {"decision": "return", "return_reason": "Which classes?"})
    client.force_login(cast.ast)
    assert "Which classes?" in client.get(url).content.decode()
    client.post(url, {**sent, "evidence_2": "Years 5 and 6", "figures": "None were kept."})
    client.force_login(cast.coordinator)
    client.post(decide, {"decision": "close"})
    visit.refresh_from_db()
    visit.placement.refresh_from_db()
    assert (visit.status, visit.closed_by, visit.placement.status) == ("closed", cast.coordinator, "return_done")
    assert client.get(decide).status_code == 403
    client.force_login(cast.home_head)
    page = client.get(reverse("evaluation:return_visit", args=[visit.pk])).content.decode()
    assert "Objective 2: Still used as agreed" in page
    assert "Years 5 and 6" not in page
    assert "Pupils still choose" not in page


@pytest.mark.paper
def test_r_15_10_the_report_prints_a_section_for_each_objective(cast: Cast, visit: ReturnVisit, clock: Any) -> None:
    actions.close(visit=reported(cast, visit, clock), by=cast.coordinator)
    paper = Document.objects.get(kind="return-report")
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(documents.pdf(paper))).pages).split())
    for number in (1, 2, 3):
        assert f"Objective {number}: Still used as agreed" in text
        assert f"Seen in lessons, {number}" in text
    assert CONTRIBUTION in text
    assert "Seven in ten, as in July." in text


def test_a_cancelled_visit_is_scheduled_after_all(cast: Cast, visit: ReturnVisit) -> None:
    actions.cancel(visit=visit, reason="By mistake.", by=cast.coordinator)
    visit = actions.revive(visit=visit, by=cast.coordinator)
    visit.placement.refresh_from_db()
    assert (visit.status, visit.cancel_reason, visit.placement.status) == ("scheduled", "", "return_due")


def test_n21_ast_and_head_are_told_once_when_the_term_begins_and_the_co_ordinator_once_when_it_is_over(
    cast: Cast, visit: ReturnVisit, clock: Any
) -> None:
    for _ in range(2):
        look_after_returns()
    told = Message.objects.filter(kind="return-due").values_list("to_email", flat=True)
    assert sorted(told) == sorted([cast.ast.email, cast.host_head.email])
    save_year(default_year("2027-28"), by=None)
    clock.move_to(datetime(2027, 9, 6, 9, tzinfo=UTC))
    for _ in range(2):
        look_after_returns()
    assert [m.to_email for m in Message.objects.filter(kind="return-late")] == [cast.coordinator.email]


def test_both_are_asked_on_their_first_page(client: Client, cast: Cast, visit: ReturnVisit) -> None:
    for user in (cast.ast, cast.host_head):
        client.force_login(user)
        assert "Choose a day for the return visit" in client.get("/tasks/").content.decode()
    actions.propose(visit=visit, visit_on=SUMMER, days=Decimal(0), by=cast.ast)
    client.force_login(cast.host_head)
    assert "Agree the day of the return visit" in client.get("/tasks/").content.decode()
    client.post(reverse("evaluation:return_agree", args=[visit.pk]))
    assert "return visit" not in client.get("/tasks/").content.decode()


def test_the_list_costs_the_same_whatever_its_length(client: Client, cast: Cast, visit: ReturnVisit) -> None:
    client.force_login(cast.coordinator)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("evaluation:return_visits")).status_code == 200
        counts.append(len(queries))
        for _ in range(29):
            ReturnVisit.objects.create(placement=cast.placement(), term="x", opens_on=SUMMER, due_on=SUMMER)
    assert counts[0] == counts[1]


def test_r_11_14_the_report_tells_standards_apart_and_none_is_stated(
    client: Client, cast: Cast, visit: ReturnVisit, clock: Any
) -> None:
    dated(cast, visit)
    clock.move_to(datetime(2027, 5, 12, 9, tzinfo=UTC))
    look_after_returns()
    with pytest.raises(Refused, match="what the outreach contributed"):
        actions.report(visit=visit, by=cast.ast, standards="Better only because of the AST.", **TOLD)
    actions.report(visit=visit, by=cast.ast, **TOLD)
    visit.refresh_from_db()
    assert facts_of(visit)["standards"] == NO_STANDARDS
    client.force_login(cast.host_head)
    page = reverse("evaluation:return_visit", args=[visit.pk])
    assert NO_STANDARDS in client.get(page).content.decode()
    ReturnVisit.objects.update(standards="Six in ten still reach the mark.")
    assert "Six in ten still reach the mark." in client.get(page).content.decode()
