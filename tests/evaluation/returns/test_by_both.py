"""What AST and host head do about a return visit: drafts, calendars, asking for none or for one (R-11.9, R-18.3)."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core import calendars, home
from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from evaluation.returns import actions
from evaluation.returns.models import ReturnVisit
from schools.register.models import School
from tests.cast import Cast
from tests.evaluation.returns.test_returns import SUMMER, TOLD, dated, visit  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

AFTERWARDS = datetime(2027, 5, 12, 9, tzinfo=UTC)


def test_r_11_9_a_report_half_written_is_kept_and_its_authors_alone(
    client: Client,
    cast: Cast,
    visit: ReturnVisit,  # noqa: F811
    clock: Any,
) -> None:
    dated(cast, visit)
    clock.move_to(AFTERWARDS)
    client.force_login(cast.ast)
    url = reverse("evaluation:return_report", args=[visit.pk])
    said = client.post(url, {"lasting": "Pupils still choose.", "remains_1": "used", "draft": "1"}, follow=True)
    assert "Your draft is saved." in said.content.decode()
    visit.refresh_from_db()
    assert (visit.status, visit.lasting, visit.reported_at) == ("done", "Pupils still choose.", None)
    assert "Pupils still choose." in client.get(url).content.decode()
    client.force_login(cast.coordinator)
    page = client.get(visit.get_absolute_url()).content.decode()
    assert "Pupils still choose." not in page
    assert actions.report(visit=visit, by=cast.ast, **TOLD).status == "reported"
    with pytest.raises(Refused, match="no longer possible"):
        actions.save_draft(visit=visit, by=cast.ast, **TOLD)


def test_r_11_9_before_its_day_there_is_nothing_to_draft(cast: Cast, visit: ReturnVisit) -> None:  # noqa: F811
    dated(cast, visit)
    with pytest.raises(Refused):
        actions.save_draft(visit=visit, by=cast.ast, **TOLD)
    with pytest.raises(PermissionDenied):
        actions.save_draft(visit=visit, by=cast.host_head, **TOLD)


def test_r_18_3_the_day_comes_into_both_calendars_and_leaves_them(cast: Cast, visit: ReturnVisit) -> None:  # noqa: F811
    dated(cast, visit, days="1")
    for user, title in (
        (cast.ast, "Return visit: Fernleigh Primary School"),
        (cast.host_head, "Return visit: Wren Castellow"),
        (cast.home_head, "Return visit: Wren Castellow"),
    ):
        entries = [e for e in calendars.of(user, today()) if e.about == visit]
        assert [(e.on, e.title, e.cancelled) for e in entries] == [(SUMMER, title, False)], user
    assert [e for e in calendars.of(cast.outsider, today()) if e.about == visit] == []
    told = Message.objects.filter(kind="return-dated")
    assert {m.to_email for m in told} == {cast.ast.email, cast.host_head.email}
    assert all("METHOD:PUBLISH" in m.calendar and "20270511" in m.calendar for m in told)
    actions.undate(visit=visit, by=cast.host_head)
    gone = Message.objects.filter(kind="return-undated")
    assert gone.count() == 2
    assert all("METHOD:CANCEL" in m.calendar and "20270511" in m.calendar for m in gone)


def test_r_11_9_either_side_asks_for_no_visit_and_later_for_one_after_all(
    client: Client,
    cast: Cast,
    visit: ReturnVisit,  # noqa: F811
) -> None:
    url = reverse("evaluation:return_ask", args=[visit.pk])
    client.force_login(cast.host_head)
    assert "Enter a short reason" in client.post(url, {"reason": " "}).content.decode()
    client.post(url, {"reason": "Both teachers have left the school."})
    visit.refresh_from_db()
    assert (visit.status, visit.asked_by) == ("scheduled", "host"), "nothing moves until the co-ordinator decides"
    assert "No return visit is asked for" in Message.objects.get(kind="return-asked").subject
    tasks = [task.title for task in home.tasks_for(cast.coordinator, today())]
    assert "Answer what is asked about a return visit" in tasks
    client.force_login(cast.coordinator)
    decide = reverse("evaluation:return_decide", args=[visit.pk])
    page = client.get(decide).content.decode()
    assert "The host headteacher asks for no visit. Waiting for the co-ordinator to decide." in page
    assert "Both teachers have left the school." in page
    client.post(decide, {"decision": "cancel", "cancel_reason": "Both teachers have left."})
    visit.refresh_from_db()
    assert (visit.status, visit.asked_reason) == ("cancelled", "")

    client.force_login(cast.ast)
    assert "for a return visit after all" in client.get(visit.get_absolute_url()).content.decode()
    client.post(url, {"reason": "Their successors teach the units."})
    client.force_login(cast.coordinator)
    client.post(decide, {"decision": "revive"})
    visit.refresh_from_db()
    assert (visit.status, visit.asked_by, visit.placement.status) == ("scheduled", "", "return_due")


def test_r_11_9_a_day_agreed_after_all_answers_who_asked_for_none(
    client: Client,
    cast: Cast,
    visit: ReturnVisit,  # noqa: F811
) -> None:
    actions.ask(visit=visit, reason="There is no time before July.", by=cast.ast)
    dated(cast, visit)
    visit.refresh_from_db()
    assert (visit.status, visit.asked_by) == ("dated", "")
    client.force_login(cast.home_head)
    assert client.post(reverse("evaluation:return_ask", args=[visit.pk]), {"reason": "No"}).status_code == 403


def test_r_11_9_of_a_school_that_has_closed_the_refusal_says_what_to_do(
    client: Client,
    cast: Cast,
    visit: ReturnVisit,  # noqa: F811
) -> None:
    School.objects.filter(pk=cast.host.pk).update(status="closed")
    client.force_login(cast.ast)
    day = {"visit_on": "2027-05-11", "days": "0"}
    said = client.post(reverse("evaluation:return_day", args=[visit.pk]), day).content.decode()
    assert "has closed. The co-ordinator can cancel the return visit with a reason." in said
    visit.refresh_from_db()
    assert (visit.status, visit.visit_on) == ("scheduled", None), "nothing is half saved"
    client.post(reverse("evaluation:return_ask", args=[visit.pk]), {"reason": "The school has closed."})
    client.force_login(cast.coordinator)
    decide = {"decision": "cancel", "cancel_reason": "The school has closed."}
    client.post(reverse("evaluation:return_decide", args=[visit.pk]), decide)
    visit.refresh_from_db()
    assert (visit.status, visit.placement.status) == ("cancelled", "completed")


def test_r_11_9_the_co_ordinator_may_leave_it_as_it_is_and_both_hear_so(
    client: Client,
    cast: Cast,
    visit: ReturnVisit,  # noqa: F811
) -> None:
    decide = reverse("evaluation:return_decide", args=[visit.pk])
    client.force_login(cast.coordinator)
    assert "Leave it as it is" not in client.get(decide).content.decode(), "nobody has asked for anything"
    assert "There is a problem" in client.post(decide, {"decision": "decline"}).content.decode()
    with pytest.raises(Refused):
        actions.decline(visit=visit, by=cast.coordinator)
    actions.ask(visit=visit, reason="There is no time.", by=cast.ast)
    assert "Leave it as it is: the visit is to take place" in client.get(decide).content.decode()
    client.post(decide, {"decision": "decline"})
    visit.refresh_from_db()
    assert (visit.status, visit.asked_by, visit.asked_reason) == ("scheduled", "", "")
    assert "Answer what is asked about a return visit" not in [
        t.title for t in home.tasks_for(cast.coordinator, today())
    ]
    told = Message.objects.filter(kind="return-declined")
    assert {m.to_email for m in told} == {cast.ast.email, cast.host_head.email}
    assert all("is to take place" in m.subject for m in told)
    with pytest.raises(PermissionDenied):
        actions.decline(visit=visit, by=cast.ast)


def test_r_11_9_the_page_says_your_turn_to_whoever_has_it(
    client: Client,
    cast: Cast,
    visit: ReturnVisit,  # noqa: F811
    clock: Any,
) -> None:
    def turn(user: Any) -> str:
        client.force_login(user)
        page = client.get(visit.get_absolute_url()).content.decode()
        return page.split('<div class="govuk-inset-text">')[1].split("</div>")[0]

    actions.propose(visit=visit, visit_on=SUMMER, days=Decimal(0), by=cast.ast)
    assert turn(cast.host_head) == "Your turn: agree to the day that the AST proposes, or propose another."
    assert turn(cast.ast) == "The AST proposes a day. Waiting for the host headteacher to agree."
    visit.refresh_from_db()
    actions.agree(visit=visit, by=cast.host_head)
    clock.move_to(AFTERWARDS)
    assert turn(cast.ast) == "Your turn: write the report."
    visit.refresh_from_db()
    actions.report(visit=visit, by=cast.ast, **TOLD)
    assert turn(cast.coordinator) == "Your turn: read the report, and accept or return it."
    assert turn(cast.host_head) == "Waiting for the co-ordinator to accept the report."
