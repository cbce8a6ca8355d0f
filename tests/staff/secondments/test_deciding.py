"""Endorsed or not, approved up to a number, in writing (R-2.14 to R-2.16)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from staff.secondments.actions import deciding, proposing
from staff.secondments.lifecycle import ProposalStatus
from staff.secondments.models import SecondmentRound
from tests.cast import Cast
from tests.staff.secondments.telling import BOTH, Reader, approved, endorsed, norfolk, pdf_text, round_of, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
S = ProposalStatus


@pytest.fixture
def row(cast: Cast) -> SecondmentRound:
    norfolk(cast)
    return round_of(cast)


def letters() -> int:
    return Document.objects.filter(kind="secondment-outcome").count()


def test_r_2_14_the_adviser_confirms_having_met_both(cast: Cast, row: SecondmentRound) -> None:
    found = submitted(cast, row)
    assert Message.objects.get(kind="secondment-endorse").to_email == cast.consultant.email
    adviser = Reader(cast.consultant)
    said = adviser.send("proposal_endorse", found.pk, answer="yes", met_aspirant="observed", note="")
    assert "how you came to know the headteacher" in said
    assert adviser.send("proposal_endorse", found.pk, answer="yes", note="Strong.", **BOTH) == ""
    found.refresh_from_db()
    assert (found.status, found.endorsed, found.endorsed_on) == (S.ENDORSED, True, date(2026, 10, 6))
    assert "Strong." in Reader(cast.coordinator).text("proposal", found.pk)
    assert "Strong." not in Reader(cast.host_head).text("proposal", found.pk)
    assert "no longer possible" in adviser.send("proposal_endorse", found.pk, answer="yes", note="", **BOTH), "twice"


def test_r_2_14_approval_without_endorsement_is_refused(cast: Cast, row: SecondmentRound) -> None:
    found = submitted(cast, row)
    office = Reader(cast.coordinator)
    assert "has not endorsed" in office.send("proposal_decide", found.pk, decision="approve")
    assert "why you do not endorse" in Reader(cast.consultant).send("proposal_endorse", found.pk, answer="no")
    deciding.not_endorse(proposal=found, note="Too early.", by=cast.consultant)
    assert "has not endorsed" in office.send("proposal_decide", found.pk, decision="approve")
    assert letters() == 0
    assert office.send("proposal_decide", found.pk, decision="decline", note="Please propose again next year.") == ""
    found.refresh_from_db()
    assert found.status == S.DECLINED


def test_r_2_14_only_the_adviser_who_was_named_answers(cast: Cast, row: SecondmentRound) -> None:
    found = submitted(cast, row)
    for user in (cast.coordinator, cast.host_head, cast.administrator):
        with pytest.raises(PermissionDenied):
            deciding.endorse(proposal=found, note="", by=user, **BOTH)
    with pytest.raises(PermissionDenied):
        deciding.name_adviser(proposal=found, adviser=cast.consultant, by=cast.host_head)
    with pytest.raises(Refused, match="consultant or adviser"):
        deciding.name_adviser(proposal=found, adviser=cast.outsider, by=cast.coordinator)


def test_r_2_15_every_outcome_goes_to_the_school_in_writing_once(cast: Cast, row: SecondmentRound) -> None:
    found = endorsed(cast, row)
    office = Reader(cast.coordinator)
    assert office.send("proposal_decide", found.pk, decision="approve", note="Well done.") == ""
    letter = Document.objects.get(kind="secondment-outcome")
    message = Message.objects.get(kind="secondment-outcome")
    assert message.to_email == cast.host_head.email
    assert list(message.attachments.all()) == [letter]
    assert (letter.facts["outcome"], letter.facts["note"]) == ("approved", "Well done.")
    assert "no longer possible" in office.send("proposal_decide", found.pk, decision="approve")
    assert letters() == 1
    for user in (cast.host_head, cast.coordinator):
        assert Reader(user).status("proposal_letter", found.pk, letter.pk) == 200
    assert Reader(cast.consultant).status("proposal_letter", found.pk, letter.pk) == 403
    assert Reader(cast.outsider).status("proposal_letter", found.pk, letter.pk) == 404


@pytest.mark.paper
@pytest.mark.parametrize(("outcome", "words"), [("approve", "is approved"), ("decline", "is not approved")])
def test_r_15_14_the_letter_is_printed(cast: Cast, row: SecondmentRound, outcome: str, words: str) -> None:
    found = endorsed(cast, row)
    getattr(deciding, outcome)(proposal=found, note="With thanks.", by=cast.coordinator)
    letter = Document.objects.get(kind="secondment-outcome")
    said = pdf_text(Reader(cast.host_head).get("proposal_letter", found.pk, letter.pk).content)
    assert words in said
    assert "Marigold Penhaligon" in said


def test_r_2_16_the_13th_waits(cast: Cast, row: SecondmentRound) -> None:
    for number in range(12):
        found = approved(cast, row, name=f"T{number} Penhaligon")
        assert found.status == S.APPROVED
    late = approved(cast, row, name="Last Penhaligon")
    assert late.status == S.WAITING
    assert letters() == 13
    with pytest.raises(Refused, match="All 12 places are taken"):
        deciding.approve(proposal=late, by=cast.coordinator)


def test_r_2_16_the_first_who_waits_is_offered_when_a_place_comes_free(cast: Cast, row: SecondmentRound) -> None:
    norfolk(cast, most_secondments=1)
    one, two, three = (approved(cast, row, name=f"{name} Penhaligon") for name in ("Ada", "Bea", "Cyd"))
    office = Reader(cast.coordinator)
    assert "A place is free" not in office.client.get("/tasks/").content.decode()
    proposing.withdraw(proposal=one, reason="She moves.", by=cast.host_head)
    two.refresh_from_db()
    assert two.status == S.WAITING, "not by itself"
    assert "A place is free: Bea Penhaligon" in office.client.get("/tasks/").content.decode()
    assert "Bea Penhaligon" in office.send("proposal_decide", three.pk, decision="approve"), "has waited longer"
    assert approved(cast, row, name="Dot Penhaligon").status == S.WAITING, "nobody jumps the queue"
    assert office.send("proposal_decide", two.pk, decision="approve") == ""
    two.refresh_from_db()
    assert two.status == S.APPROVED


def test_a_decision_that_was_a_mistake_is_taken_back_and_made_again(cast: Cast, row: SecondmentRound) -> None:
    found = approved(cast, row)
    office = Reader(cast.coordinator)
    assert "short reason" in office.send("proposal_reconsider", found.pk)
    assert office.send("proposal_reconsider", found.pk, reason="The wrong school.") == ""
    found.refresh_from_db()
    assert (found.status, found.endorsed, found.decided_at) == (S.SUBMITTED, None, None)
    assert Message.objects.filter(kind="secondment-again").count() == 1
    assert Message.objects.filter(kind="secondment-endorse").count() == 2
    deciding.endorse(proposal=found, note="", by=cast.consultant, **BOTH)
    deciding.decline(proposal=found, note="As we said.", by=cast.coordinator)
    assert letters() == 2
