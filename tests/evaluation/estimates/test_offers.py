"""Help offered because of an estimate: once, answered by the head, and a request like any other (R-11.12, R-5.6)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.home import tasks_for
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from evaluation.estimates import actions
from evaluation.estimates.models import Estimate, Offer
from evaluation.estimates.tasks import lapse_offers
from placements.requests.lifecycle import RequestStatus, Route
from placements.requests.models import OutreachRequest
from staff.accounts.events import NEW_HEAD, NewHead
from staff.accounts.models import User
from tests.cast import Cast
from tests.evaluation.estimates.figures import estimate
from tests.factories import RequestFactory, SchoolFactory
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("screen")]

NEXT_MONTH = datetime(2026, 11, 10, 9, tzinfo=UTC)


def url(page: str, offer: Offer) -> str:
    return reverse(f"evaluation:offer{page}", args=[offer.pk])


def offered(cast: Cast, **fields: Any) -> Offer:
    """Mathematics of the host school lies under its estimate, and the office has offered help."""
    row = estimate(cast.host, cast.coordinator, **fields)
    return actions.make(school=row.school, subject=row.subject, year=row.year, by=cast.administrator)


def mails(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("pk"))


def test_r_5_6_the_office_offers_and_the_head_accepts_a_request_by_its_own_route(cast: Cast, client: Client) -> None:
    row = estimate(cast.host, cast.coordinator)
    client.force_login(cast.administrator)
    make = reverse("evaluation:offer_make", args=[row.pk])
    asked = text(client.get(make))
    assert "Estimate 62.0%, result 55.0%: 7 percentage points under the estimate." in asked
    assert client.post(make).status_code == 302
    offer = Offer.objects.get()
    [mail] = mails("offer-made")
    assert mail.to_email == cast.host_head.email
    assert (
        "GCSE at A* to C in the subject, 2009: Estimate 62.0%, result 55.0%: 7 percentage points under the estimate"
        in mail.body
    )
    head = signed_in(cast.host_head)
    assert "Yes, begin a request" in text(head.get(url("", offer)))
    done = head.post(url("_accept", offer))
    request = OutreachRequest.objects.get()
    assert done.url == reverse("placements:request_step", args=[request.pk, "subject"])
    assert (request.route, request.status, request.subject) == (Route.DATA, RequestStatus.DRAFT, "mathematics")
    assert (request.created_by, request.evidence_kinds) == (cast.host_head, ("data",))
    assert "7 percentage points under the estimate" in request.evidence
    offer.refresh_from_db()
    assert (offer.status, offer.request, offer.answered_by) == ("accepted", request, cast.host_head)
    assert "has accepted the offer" in mails("offer-answered")[0].body
    assert request.reference in text(signed_in(cast.coordinator).get(url("", offer)))


def test_r_11_12_offering_twice_is_one_offer_and_one_email(cast: Cast) -> None:
    offer = offered(cast)
    again = actions.make(school=cast.host, subject="mathematics", year=2009, by=cast.coordinator)
    assert again.pk == offer.pk
    assert len(mails("offer-made")) == 1
    client = signed_in(cast.coordinator)
    make = reverse("evaluation:offer_make", args=[Estimate.objects.get().pk])
    client.post(make)
    client.post(make)
    assert (Offer.objects.count(), len(mails("offer-made"))) == (1, 1)
    assert "Offered, waiting for the headteacher" in text(client.get(reverse("evaluation:fft_screen")))


def test_r_11_12_an_answer_is_given_once(cast: Cast) -> None:
    offer = offered(cast)
    head = signed_in(cast.host_head)
    head.post(url("_accept", offer))
    shown = text(head.post(url("_accept", offer), follow=True))
    assert "is no longer possible" in shown
    assert OutreachRequest.objects.count() == 1
    with pytest.raises(Refused):
        actions.decline(offer=Offer.objects.get(), by=cast.host_head)
    with pytest.raises(Refused, match="answered this offer already"):
        actions.make(school=cast.host, subject="mathematics", year=2009, by=cast.coordinator)


def test_r_11_12_of_two_people_one_is_told_that_it_has_moved_on(cast: Cast) -> None:
    offer = offered(cast)
    seen_by_both = Offer.objects.get(pk=offer.pk)
    actions.withdraw(offer=offer, by=cast.administrator)
    with pytest.raises(Refused, match="no longer possible"):
        actions.accept(offer=seen_by_both, by=cast.host_head)
    assert not OutreachRequest.objects.exists(), "nothing has begun"


@pytest.mark.parametrize("because", ["", "figures"])
def test_r_11_12_the_head_declines_and_need_not_say_why(cast: Cast, because: str) -> None:
    offer = offered(cast)
    head = signed_in(cast.host_head)
    assert "You need not say" in text(head.get(url("_decline", offer)))
    assert head.post(url("_decline", offer), {"because": because}).status_code == 302
    offer.refresh_from_db()
    assert (offer.status, offer.because) == ("declined", because)
    assert ("do not tell the whole" in mails("offer-answered")[0].body) is bool(because)
    assert not OutreachRequest.objects.exists()
    assert "Select an answer" in text(signed_in(cast.host_head).post(url("_decline", offer), {"because": "x"}))


def test_r_11_12_the_office_withdraws_and_may_offer_again(cast: Cast) -> None:
    offer = offered(cast)
    assert signed_in(cast.coordinator).post(url("_withdraw", offer)).status_code == 302
    offer.refresh_from_db()
    assert offer.status == "withdrawn"
    assert len(mails("offer-withdrawn")) == 1
    assert "Yes, begin a request" not in text(signed_in(cast.host_head).get(url("", offer)))
    actions.make(school=cast.host, subject="mathematics", year=2009, by=cast.coordinator)
    offer.refresh_from_db()
    assert (offer.status, offer.made_by) == ("offered", cast.coordinator)
    assert len(mails("offer-made")) == 2


def test_r_11_12_an_offer_that_nobody_answers_lapses_once(cast: Cast, clock: time_machine.Traveller) -> None:
    offer = offered(cast)
    assert lapse_offers() == 0
    clock.move_to(NEXT_MONTH)
    assert (lapse_offers(), lapse_offers()) == (1, 0)
    offer.refresh_from_db()
    assert offer.status == "lapsed"
    assert "Offer help" in text(signed_in(cast.coordinator).get(reverse("evaluation:fft_screen")))


def test_r_11_12_no_offer_without_a_result_under_its_estimate(cast: Cast) -> None:
    with pytest.raises(Refused, match="Help is offered where a result lies under its estimate"):
        offered(cast, actual=None)
    row = Estimate.objects.get()
    assert signed_in(cast.coordinator).get(reverse("evaluation:offer_make", args=[row.pk])).status_code == 404


def test_r_11_12_a_school_that_has_asked_is_not_offered_what_it_asked_for(cast: Cast) -> None:
    asked = RequestFactory(host=cast.host)
    with pytest.raises(Refused, match=asked.reference):
        offered(cast)
    row = Estimate.objects.get()
    shown = text(signed_in(cast.coordinator).post(reverse("evaluation:offer_make", args=[row.pk])))
    assert f"see {asked.reference}" in shown


def test_r_6_8_a_school_that_could_not_ask_is_not_offered_help(cast: Cast) -> None:
    Policy.objects.update(host_difficulty="block")
    cast.host.statuses.create(kind="category", name="special_measures", starts_on=date(2026, 3, 2))
    with pytest.raises(Refused, match="cannot have outreach here"):
        offered(cast)


def test_r_11_12_who_offers_who_answers_and_who_reads(cast: Cast) -> None:
    offer = offered(cast)
    readers = {cast.coordinator, cast.administrator, cast.officer, cast.consultant, cast.host_head}
    for user in (*readers, cast.outsider, cast.home_head):
        assert (signed_in(user).get(url("", offer)).status_code == 200) is (user in readers), user.name
    for user in (cast.ast, cast.chair):
        assert signed_in(user).get(url("", offer)).status_code == 403
    assert signed_in(cast.outsider).post(url("_accept", offer)).status_code == 404
    assert signed_in(cast.coordinator).post(url("_accept", offer)).status_code == 403
    assert signed_in(cast.officer).post(url("_withdraw", offer)).status_code == 403
    for by in (cast.coordinator, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.accept(offer=offer, by=by)
    with pytest.raises(PermissionDenied):
        actions.make(school=cast.host, subject="mathematics", year=2009, by=cast.officer)


def test_r_11_12_an_offer_is_a_task_of_the_head_until_it_is_answered(cast: Cast) -> None:
    offer = offered(cast)

    def found(user: User) -> bool:
        fresh = User.objects.get(pk=user.pk)
        return any("offer of help in Mathematics" in str(task) for task in tasks_for(fresh, date(2026, 10, 6)))

    assert found(cast.host_head)
    assert not found(cast.outsider)
    actions.decline(offer=offer, by=cast.host_head)
    assert not found(cast.host_head)


def test_r_17_7_a_new_headteacher_answers_what_the_last_one_left(cast: Cast) -> None:
    offer = offered(cast)
    [section] = [each for each in NEW_HEAD.sections(NewHead(cast.host)) if each.title == "Offers of help"]
    assert [row.what for row in section.rows] == [str(offer)]


def test_r_5_7_the_office_never_confirms_in_the_heads_place(cast: Cast) -> None:
    """The draft is the head's: who else may finish it, only asks the head to confirm."""
    actions.accept(offer=offered(cast), by=cast.host_head)
    draft = OutreachRequest.objects.get()
    assert not draft.confirmed
    sent = signed_in(cast.coordinator).post(reverse("placements:request_check", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.status == RequestStatus.DRAFT, text(sent)


def test_thirty_offers_cost_no_more_than_one(cast: Cast) -> None:
    offer = offered(cast)
    client = signed_in(cast.coordinator)
    for page, most in ((reverse("evaluation:offers"), 12), (url("", offer), 15)):
        client.get(page)
        with CaptureQueriesContext(connection) as few:
            client.get(page)
        for _ in range(29):
            row = estimate(SchoolFactory(), cast.coordinator)
            actions.make(school=row.school, subject=row.subject, year=row.year, by=cast.coordinator)
        with CaptureQueriesContext(connection) as many:
            client.get(page)
        assert len(many) == len(few) <= most
