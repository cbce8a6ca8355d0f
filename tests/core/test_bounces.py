"""Addresses at which e-mail comes back are not written to, until the office says so."""

import mailbox
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DataError
from django.utils import timezone

from astcoord.core import bounces, delivery, housekeeping, outbox, relay, retention, unreachable
from astcoord.core.delivery import Outcome
from astcoord.core.models.bounces import BounceRead, Unreachable
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message, MessageStatus
from tests import smtp

pytestmark = pytest.mark.django_db

TO = "head@oakfield.marlshire.example"

REPORT = """\
From: MAILER-DAEMON@relay.example
To: ast@marlshire.example
Date: Tue, 06 Oct 2026 10:00:00 +0100
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Original-Recipient: rfc822;{to}
Final-Recipient: rfc822; other@elsewhere.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} nobody of
 that name

--b
Content-Type: {kind}

{head}
--b--
"""


def queue(key: str = "k", to: str = TO) -> Message:
    return outbox.queue(key=key, kind="notice", to=to, subject="Hello", body="Text")


def sent(key: str = "k", to: str = TO) -> Message:
    message = queue(key, to)
    Message.objects.filter(pk=message.pk).update(status=MessageStatus.SENT, sent_at=timezone.now())
    return message


def report(identity: str = "", **given: str) -> bytes:
    head = f"Message-ID: {identity}\nSubject: Hello\n\nText" if identity else "Subject: Hello\n\nText"
    usual = {"to": TO, "action": "failed", "status": "5.1.1", "kind": "text/rfc822-headers", "head": head}
    return REPORT.format_map({**usual, **given}).encode()


def eml(folder: Path, raw: bytes, name: str = "one.eml") -> Path:
    place = folder / name
    place.write_bytes(raw)
    return place


class TestTheMailServerSaysSo:
    @pytest.fixture
    def post(self, settings) -> Iterator[smtp.Relay]:
        with smtp.running() as running:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 5
            yield running
            relay.hang_up()

    @pytest.mark.one_database
    @pytest.mark.parametrize(
        ("answer", "for_good"),
        [
            ("550 5.1.1 nobody of that name", True),
            ("550 no such user", True),
            ("553 5.1.2 no such domain", True),
            ("550 5.2.1 mailbox closed", True),
            ("550 5.1.10 takes no mail", True),
            ("550 5.0.0 unknown user", True),
            ("550 5.0.0 not accepted", False),
            ("550 5.0.0 Sender verify failed: unknown user", False),
            ("554 5.0.0 transaction failed for this user", False),
            ("550 5.1.0 address rejected", False),
            ("550 5.1.7 bad address of the user who sends", False),
            ("550 5.1.8 the user's domain is unknown", False),
            ("552 5.2.2 mailbox full", False),
            ("550 5.7.1 taken for unwanted", False),
            ("550 relay not permitted", False),
            ("550 Unrouteable address", True),
            ("553 mailbox name not known", True),
            ("550 Administrative prohibition", False),
            ("550 rejected as spam", False),
            ("550 authentication required", False),
            ("550 Sender verify failed: unknown user", False),
            ("554 5.7.1 relaying denied", False),
            ("530 sign in first", False),
            ("451 4.1.1 try later", False),
        ],
    )
    def test_only_of_an_address_that_is_not_there(self, post, answer, for_good):
        post.answers["RCPT"] = answer
        delivery.deliver(queue().pk)
        assert Unreachable.objects.exists() == for_good

    def test_the_next_message_does_not_go_over_the_wire(self, post):
        post.answers["RCPT"] = "550 5.1.1 nobody of that name"
        assert delivery.deliver(queue().pk) == Outcome.FAILED
        post.answers.clear()
        second = queue("2", to=TO.upper())
        assert delivery.deliver(second.pk) == Outcome.FAILED
        second.refresh_from_db()
        assert "comes back since 6 October 2026" in second.error
        assert post.taken == []

    def test_what_the_office_lifts_is_written_to_again(self, post):
        post.answers["RCPT"] = "550 5.1.1 nobody of that name"
        message = queue()
        delivery.deliver(message.pk)
        post.answers.clear()
        assert unreachable.write_again(pks=Unreachable.objects.values_list("pk", flat=True), by=None) == 1
        outbox.retry(message, by=None)
        assert delivery.deliver(message.pk) == Outcome.SENT
        assert AuditEvent.objects.filter(verb="address written to again").count() == 1


class TestReports:
    @pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
    def test_a_report_of_a_message_of_ours(self, tmp_path, kind):
        message = sent()
        done = bounces.read(eml(tmp_path, report(message.message_id, kind=kind, to="forwarded@elsewhere.example")))
        assert done[bounces.CAME_BACK] == done[bounces.ADDRESSES] == 1
        message.refresh_from_db()
        assert message.status == MessageStatus.FAILED
        assert message.error == "It came back: 550 5.1.1 nobody of that name"
        assert Unreachable.objects.get().address == TO

    def test_reading_it_again_changes_nothing_even_after_the_address_was_lifted(self, tmp_path):
        message = sent()
        file = eml(tmp_path, report(message.message_id))
        bounces.read(file)
        unreachable.write_again(pks=[Unreachable.objects.get().pk], by=None)
        outbox.retry(message, by=None)
        assert delivery.deliver(message.pk) == Outcome.SENT
        assert bounces.read(file) == {bounces.KNOWN: 1}
        message.refresh_from_db()
        assert message.status == MessageStatus.SENT
        assert not Unreachable.objects.exists()

    def test_without_an_identity_an_address_that_we_wrote_to_counts(self, tmp_path):
        sent()
        assert bounces.read(eml(tmp_path, report()))[bounces.ADDRESSES] == 1

    def test_strangers_cannot_be_silenced(self, tmp_path):
        assert bounces.read(eml(tmp_path, report()))[bounces.STRANGE] == 1
        assert not Unreachable.objects.exists()

    @pytest.mark.parametrize(
        "given", [{"action": "delayed", "status": "4.4.1"}, {"action": "delivered", "status": "2.0.0"}]
    )
    def test_what_is_only_late_is_no_failure(self, tmp_path, given):
        message = sent()
        assert bounces.read(eml(tmp_path, report(message.message_id, **given))) == {bounces.OTHER: 1}

    def test_a_full_mailbox_brings_its_message_back_and_silences_nobody(self, tmp_path):
        message = sent()
        done = bounces.read(eml(tmp_path, report(message.message_id, status="5.2.2")))
        assert done[bounces.CAME_BACK] == 1
        assert not Unreachable.objects.exists()

    @pytest.mark.parametrize(
        ("quoted", "for_good"),
        [
            ("smtp; 550 5.1.1 nobody of that name", True),
            ("smtp; 550 no such user here", True),
            ("smtp; 550 5.0.0 not accepted", False),
            ("smtp; 554 refused, see the user's page", False),
            ("x-local; gave up", False),
        ],
    )
    def test_of_a_report_that_says_other_the_answer_it_quotes_decides(self, tmp_path, quoted, for_good):
        """Some mail servers write 5.0.0 above whatever they were told."""
        message = sent()
        said = b"smtp; 550 5.0.0 nobody of\n that name"
        raw = report(message.message_id, status="5.0.0")
        assert said in raw
        done = bounces.read(eml(tmp_path, raw.replace(said, quoted.encode())))
        assert done[bounces.CAME_BACK] == 1
        assert Unreachable.objects.exists() == for_good

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"\xff\xfe\x00",
            b"Subject: holiday\n\nBack on Monday",
            REPORT[:420].encode(),
            b"Content-Type: multipart/report\n\nx",
        ],
    )
    def test_other_mail_and_broken_mail_is_counted_and_left_alone(self, tmp_path, raw):
        assert bounces.read(eml(tmp_path, raw)) == {bounces.OTHER: 1}

    def test_a_nul_in_a_report_reaches_no_database(self, tmp_path):
        message = sent()
        raw = report(message.message_id).replace(b"that name", b"th\0at n\0ame").replace(b"nobody", b"no\0body")
        assert bounces.read(eml(tmp_path, raw))[bounces.CAME_BACK] == 1
        assert Unreachable.objects.get().said == "550 5.1.1 nobody of that name"
        message.refresh_from_db()
        assert "\0" not in message.error

    def test_a_mail_that_breaks_the_reading_stops_no_other(self, tmp_path, monkeypatch):
        message = sent()
        eml(tmp_path, b"Subject: the first", "1.eml")
        eml(tmp_path, report(message.message_id), "2.eml")
        whole = bounces.message_from_bytes

        def breaks(raw: bytes):
            if b"the first" in raw:
                raise DataError("of this mail")
            return whole(raw)

        monkeypatch.setattr(bounces, "message_from_bytes", breaks)
        done = bounces.read(tmp_path)
        assert (done[bounces.STRANGE], done[bounces.CAME_BACK]) == (1, 1)
        assert BounceRead.objects.count() == 1

    @pytest.mark.parametrize("end", [b"\n", b"\r\n"])
    def test_what_mail_programs_note_at_its_head_makes_no_new_report(self, tmp_path, end):
        raw = report(sent().message_id)
        noted = b"Status: RO\nX-Status: A\nX-UID: 7\nX-Keywords: one\n  two\n"
        assert bounces.read(eml(tmp_path, raw.replace(b"\n", end)))[bounces.READ] == 1
        for head in (noted + raw, raw.replace(b"MIME-Version", noted + b"MIME-Version", 1)):
            assert bounces.read(eml(tmp_path, head.replace(b"\n", end))) == {bounces.KNOWN: 1}
        box = mailbox.mbox(tmp_path / "mbox")
        box.add(raw)
        box.flush()
        bounces.read(tmp_path / "mbox")
        box[0] = mailbox.mboxMessage(box[0])
        marked = box[0]
        marked.set_flags("RO")
        box[0] = marked
        box.flush()
        assert b"Status: RO" in (tmp_path / "mbox").read_bytes()
        assert bounces.read(tmp_path / "mbox") == {bounces.KNOWN: 1}

    def test_the_status_within_a_report_is_no_note_of_a_mail_program(self, tmp_path):
        message = sent()
        bounces.read(eml(tmp_path, report(message.message_id, status="5.2.2")))
        assert bounces.read(eml(tmp_path, report(message.message_id)))[bounces.READ] == 1

    def test_of_a_huge_mail_only_the_start_is_read_wherever_it_lies(self, tmp_path, monkeypatch):
        monkeypatch.setattr(bounces, "BIGGEST", 1000)
        box, maildir = mailbox.mbox(tmp_path / "mbox"), mailbox.Maildir(tmp_path / "maildir")
        for kept in (box, maildir):
            kept.add(b"Subject: x\n\n" + b"y" * 5000)
            kept.flush()
        for name in ("mbox", "maildir"):
            assert [len(raw) for raw in bounces._mails(tmp_path / name)] == [1000]

    def test_folders_mailboxes_and_maildirs(self, tmp_path):
        messages = [sent(str(number), f"head@school-{number}.marlshire.example") for number in range(6)]
        reports = [report(each.message_id) for each in messages]
        folder = tmp_path / "folder"
        folder.mkdir()
        for number in (0, 1):
            eml(folder, reports[number], f"{number}.eml")
        box = mailbox.mbox(tmp_path / "mbox")
        box.add(reports[2])
        box.add(reports[3])
        box.flush()
        maildir = mailbox.Maildir(tmp_path / "maildir")
        maildir.add(reports[4])
        maildir.add(reports[5])
        for path in (folder, tmp_path / "mbox", tmp_path / "maildir"):
            assert bounces.read(path)[bounces.CAME_BACK] == 2
            assert bounces.read(path) == {bounces.KNOWN: 2}
        assert Unreachable.objects.count() == 6


class TestTheCommand:
    def run(self, *arguments: str) -> str:
        out = StringIO()
        call_command("bounces", *arguments, stdout=out)
        return out.getvalue()

    def test_it_says_what_it_did(self, tmp_path):
        place = eml(tmp_path, report(sent().message_id))
        assert "e-mails that came back: 1" in self.run(str(place))
        assert self.run(str(place)) == "read before: 1\n"

    def test_an_address_is_written_to_again(self):
        unreachable.note(TO, said="550", at=timezone.now())
        assert "is written to again" in self.run("--again", TO.upper())
        assert not Unreachable.objects.exists()
        with pytest.raises(CommandError, match="does not come back"):
            self.run("--again", TO)

    def test_what_is_not_there_is_told(self, tmp_path):
        with pytest.raises(CommandError, match="cannot be read"):
            self.run(str(tmp_path / "nothing"))
        with pytest.raises(CommandError, match="Give a file"):
            self.run()


def test_rows_go_with_their_time_and_with_the_names_of_supported_staff():
    unreachable.note(TO, said="550", at=timezone.now())
    BounceRead.objects.create(digest="d")
    housekeeping.forget_readers([TO.upper()], [])
    assert not Unreachable.objects.exists()
    unreachable.note(TO, said="550", at=timezone.now() - timedelta(days=400))
    retention.apply(date(2026, 10, 6))
    assert not Unreachable.objects.exists()
    retention.apply(date(2028, 10, 6))
    assert not BounceRead.objects.exists()


def test_nothing_is_sent_to_it_by_mistake():
    unreachable.note(TO, said="550", at=timezone.now())
    assert delivery.deliver_all() == {}
    queue()
    assert delivery.deliver_all() == {Outcome.FAILED: 1}
    assert mail.outbox == []
