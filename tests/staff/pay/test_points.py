"""The point that the school pays, year by year; a person decides each (R-2.10)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from placements.balances.tasks import send_time_alerts
from placements.days.tasks import open_budgets
from staff.pay.actions import points
from staff.pay.models import PayPoint
from staff.pay.reads.holding import point_on
from staff.pay.tasks import remind_of_funding
from staff.posts.tasks import look_after_posts
from tests.cast import Cast
from tests.schools.pages import boxes, signed_in
from tests.staff.pay.paying import FIRST, approved, paid
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


def test_r_2_10_a_point_outside_the_range_is_refused(cast: Cast) -> None:
    approved(cast)
    paid(cast)
    page = reverse("staff:pay_point_add", args=[cast.post.pk])
    answered = signed_in(cast.home_head).post(page, {"point": 10, **boxes("starts_on", SEPTEMBER)})
    assert "The range is 5 to 9 on 1 September 2026: enter one of its points" in text(answered)
    assert [each.point for each in PayPoint.objects.all()] == [7]
    assert signed_in(cast.home_head).post(page, {"point": 8, **boxes("starts_on", SEPTEMBER)}).status_code == 302
    said = text(signed_in(cast.ast).get(reverse("staff:pay", args=[cast.post.pk])))
    assert "Point 8 from 1 September 2026 Point 7 from 1 September 2025" in said
    assert "How performance management relates to this" in said


def test_r_2_10_without_a_range_there_is_no_point(cast: Cast) -> None:
    with pytest.raises(Refused, match="No range that the governors have approved holds on 1 September 2025"):
        paid(cast)


def test_r_2_10_one_point_a_school_year_under_one_range(cast: Cast) -> None:
    approved(cast)
    paid(cast)
    with pytest.raises(Refused, match="A point of 2025-26 is recorded, from 1 September 2025"):
        paid(cast, 8, date(2026, 4, 1))
    assert paid(cast, 7) == PayPoint.objects.get(), "said twice, recorded once"
    approved(cast, 10, date(2026, 4, 1))
    assert paid(cast, 10, date(2026, 4, 1)).point == 10, "a new range brings a point of its own"


def test_r_2_10_a_wrong_entry_is_corrected_with_a_reason_or_taken_away(cast: Cast) -> None:
    approved(cast)
    row = paid(cast)
    client = signed_in(cast.home_head)
    page = reverse("staff:pay_point_change", args=[row.pk])
    wrong = {"point": 12, **boxes("starts_on", FIRST), "reason": "Slip"}
    assert "The range is 5 to 9" in text(client.post(page, wrong))
    assert "Enter" in text(client.post(page, {**wrong, "point": 6, "reason": ""}))
    assert client.post(page, {**wrong, "point": 6}).status_code == 302
    event = AuditEvent.objects.about(cast.post).get(verb="Pay point corrected")
    assert (event.reason, event.before["point"], event.after["point"]) == ("Slip", 7, 6)
    assert client.post(reverse("staff:pay_point_remove", args=[row.pk]), {"reason": "Never paid"}).status_code == 302
    assert not PayPoint.objects.exists()
    with pytest.raises(Refused, match="taken this point away meanwhile"):
        points.correct(row=row, point=6, starts_on=FIRST, reason="x", by=cast.coordinator)


def test_r_2_10_nothing_moves_a_point_by_itself(cast: Cast, clock: time_machine.Traveller) -> None:
    approved(cast)
    row = paid(cast)
    for month in range(1, 13):
        clock.move_to(date(2026 + (month > 3), (month + 8) % 12 + 1, 2).isoformat() + " 09:00:00Z")
        for job in (look_after_posts, remind_of_funding, open_budgets, send_time_alerts):
            job()
    assert PayPoint.objects.get() == row
    assert point_on(cast.post, date(2027, 10, 1)) == row


def test_r_2_10_who_may_not_record_a_point(cast: Cast) -> None:
    approved(cast)
    for user in (cast.ast, cast.administrator, cast.officer, cast.outsider, cast.host_head, cast.consultant):
        with pytest.raises(PermissionDenied):
            points.record(post=cast.post, point=7, starts_on=FIRST, by=user)
