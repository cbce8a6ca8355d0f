"""The pages of availability letters, as the people who use them see them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from astcoord.core import delivery, doubt, relay, unreachable
from astcoord.core.models.messages import Arrived, Message, MessageStatus
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from placements.days import budgets
from placements.letters import actions
from placements.letters import documents as letters_documents
from placements.letters.lifecycle import RoundStatus
from placements.letters.models import Letter, LetterRound
from schools.calendar.models import Term
from schools.register.models import School
from staff.accounts.models import RoleAssignment
from staff.expertise.vocabulary import InductionStep
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import SchoolFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def term(cast: Cast) -> Term:
    return Term.objects.get(slug="autumn-2026")


@pytest.fixture
def built(cast: Cast, term: Term) -> LetterRound:
    return actions.build_round(term=term, by=cast.coordinator)


def url(name: str, *args: Any) -> str:
    return reverse(f"placements:{name}", args=args)


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


@pytest.mark.paper
def test_r_5_4_the_co_ordinator_looks_at_one_and_approves(cast: Cast, built: LetterRound, client: Client) -> None:
    signed_in(client, cast.coordinator)
    page = client.get(url("letter_round", built.pk)).content.decode()
    assert "Approve and send" in page
    assert "Mathematics and numeracy" in page

    shown = client.get(url("letter_pdf", built.letters.first().pk))
    assert shown.content.startswith(b"%PDF")

    asked = client.get(url("letters_approve", built.pk)).content.decode()
    assert "3 letters will go by e-mail" in asked
    assert "print and post" not in asked
    after = client.post(url("letters_approve", built.pk), follow=True).content.decode()
    assert "The letters are on their way." in after
    assert "0 of 3 e-mails done" in after
    assert 'hx-trigger="every 3s"' in after
    delivery.deliver_all()
    assert len(mail.outbox) == 3
    actions.finish_rounds()
    fragment = client.get(url("letters_progress", built.pk)).content.decode()
    assert "3 of 3 e-mails done" in fragment
    assert "hx-trigger" not in fragment


def test_r_5_3_the_rounds_page_says_why_letters_do_not_go(cast: Cast, built: LetterRound, client: Client) -> None:
    """Also in the part that is fetched again and again while the round runs."""
    actions.approve_round(letter_round=built, by=cast.coordinator)
    pages = (url("letter_round", built.pk), url("letters_progress", built.pk))
    for user in (cast.coordinator, cast.administrator, cast.officer):
        signed_in(client, user)
        assert not any("E-mail is held up" in client.get(page).content.decode() for page in pages)
    relay.trip(timezone.now(), "it does not answer")
    signed_in(client, cast.administrator)
    for page in pages:
        assert "it does not answer. It is tried again by itself" in client.get(page).content.decode()
    signed_in(client, cast.officer)
    assert not any("E-mail is held up" in client.get(page).content.decode() for page in pages)


def test_r_5_4_an_old_page_approves_nothing_twice(cast: Cast, built: LetterRound, client: Client) -> None:
    signed_in(client, cast.coordinator)
    client.post(url("letters_approve", built.pk))
    page = client.post(url("letters_approve", built.pk), follow=True).content.decode()
    assert "no longer possible" in page


@pytest.mark.parametrize("name", ["administrator", "officer", "host_head", "ast", "chair"])
def test_r_3_3_nobody_else_approves(cast: Cast, built: LetterRound, client: Client, name: str) -> None:
    signed_in(client, getattr(cast, name))
    assert client.post(url("letters_approve", built.pk)).status_code == 403
    built.refresh_from_db()
    assert built.status == RoundStatus.BUILT


def test_r_5_3_failures_are_listed_with_their_reason_and_retried(
    cast: Cast, built: LetterRound, client: Client
) -> None:
    actions.approve_round(letter_round=built, by=cast.coordinator)
    letter = built.letters.select_related("message").get(school=cast.host)
    letter.message.status = MessageStatus.FAILED
    letter.message.error = "550 no such mailbox"
    letter.message.save()
    signed_in(client, cast.coordinator)

    page = client.get(url("letter_round", built.pk), {"state": "failed"}).content.decode()
    assert "550 no such mailbox" in page
    assert cast.elsewhere.name not in page
    assert "Try 1 failed again" in page
    assert "What you can do" in client.get(url("letter_failed", built.pk, letter.pk)).content.decode()
    assert "1 letter will be sent." in client.post(url("letters_retry", built.pk), follow=True).content.decode()


@pytest.mark.paper
def test_r_5_3_print_and_post(cast: Cast, built: LetterRound, client: Client) -> None:
    School.objects.filter(pk__in=[cast.host.pk, cast.home.pk]).update(email="")
    actions.approve_round(letter_round=built, by=cast.coordinator)
    signed_in(client, cast.administrator)
    page = client.get(url("letters_to_post", built.pk)).content.decode()
    assert "2 schools have no e-mail address" in page
    ids = [str(x.pk) for x in built.letters.filter(school__email="")]
    printed = client.get(url("letters_print", built.pk), {"letter": ids})
    assert printed.content.startswith(b"%PDF")
    date = {"on_day": "6", "on_month": "10", "on_year": "2026"}
    client.post(url("letters_to_post", built.pk), {"letter": ids[:1], **date})
    assert Letter.objects.exclude(posted_on=None).count() == 1
    empty = client.post(url("letters_to_post", built.pk), date).content.decode()
    assert "Select the letters" in empty


def test_a_head_downloads_the_own_schools_letter_and_no_other(cast: Cast, built: LetterRound, client: Client) -> None:
    own, other = built.letters.get(school=cast.host), built.letters.get(school=cast.elsewhere)
    signed_in(client, cast.host_head)
    assert client.get(url("letter_pdf", own.pk)).status_code == 403
    actions.approve_round(letter_round=built, by=cast.coordinator)
    assert url("letter_pdf", own.pk) in client.get(url("own_letters")).content.decode()
    assert client.get(url("letter_pdf", own.pk)).status_code == 200
    assert client.get(url("letter_pdf", other.pk)).status_code == 404
    assert client.get(url("letter_rounds")).status_code == 403


def test_lists_cost_the_same_at_one_and_at_thirty(cast: Cast, term: Term, client: Client) -> None:
    signed_in(client, cast.coordinator)

    def cost(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    few = actions.build_round(term=term, by=cast.coordinator)
    actions.approve_round(letter_round=few, by=cast.coordinator)  # its letters have their messages, as the many have
    first = cost(url("letter_round", few.pk)), cost(url("letter_rounds"))
    SchoolFactory.create_batch(27)
    many = actions.build_round(term=term, by=cast.coordinator, number=1)
    actions.approve_round(letter_round=many, by=cast.coordinator)
    assert cost(url("letter_round", many.pk)) == first[0] <= 15
    assert cost(url("letter_rounds")) == first[1] <= 12


def test_the_file_holds_exactly_the_filtered_letters(cast: Cast, built: LetterRound, client: Client) -> None:
    signed_in(client, cast.coordinator)
    response = client.get(url("letter_round", built.pk), {"school": "fern", "export": "csv"})
    lines = b"".join(response).decode("utf-8-sig").partition("\r\n\r\n")[0].splitlines()
    assert lines[0] == "School,Sent to,Status,When"
    assert lines[1:] == [f"Fernleigh Primary School,{cast.host.email},Prepared,"]


def test_r_5_2_early_issue_page(cast: Cast, term: Term, client: Client) -> None:
    signed_in(client, cast.coordinator)
    page = client.post(url("letters_early"), {"term": term.pk}, follow=True).content.decode()
    assert "The letters are prepared." in page
    again = client.post(url("letters_early"), {"term": term.pk}).content.decode()
    assert "still being prepared or sent" in again


def test_home_pages_say_what_waits(cast: Cast, built: LetterRound, client: Client) -> None:
    signed_in(client, cast.coordinator)
    assert "Approve the letters: Autumn term 2026 letters" in client.get(reverse("tasks")).content.decode()
    actions.approve_round(letter_round=built, by=cast.coordinator)
    signed_in(client, cast.host_head)
    assert "Letters to your school" in client.get("/").content.decode()


def run(capsys: pytest.CaptureFixture[str], *args: str) -> list[str]:
    call_command("send_letters", *args)
    return capsys.readouterr().out.splitlines()


def test_r_5_3_the_command_counts_and_repeats_nothing(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    School.objects.filter(pk=cast.home.pk).update(email="")
    assert run(capsys, "--term", "autumn-2026")[-1] == "letters=3 queued=2 already=0"
    delivery.deliver_all()
    assert run(capsys, "--term", "autumn-2026")[-1] == "letters=3 queued=0 already=2"
    delivery.deliver_all()
    assert len(mail.outbox) == 2


def test_r_5_4_preview_writes_files_and_sends_nothing(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "--term", "autumn-2026", "--preview", str(tmp_path))[-1] == "letters=3 queued=0 already=0"
    assert {p.name for p in tmp_path.iterdir()} == {f"{s.urn}.pdf" for s in School.objects.all()}
    assert not LetterRound.objects.exists()


def test_the_command_names_the_terms_there_are(cast: Cast) -> None:
    with pytest.raises(CommandError, match="autumn-2026"):
        call_command("send_letters", "--term", "winter")


def test_r_5_4_approving_says_first_to_whom_and_how(cast: Cast, built: LetterRound, client: Client) -> None:
    School.objects.filter(pk=cast.host.pk).update(email="")
    School.objects.filter(pk=cast.elsewhere.pk).update(status="closed")
    signed_in(client, cast.coordinator)
    assert url("letters_approve", built.pk) in client.get(url("letter_round", built.pk)).content.decode()
    asked = client.get(url("letters_approve", built.pk)).content.decode()
    assert "1 letter will go by e-mail" in asked
    assert "1 school without an e-mail address: print and post" in asked
    assert "1 school closed since" in asked
    built.refresh_from_db()
    assert built.status == RoundStatus.BUILT


def test_r_17_1_letters_without_the_offices_address_are_refused_with_the_link(
    cast: Cast, term: Term, built: LetterRound, client: Client
) -> None:
    """Also those that an earlier version prepared: what they say is frozen."""
    built.facts["letterhead"]["address"] = []
    built.save()
    signed_in(client, cast.coordinator)
    for response in (
        client.get(url("letters_approve", built.pk)),
        client.post(url("letters_approve", built.pk)),
    ):
        page = response.content.decode()
        assert "The letters have no address of the office" in page
        assert reverse("staff:policy_change") in page
        assert url("letters_cancel", built.pk) in page
        assert "Approve and send" not in page
    with pytest.raises(Refused, match="no address of the office"):
        actions.approve_round(letter_round=built, by=None)
    built.refresh_from_db()
    assert built.status == RoundStatus.BUILT
    assert not mail.outbox

    actions.cancel_round(letter_round=built, by=cast.coordinator)
    Policy.objects.update(office_address=" ")
    page = client.get(url("letters_early")).content.decode()
    assert reverse("staff:policy_change") in page
    assert "Prepare the letters" not in page
    assert "no address" in client.post(url("letters_early"), {"term": term.pk}).content.decode()
    assert LetterRound.objects.count() == 1


def test_r_17_1_no_letter_without_an_ast_or_somebody_to_sign(cast: Cast, term: Term, client: Client) -> None:
    RoleAssignment.objects.filter(role="coordinator").update(ends_on=date(2026, 9, 1))
    with pytest.raises(Refused, match="nobody can sign"):
        actions.build_round(term=term, by=None)
    RoleAssignment.objects.filter(role="coordinator").update(ends_on=None)
    Post.objects.update(status="left")
    with pytest.raises(Refused, match="No AST is in post"):
        actions.build_round(term=term, by=cast.coordinator)


def test_r_5_4_letters_that_the_clock_cannot_prepare_are_on_the_first_page(
    cast: Cast, clock: Any, client: Client
) -> None:
    clock.move_to(datetime(2026, 9, 10, 9, tzinfo=UTC))
    Policy.objects.update(office_address="", letters_need_approval=False)
    assert actions.build_due(date(2026, 9, 10)) == 0
    signed_in(client, cast.coordinator)
    page = client.get(reverse("tasks")).content.decode()
    assert "Letters to schools cannot be prepared: Autumn term 2026" in page
    assert url("letters_early") in page
    Policy.objects.update(office_address="Shire Hall")
    assert "cannot be prepared" not in client.get(reverse("tasks")).content.decode()
    assert actions.build_due(date(2026, 9, 10)) == 1


@pytest.mark.parametrize("missing", ["induction", "outreach time", "days"])
def test_r_5_4_an_area_is_available_only_if_somebody_could_be_matched(cast: Cast, term: Term, missing: str) -> None:
    assert available(term) == {True}
    if missing == "induction":
        cast.post.induction.update_or_create(step=InductionStep.values[0], defaults={"done_on": None, "done_by": None})
    elif missing == "outreach time":
        cast.post.patterns.all().delete()
    else:
        budgets.take_used(cast.post, Decimal(38), by=cast.coordinator, today=date(2026, 10, 6))
    assert available(term) == {False}


def available(term: Term) -> set[bool]:
    return {area["available"] for area in letters_documents.round_facts(term)["expertise"]}


def test_letters_that_may_have_arrived_twice_are_marked(cast: Cast, built: LetterRound, client: Client) -> None:
    actions.approve_round(letter_round=built, by=cast.coordinator)
    letter = built.letters.exclude(message=None).select_related("message").first()
    Message.objects.update(status=MessageStatus.SENT, sent_at=timezone.now())
    signed_in(client, cast.coordinator)
    assert "arrived twice" not in client.get(url("letter_round", built.pk)).content.decode()
    Message.objects.filter(pk=letter.message.pk).update(ambiguous=1)
    page = client.get(url("letter_round", built.pk)).content.decode()
    assert "1 letter may have arrived twice" in page
    assert page.count("May have arrived twice") == 1
    assert reverse("staff:doubtful_mail") in page
    file = b"".join(client.get(url("letter_round", built.pk), {"export": "csv"})).decode()
    assert "Sent. May have arrived twice" in file
    doubt.reconcile(pks=[letter.message.pk], arrived=Arrived.ONCE, by=cast.coordinator)
    assert "arrived twice" not in client.get(url("letter_round", built.pk)).content.decode()


def test_a_letter_to_an_address_at_which_e_mail_comes_back_is_marked(
    cast: Cast, built: LetterRound, client: Client
) -> None:
    signed_in(client, cast.coordinator)
    unreachable.note(cast.host.email.upper(), said="550 5.1.1", at=timezone.now())
    page = client.get(url("letter_round", built.pk)).content.decode()
    assert page.count(f"e-mail to {cast.host.email} comes back since 6 October 2026") == 1
