"""Nothing personal where it does not belong: the whole demonstration's messages, the audit trail, the logs."""

import logging
import re

import pytest
from django.core.management import call_command

from astcoord.core import delivery, outbox
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from astcoord.core.names import without_whole_names
from placements.requests.models import RequestedStaff
from placements.supported.models import SupportedStaff
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def test_g_no_message_of_the_demonstration_names_a_supported_person(quick_print: None) -> None:
    call_command("load_demo", verbosity=0)
    people = [*RequestedStaff.objects.all(), *SupportedStaff.objects.all()]
    names = {person.name for person in people if person.kind != "group"}
    addresses = {person.email for person in people if person.email}
    assert len(names) > 5
    assert Message.objects.count() > 20
    for message in Message.objects.all():
        others = names - {message.to_name}
        for text in (message.subject, message.body):
            assert without_whole_names(text, others) == text, message.key
            assert not (addresses - {message.to_email}) & set(ADDRESS.findall(text)), message.key
        assert not ADDRESS.search(message.subject), message.key
    for text in [str(e.after) + e.reason for e in AuditEvent.objects.all()]:
        assert without_whole_names(text, names) == text
    for row in Transition.objects.all():
        assert without_whole_names(row.reason, names) == row.reason


def test_logs_hold_row_numbers_and_no_people(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    outbox.queue(key="a", kind="k", to=(cast.ast.name, cast.ast.email), subject="Two words", body="Three more words")
    outbox.queue(key="b", kind="k", to="no-name@marlshire.example", subject="Two words", body="Three more words")
    assert delivery.deliver_all() == {delivery.Outcome.SENT: 2}
    for record in caplog.records:
        told = record.getMessage()
        assert not ADDRESS.search(told), told
        assert cast.ast.name not in told
        assert "Three more words" not in told
