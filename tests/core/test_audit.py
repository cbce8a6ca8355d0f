"""What history says, and whose names it does not hold."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core import audit, gate, outbox, suppression
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from placements.requests.lifecycle import Selection, StaffKind
from placements.requests.models import RequestedStaff
from tests.cast import Cast
from tests.factories import RequestFactory

pytestmark = pytest.mark.django_db
NAME = "Juno Pettifer"


def test_r_16_3_a_look_is_one_row_per_person_thing_and_day(cast: Cast, clock: Any) -> None:
    one, other = RequestFactory(host=cast.host), RequestFactory(host=cast.host)
    for _ in range(3):
        audit.viewed(one, by=cast.coordinator, what="declarations")
    audit.viewed(other, by=cast.coordinator, what="declarations")
    audit.viewed(one, by=cast.host_head, what="declarations")
    audit.viewed(None, by=cast.coordinator, what="audit trail")
    audit.viewed(None, by=cast.coordinator, what="audit trail")
    looks = AuditEvent.objects.filter(verb__startswith=audit.VIEWED)
    assert looks.count() == 4
    clock.shift(timedelta(days=1))
    audit.viewed(one, by=cast.coordinator, what="declarations")
    assert looks.count() == 5


def test_g_history_never_names_supported_staff(cast: Cast) -> None:
    request = RequestFactory(host=cast.host)
    gate.move(request, "review", by=cast.coordinator)
    gate.move(request, "wait", by=cast.coordinator, reason=f"{NAME} is away, and so is Mrs Pettifer’s group")
    audit.record(
        "request: answers changed",
        request,
        by=cast.coordinator,
        before={"need": "juno pettifer wants to learn", "days": 6},
        after={"texts": ["Juno plans", {"status": "placed"}]},
    )
    event = AuditEvent.objects.first()
    assert event.before == {"need": "A colleague wants to learn", "days": 6}
    assert event.after == {"texts": ["A colleague plans", {"status": "placed"}]}
    told = Transition.objects.last().reason
    assert told.startswith("A colleague is away")
    assert "ettifer" not in told


def test_a_group_is_a_description_and_stays(cast: Cast) -> None:
    request = RequestFactory(host=cast.host, staff=False)
    RequestedStaff.objects.create(
        request=request, name="Year Five", kind=StaffKind.GROUP, selection=Selection.SELF, head_agrees=True
    )
    assert audit.record("x", request, by=None, reason="Year Five is ready").reason == "Year Five is ready"


def test_g_messages_never_name_supported_staff(cast: Cast) -> None:
    request = RequestFactory(host=cast.host)
    outbox.queue(
        key="k",
        kind="k",
        to="juno.other@marlshire.example",
        subject=f"About {NAME}",
        body="Dear Juno\n\nWhich class does JUNO  PETTIFER teach?",
        about=request,
    )
    message = Message.objects.get()
    assert message.subject == "About a colleague"
    assert message.body == "Dear Juno\n\nWhich class does a colleague teach?"
    to = (NAME, "juno@marlshire.example")
    own = outbox.queue(key="own", kind="k", to=to, subject="Yours", body=f"Dear {NAME}", about=request)
    assert own.body == f"Dear {NAME}", "somebody may be called by the own name"


def test_r_16_3_every_list_that_leaves_as_a_file_is_recorded(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    client.get(reverse("staff:people"), {"export": "csv", "name": "quill"})
    event = AuditEvent.objects.get(verb="Exported: people")
    assert event.by == cast.coordinator
    assert event.where_from == "127.0.0.1"
    assert event.after == {"rows": 1, "filters": {"Name or e-mail address": ["quill"]}}
    client.get(reverse("evaluation:time"), {"export": "csv"})
    assert AuditEvent.objects.get(verb="Exported: time-report").after["rows"] == 1


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (1, "fewer than 3"), (2, "fewer than 3"), (3, "3"), (40, "40")]
)
def test_g_small_numbers_are_not_counted_out(number: int, words: str) -> None:
    assert suppression.count_words(number) == words
    assert suppression.count_words(number, "teacher") == f"{words} teachers"
    assert suppression.count_words(number, "child", "children") == f"{words} children"
