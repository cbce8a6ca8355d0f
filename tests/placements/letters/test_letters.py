"""Availability letters: rounds, letters, sending, and what goes wrong (R-5.1 to R-5.4, R-15.1)."""

import io
import smtplib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from astcoord.core import delivery, documents
from astcoord.core.models.documents import Document
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from placements.days.models import LedgerEntry
from placements.letters import actions, tasks
from placements.letters import documents as paper
from placements.letters.lifecycle import RoundStatus
from placements.letters.models import Letter, LetterRound
from placements.letters.reads import LetterState, progress, with_state
from schools.calendar.models import Term
from schools.register.models import School
from staff.expertise.vocabulary import Subject
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def term(cast: Cast) -> Term:
    return Term.objects.get(slug="autumn-2026")


@pytest.fixture
def built(cast: Cast, term: Term) -> LetterRound:
    return actions.build_round(term=term, by=cast.coordinator)


@pytest.fixture
def approved(cast: Cast, built: LetterRound) -> LetterRound:
    return actions.approve_round(letter_round=built, by=cast.coordinator)


def words_of(document: Document) -> str:
    reader = PdfReader(io.BytesIO(documents.pdf(document)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def addresses() -> list[str]:
    return sorted(address for email in mail.outbox for address in email.to)


def settle() -> None:
    delivery.deliver_all()
    actions.finish_rounds()


def test_r_5_1_every_school_gets_one_letter_with_the_live_number_of_asts(cast: Cast, term: Term) -> None:
    SchoolFactory.create_batch(27)
    PostFactory(home=cast.host)

    built = actions.build_round(term=term, by=cast.coordinator)
    actions.approve_round(letter_round=built, by=cast.coordinator)
    settle()

    assert School.objects.count() == 30
    assert len(mail.outbox) == 30
    assert len(set(addresses())) == 30
    assert built.facts["asts_in_post"] == 2
    assert all(email.attachments[0][2] == "application/pdf" for email in mail.outbox)
    assert "2 Advanced Skills Teachers" in mail.outbox[0].body
    built.refresh_from_db()
    assert built.status == RoundStatus.SENT


def test_r_5_1_the_summer_issue_goes_out_whatever_the_policy_says(cast: Cast, clock: Any) -> None:
    cast.policy.letter_terms = ("autumn",)
    cast.policy.save()

    clock.move_to(datetime(2027, 1, 6, 9, tzinfo=UTC))
    assert actions.build_due(date(2027, 1, 6)) == 0
    summer = Term.objects.get(slug="summer-2027")
    assert actions.build_due(summer.starts_on) == 1
    assert LetterRound.objects.latest("pk").term == summer


def test_r_5_1_the_check_builds_in_the_first_fortnight_only_and_once(cast: Cast, term: Term) -> None:
    assert actions.build_due(date(2026, 8, 31)) == 0
    assert actions.build_due(date(2026, 10, 6)) == 0
    assert actions.build_due(date(2026, 9, 10)) == 1
    assert actions.build_due(date(2026, 9, 10)) == 0
    assert LetterRound.objects.get().term == term


def test_r_5_1_two_clocks_build_one_round(cast: Cast, clock: Any) -> None:
    clock.move_to(datetime(2026, 9, 3, 9, tzinfo=UTC))
    assert tasks.build_letters() == 1
    assert tasks.build_letters() == 0
    settle()
    settle()
    assert LetterRound.objects.count() == 1
    assert Letter.objects.count() == 3
    assert addresses() == ["Bryony Quill <bryony@marlshire.example>"]


def test_r_5_1_a_closed_school_and_one_of_a_type_not_served_get_none(cast: Cast, term: Term) -> None:
    shut = SchoolFactory(status="closed")
    private = SchoolFactory(group_code="3")
    built = actions.build_round(term=term, by=cast.coordinator)
    assert not built.letters.filter(school__in=[shut, private]).exists()
    assert built.letters.count() == 3


def test_r_5_1_a_school_that_closes_before_approval_gets_none(cast: Cast, built: LetterRound) -> None:
    School.objects.filter(pk=cast.elsewhere.pk).update(status="closed")
    actions.approve_round(letter_round=built, by=cast.coordinator)
    settle()
    assert len(mail.outbox) == 2
    letter = with_state(built.letters.all()).get(school=cast.elsewhere)
    assert letter.state == LetterState.NOT_SENT


def test_r_5_1_a_school_that_opens_after_the_build_is_not_added_silently(cast: Cast, built: LetterRound) -> None:
    SchoolFactory()
    actions.build_round(term=built.term, by=cast.coordinator)
    actions.approve_round(letter_round=built, by=cast.coordinator)
    assert built.letters.count() == 3


def test_r_5_1_building_costs_as_many_queries_for_three_hundred_schools_as_for_three(cast: Cast, term: Term) -> None:
    def cost(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            actions.build_round(term=term, by=cast.coordinator, number=number)
        return len(queries)

    few = cost(0)
    SchoolFactory.create_batch(300)
    assert cost(1) <= few + 2 <= 30, "only the statements that hold 500 rows each may grow"
    assert Letter.objects.filter(round__number=1).count() == 303


def test_r_5_2_an_early_issue_is_a_round_of_its_own(cast: Cast, approved: LetterRound) -> None:
    with pytest.raises(Refused, match="still being prepared or sent"):
        actions.issue_early(term=approved.term, by=cast.coordinator)
    settle()
    PostFactory(home=cast.elsewhere)

    early = actions.issue_early(term=approved.term, by=cast.coordinator)

    assert (early.number, early.status) == (1, RoundStatus.BUILT)
    assert early.facts["asts_in_post"] == approved.facts["asts_in_post"] + 1
    with pytest.raises(Refused):
        actions.issue_early(term=approved.term, by=cast.coordinator)


def test_r_5_3_a_rerun_sends_nobody_a_second_letter(cast: Cast, approved: LetterRound) -> None:
    settle()
    assert len(mail.outbox) == 3

    again = actions.build_round(term=approved.term, by=cast.coordinator)
    assert again == approved
    with pytest.raises(Refused, match="no longer possible"):
        actions.approve_round(letter_round=again, by=cast.coordinator)
    assert actions.retry_round(letter_round=again, by=cast.coordinator) == 0
    settle()

    assert len(mail.outbox) == 3
    assert Message.objects.filter(kind="availability-letter").count() == 3


def test_r_5_3_a_failed_letter_is_listed_and_retried_to_the_corrected_address(
    cast: Cast, approved: LetterRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = cast.host.email
    refuse_mail_to(refused, monkeypatch)
    settle()
    approved.refresh_from_db()
    assert approved.status == RoundStatus.SENT
    assert progress(approved).counts == {LetterState.SENT: 2, LetterState.FAILED: 1}

    School.objects.filter(pk=cast.host.pk).update(email="new-office@marlshire.example")
    assert actions.retry_round(letter_round=approved, by=cast.coordinator) == 1
    approved.refresh_from_db()
    assert approved.status == RoundStatus.SENDING
    settle()

    assert [a for a in addresses() if "new-office" in a] == ["Ms R Oakhanger <new-office@marlshire.example>"]
    assert len(mail.outbox) == 3
    assert progress(approved).counts == {LetterState.SENT: 3}


def test_r_5_3_a_failed_letter_can_be_posted_instead(
    cast: Cast, approved: LetterRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_mail_to(cast.host.email, monkeypatch)
    settle()
    letter = approved.letters.get(school=cast.host)
    actions.post_instead(letter=letter, by=cast.administrator)
    assert with_state(approved.letters.all()).get(pk=letter.pk).state == LetterState.TO_POST
    sent = approved.letters.get(school=cast.home)
    with pytest.raises(Refused):
        actions.post_instead(letter=sent, by=cast.administrator)


def test_r_5_3_schools_without_an_address_are_printed_and_posted(cast: Cast, term: Term) -> None:
    School.objects.exclude(pk=cast.host.pk).update(email="")
    built = actions.build_round(term=term, by=cast.coordinator)
    with pytest.raises(Refused, match="Approve the letters first"):
        actions.mark_posted(
            letter_round=built, letter_ids=[built.letters.first().pk], on=date(2026, 10, 6), by=cast.administrator
        )
    actions.approve_round(letter_round=built, by=cast.coordinator)
    settle()
    assert progress(built).counts == {LetterState.SENT: 1, LetterState.TO_POST: 2}

    ids = [letter.pk for letter in built.letters.all()]
    posted = actions.mark_posted(letter_round=built, letter_ids=ids, on=date(2026, 10, 6), by=cast.administrator)
    assert posted == 2
    assert progress(built).counts == {LetterState.SENT: 1, LetterState.POSTED: 2}
    School.objects.update(email="late@marlshire.example")
    assert actions.retry_round(letter_round=built, by=cast.coordinator) == 0


@pytest.mark.paper
def test_r_5_3_letters_to_post_come_as_one_file(cast: Cast, approved: LetterRound) -> None:
    letters = list(approved.letters.select_related("document"))
    reader = PdfReader(io.BytesIO(paper.print_run(letters)))
    starts = [i for i, page in enumerate(reader.pages) if "Advanced Skills Teachers available" in page.extract_text()]
    assert len(starts) == 3


def test_r_5_4_expertise_is_available_only_with_days_left_and_everyone_in_post_counts(cast: Cast, term: Term) -> None:
    spent = PostFactory(home=cast.elsewhere, subjects=(Subject.MUSIC, Subject.MATHEMATICS))
    PostFactory(status="passed", subjects=(Subject.DRAMA,))
    assert not LedgerEntry.objects.filter(post=spent).exists()

    facts = paper.round_facts(term)

    lines = {line["subject"]: line for line in facts["expertise"]}
    assert facts["asts_in_post"] == 2
    assert lines["Music"]["asts"] == 1
    assert lines["Music"]["available"] is False
    assert lines["Mathematics and numeracy"]["asts"] == 2
    assert lines["Mathematics and numeracy"]["available"] is True
    assert lines["Mathematics and numeracy"]["key_stages"] == "KS2, KS3"
    assert "Drama" not in lines


def test_r_5_4_policy_may_send_without_approval(cast: Cast, clock: Any) -> None:
    cast.policy.letters_need_approval = False
    cast.policy.save()
    clock.move_to(datetime(2026, 9, 3, 9, tzinfo=UTC))
    tasks.build_letters()
    settle()
    assert LetterRound.objects.get().status == RoundStatus.SENT
    assert len(mail.outbox) == 3


def test_r_5_4_only_the_co_ordinator_approves(cast: Cast, built: LetterRound) -> None:
    with pytest.raises(PermissionDenied):
        actions.approve_round(letter_round=built, by=cast.administrator)
    with pytest.raises(PermissionDenied):
        actions.build_round(term=built.term, by=cast.host_head)
    settle()
    assert mail.outbox == []


def test_r_5_4_a_cancelled_round_sends_nothing_and_is_not_built_again(cast: Cast, built: LetterRound) -> None:
    actions.cancel_round(letter_round=built, by=cast.coordinator)
    assert actions.build_due(date(2026, 9, 10)) == 0
    with pytest.raises(Refused):
        actions.approve_round(letter_round=built, by=cast.coordinator)
    settle()
    assert mail.outbox == []


@pytest.mark.paper
def test_r_15_1_the_letter_says_how_many_what_and_how_to_ask(cast: Cast, built: LetterRound) -> None:
    text = words_of(built.letters.get(school=cast.host).document)
    assert "Marlshire County Council" in text
    assert "1 Advanced Skills Teacher" in text
    assert "Ms R Oakhanger" in text
    assert "Fernleigh Primary School" in text
    assert "Mathematics and numeracy" in text
    assert "Available" in text
    assert "https://ast.marlshire.example/" in text
    assert "ast-office@marlshire.example" in text


@pytest.mark.paper
@pytest.mark.parametrize("word", ["LEA", "LA"])
def test_r_16_5_where_the_authority_is_called_la_a_letter_prints_la(cast: Cast, term: Term, word: str) -> None:
    Policy.objects.update(authority_word=word)
    letter = actions.build_round(term=term, by=cast.coordinator).letters.get(school=cast.host)
    assert {"LEA", "LA"} & set(words_of(letter.document).replace("’", " ").split()) == {word}


@pytest.mark.paper
def test_r_15_1_the_facts_are_frozen_when_the_round_is_built(cast: Cast, built: LetterRound) -> None:
    PostFactory(home=cast.elsewhere)
    actions.approve_round(letter_round=built, by=cast.coordinator)
    assert "1 Advanced Skills Teacher " in words_of(built.letters.get(school=cast.host).document)


def test_r_16_3_building_and_posting_are_on_record(cast: Cast, approved: LetterRound) -> None:
    verbs = list(AuditEvent.objects.about(approved).values_list("verb", flat=True))
    assert verbs == ["letter round: Approve and send", "Letters built"]


def refuse_mail_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail server refuses one address for good, and takes the others: the edge that these tests fake."""
    backend = mail.get_connection().__class__
    send = backend.send_messages

    def refusing(self: Any, emails: list[Any]) -> Any:
        if any(address in to for email in emails for to in email.to):
            raise smtplib.SMTPRecipientsRefused({address: (550, b"5.1.1 no such mailbox")})
        return send(self, emails)

    monkeypatch.setattr(backend, "send_messages", refusing)
