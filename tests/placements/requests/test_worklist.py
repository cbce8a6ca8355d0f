"""Requests as a worklist: one view after the other, whose each is, and the right school (R-20.3)."""

import html
import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.requests.actions import asking, decisions, owning
from placements.requests.models import OutreachRequest
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory, person
from tests.placements.requests.asking import url

pytestmark = pytest.mark.django_db
DECLINE = {"ending": "no_expertise", "note": "Nobody here teaches the harp."}


@pytest.fixture
def coordinator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.coordinator)
    return client


def of_music(cast: Cast, *days: int) -> list[OutreachRequest]:
    return [
        RequestFactory(host=cast.host, subject="music", submitted_at=datetime(2026, 9, day, 10, tzinfo=UTC))
        for day in days
    ]


def in_view(page: str, pk: int, **view: str) -> str:
    return f"{url(page, pk)}?{urlencode({'view': urlencode(view)})}"


def test_r_20_3_when_a_request_is_decided_the_next_of_the_view_opens(coordinator: Client, cast: Cast) -> None:
    RequestFactory(host=cast.host)  # not of this view
    first, second, third = of_music(cast, 1, 2, 3)
    listed = coordinator.get(f"{url('queue')}?subject=music").content.decode()
    assert in_view("request_detail", second.pk, subject="music").replace("&", "&amp;") in listed
    page = coordinator.get(in_view("request_detail", second.pk, subject="music")).content.decode()
    assert "2 of 3" in page
    assert in_view("request_detail", first.pk, subject="music") in page
    assert in_view("request_decline", second.pk, subject="music") in page

    after = coordinator.post(in_view("request_decline", second.pk, subject="music"), DECLINE, follow=True)

    assert after.redirect_chain[-1][0] == in_view("request_detail", third.pk, subject="music")
    words = after.content.decode()
    assert f"{second.reference}: the request is declined" in words
    assert "2 of 2" in words


def test_r_20_3_after_the_last_of_a_view_the_view_opens(coordinator: Client, cast: Cast) -> None:
    [only] = of_music(cast, 1)
    after = coordinator.post(in_view("request_decline", only.pk, subject="music"), DECLINE, follow=True)
    assert after.redirect_chain[-1][0] == f"{url('queue')}?subject=music"
    assert "That was the last request of this view" in after.content.decode()


def test_r_20_3_a_proposed_match_leads_on_to_the_next_of_the_view(coordinator: Client, cast: Cast) -> None:
    first, second = (RequestFactory(host=cast.host, subject="mathematics") for _ in range(2))
    page = coordinator.get(in_view("candidates", first.pk, subject="mathematics")).content.decode()
    [choose] = set(re.findall(r'href="([^"]+candidates/\d+/[^"]*)"', page))
    after = coordinator.post(html.unescape(choose), {"days": "6"}, follow=True)
    assert after.redirect_chain[-1][0] == in_view("request_detail", second.pk, subject="mathematics")


def test_r_20_3_a_view_keeps_its_order_and_asks_once_however_long(
    coordinator: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    asked = of_music(cast, *range(1, 29))
    view = {"sort": "-reference", "subject": "music"}
    with django_assert_max_num_queries(16):
        page = coordinator.get(in_view("request_detail", asked[-1].pk, **view)).content.decode()
    assert "1 of 28" in page
    assert in_view("request_detail", asked[-2].pk, **view) in page


@pytest.mark.parametrize("view", ["x" * 2000, "group=nonsense&sort=;&page=-1", "subject=history", "%00"])
def test_r_20_3_what_is_no_view_of_ours_is_left_out(coordinator: Client, cast: Cast, view: str) -> None:
    [asked] = of_music(cast, 1)
    page = coordinator.get(url("request_detail", asked.pk), {"view": view})
    assert page.status_code == 200
    assert coordinator.post(f"{url('request_take_up', asked.pk)}?{urlencode({'view': view})}").status_code == 302


def test_r_20_3_of_two_who_decide_the_second_is_told(coordinator: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host)
    other = person("Hazel Winterborne", "hazel@marlshire.example", "coordinator")
    decisions.decline(request=asked, by=other, ending="no_days", note="No days are left.")
    said = coordinator.post(url("request_decline", asked.pk), DECLINE).content.decode()
    assert "is now “Declined by the co-ordinator”" in said
    said = coordinator.get(url("request_wait", asked.pk), follow=True).content.decode()
    assert "is no longer possible" in said
    asked.refresh_from_db()
    assert asked.ending == "no_days"


def test_r_20_3_several_are_handed_over_at_once_each_with_its_audit_row(coordinator: Client, cast: Cast) -> None:
    one, two, three = of_music(cast, 1, 2, 3)
    listed = coordinator.get(url("queue"), {"subject": "music"}).content.decode()
    assert listed.count('name="row"') == 3
    asked = f"{url('request_owners')}?subject=music&row={one.pk}&row={three.pk}"
    page = coordinator.get(asked).content.decode()
    assert "Hand over 2 requests" in page
    assert two.reference not in page
    sent = {"chosen": f"{one.pk},{three.pk}", "owner": cast.administrator.pk}

    after = coordinator.post(asked, sent, follow=True)

    assert after.redirect_chain[-1][0] == f"{url('queue')}?subject=music"
    assert "2 requests handed over to Idris Fenwick-Moss" in after.content.decode()
    assert AuditEvent.objects.filter(verb="request: handed over").count() == 2
    coordinator.post(asked, sent)
    assert AuditEvent.objects.filter(verb="request: handed over").count() == 2  # sent twice
    coordinator.force_login(cast.administrator)
    for owner, found in (("me", {one.pk, three.pk}), ("nobody", {two.pk}), ("others", set())):
        table = coordinator.get(f"{url('queue')}?owner={owner}").context["table"]
        assert {row.record.pk for row in table.rows} == found


def test_r_20_3_all_of_a_view_are_handed_over_or_the_list_says_what_to_tick(coordinator: Client, cast: Cast) -> None:
    of_music(cast, *range(1, 31))
    page = coordinator.get(f"{url('request_owners')}?subject=music&which=all").content.decode()
    assert "Hand over 30 requests" in page
    said = coordinator.get(f"{url('request_owners')}?subject=music", follow=True).content.decode()
    assert "Tick the requests that you want to hand over" in said


def test_r_20_3_a_request_is_given_back_to_nobody(cast: Cast) -> None:
    [asked] = of_music(cast, 1)
    owning.hand_over(requests=[asked], owner=cast.administrator, by=cast.coordinator)
    assert owning.hand_over(requests=[asked], owner=None, by=cast.administrator) == 1
    asked.refresh_from_db()
    assert asked.owner is None


def test_r_20_3_only_the_office_looks_after_requests(coordinator: Client, cast: Cast) -> None:
    [asked] = of_music(cast, 1)
    for user in (cast.officer, cast.host_head, cast.consultant):
        with pytest.raises(PermissionDenied):
            owning.hand_over(requests=[asked], owner=cast.coordinator, by=user)
    with pytest.raises(Refused, match="somebody in the office"):
        owning.hand_over(requests=[asked], owner=cast.officer, by=cast.coordinator)
    coordinator.force_login(cast.officer)
    page = coordinator.get(url("queue")).content.decode()
    assert "Looked after by" not in page


def test_r_20_3_whoever_takes_a_request_up_looks_after_it_unless_somebody_does(cast: Cast) -> None:
    one, two = of_music(cast, 1, 2)
    owning.hand_over(requests=[two], owner=cast.administrator, by=cast.coordinator)
    assert decisions.take_up(request=one, by=cast.coordinator).owner == cast.coordinator
    assert decisions.take_up(request=two, by=cast.coordinator).owner == cast.administrator


def test_r_20_3_a_wrong_school_is_corrected_and_both_heads_are_told(coordinator: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head)
    sent = asked.submitted_at
    said = {"school": cast.elsewhere.pk, "reason": "Stonecross was meant"}

    page = coordinator.post(url("request_school", asked.pk), said, follow=True).content.decode()

    assert "both headteachers know" in page
    asked.refresh_from_db()
    assert (asked.host, asked.status, asked.confirmed_by) == (cast.elsewhere, "awaiting_confirmation", None)
    told = {m.to_email: m.body for m in Message.objects.filter(kind="request-school-corrected")}
    assert told.keys() == {cast.host_head.email, cast.outsider.email}
    assert "confirm it" in told[cast.outsider.email]
    assert "Nothing is needed from you" in told[cast.host_head.email]
    [event] = AuditEvent.objects.filter(verb="request: school corrected")
    assert (event.before, event.after) == ({"school": cast.host.name}, {"school": cast.elsewhere.name})
    coordinator.force_login(cast.host_head)
    assert coordinator.get(url("request_detail", asked.pk)).status_code == 404
    asked.staff.create(name="Juno Pettifer", selection="self", head_agrees=True)
    asked.exclusions = ("supply", "references", "appraisal", "capability")
    asked.wanted_until = date(2027, 2, 12)
    asked.no_priority_reason = "It serves none"
    asked.save()
    confirmed = asking.confirm(request=asked, by=cast.outsider)
    assert confirmed.submitted_at == sent  # its place in the queue


def test_r_20_3_nothing_is_asked_of_a_head_who_leads_both_schools(cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head)
    cast.host_head.roles.create(role="headteacher", school=cast.elsewhere, starts_on=date(2026, 9, 1))
    corrected = owning.correct_school(request=asked, school=cast.elsewhere, reason="The other", by=cast.coordinator)
    assert (corrected.status, corrected.confirmed_by) == ("submitted", cast.host_head)


@pytest.mark.parametrize(("status", "matched"), [("proposed", "proposed"), ("placed", "agreed"), ("waiting", "agreed")])
def test_r_20_3_no_school_is_corrected_once_an_ast_has_been_asked(cast: Cast, status: str, matched: str) -> None:
    asked = RequestFactory(host=cast.host, status=status, look_again_on=date(2026, 11, 3))
    MatchFactory(request=asked, post=cast.post, status=matched)
    with pytest.raises(Refused, match="An AST has been asked"):
        owning.correct_school(request=asked, school=cast.elsewhere, reason="The other", by=cast.coordinator)


def test_r_20_3_the_school_it_stands_under_is_no_correction(coordinator: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host)
    page = coordinator.post(url("request_school", asked.pk), {"school": cast.host.pk, "reason": "?"}).content.decode()
    assert "That is the school it stands under now" in page
