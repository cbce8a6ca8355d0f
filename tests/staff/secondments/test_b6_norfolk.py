"""Scenario B6, through the pages: Norfolk’s secondments from the round to the return to the substantive post."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.management import call_command

from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from placements.requests.models import OutreachRequest
from schools.calendar.actions import save_year
from schools.calendar.years import default_year
from staff.appointing import reads as appointing
from staff.briefings.lifecycle import BookingStatus
from staff.briefings.models import Booking, Briefing
from staff.posts.actions.leaving import leave_due
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.secondments.lifecycle import ProposalStatus
from staff.secondments.models import GrantStatement, Proposal, SecondmentRound
from staff.secondments.tasks import look_after_secondments
from tests.cast import Cast
from tests.factories import RequestFactory
from tests.placements.matching.matching_stories import ranked
from tests.staff.secondments.telling import BOTH, Fresh, approved, day, draft, pdf_text

pytestmark = pytest.mark.django_db
S = ProposalStatus


def proposed(**changed: str) -> dict[str, object]:
    return {
        "aspirant_name": "Marigold Penhaligon",
        "aspirant_email": "marigold@marlshire.example",
        "subjects": ["mathematics"],
        "answer_1": "She plans with everybody.",
        "current_salary": "30,000",
        "range_start": "1",
        "pay_fit": "Above the best-paid teacher, below the leadership range.",
        **changed,
    }


def test_b6_a_teacher_is_seconded_assessed_and_returns(
    cast: Cast, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appointing, "before_in_post", [])  # other rooms’ papers have scenarios of their own
    call_command("load_preset", "norfolk", "--from", "2026-10-06")
    office, head, adviser = (Fresh(user) for user in (cast.coordinator, cast.host_head, cast.consultant))

    # A briefing: the head books a place; of a full session the next head is on the waiting list.
    session = {"title": "Becoming an AST", "hours": "4pm to 5.30pm", "place": "Shire Hall", "places": "1"}
    assert office.send("briefing_add", **day("on", date(2026, 10, 8)), **session) == ""
    briefing = Briefing.objects.get()
    for booker in (cast.host_head, cast.outsider):
        comes = {"attends": "head", "name": booker.name, "email": booker.email}
        assert Fresh(booker).send("briefing_book", briefing.pk, **comes) == ""
    held, waits = Booking.objects.order_by("pk")
    assert (held.school, held.status) == (cast.host, BookingStatus.BOOKED)
    assert (waits.school, waits.status) == (cast.elsewhere, BookingStatus.WAITING)
    assert "On the waiting list" in Fresh(cast.outsider).text("briefing", briefing.pk)

    # The round opens, and a primary head proposes.
    opens = {**day("opens_on", date(2026, 10, 6)), **day("closes_on", date(2026, 10, 16))}
    said = {"name": "Secondments 2026", "phases": ["primary", "special"], "questions": "Why this teacher?"}
    assert office.send("secondment_round_add", **opens, **said) == ""
    row = SecondmentRound.objects.get()
    assert "enter a lowest point from 1 to 5" in head.send("proposal_add", row.pk, **proposed(range_start="6"))
    assert not Proposal.objects.exists()
    assert head.send("proposal_add", row.pk, **proposed()) == ""
    found = Proposal.objects.get()
    assert found.range_words == "1 to 5"
    assert head.send("proposal_submit", found.pk) == ""
    late = draft(cast, row, name="Late Penhaligon", answers=[("Why this teacher?", "So.")])

    # The adviser endorses after talks; without that nothing is approved, and what comes late is refused.
    assert office.send("proposal_adviser", found.pk, adviser=str(cast.consultant.pk)) == ""
    assert "has not endorsed" in office.send("proposal_decide", found.pk, decision="approve")
    assert adviser.send("proposal_endorse", found.pk, answer="yes", note="", **BOTH) == ""
    clock.move_to(datetime(2026, 10, 17, 9, 0, tzinfo=UTC))
    assert "This round closed on 16 October 2026" in head.send("proposal_submit", late.pk)

    # The decision, by letter.
    assert office.send("proposal_decide", found.pk, decision="approve") == ""
    letter = Document.objects.get(kind="secondment-outcome")
    assert "is approved" in pdf_text(head.get("proposal_letter", found.pk, letter.pk).content)

    # Seconded: £1,750 in the first term, with outreach by the aspirant.
    begins = {
        **day("starts_on", date(2026, 10, 19)),
        **day("decided_on", date(2026, 10, 1)),
        "guide": str(cast.consultant.pk),
        "minute": "Full meeting, 4.1",
        "responsible_for": "Mathematics",
    }
    assert office.send("secondment_begin", found.pk, **begins) == ""
    assert head.send("proposal_funding", found.pk, other_funding="0") == ""
    assert office.send("grant_make", found.pk, "autumn-2026") == ""
    assert GrantStatement.objects.get().amount == 1750
    post = Post.objects.get(secondment__proposal=found)
    Post.objects.filter(pk=post.pk).update(key_stages=("ks2",), work_types=cast.post.work_types)
    assert head.send("pattern", post.pk, day_1="1", **day("from_on", date(2026, 10, 19))) == ""
    asked: OutreachRequest = RequestFactory(host=cast.elsewhere, created_by=cast.outsider, status="under_review")
    assert ranked(asked).rank_of(post.pk) > 0

    # The pass: £11,638 a year, less what is declared.
    clock.move_to(datetime(2026, 12, 14, 9, 0, tzinfo=UTC))
    sent = {"assessor": "National agency", **day("passed_on", date(2026, 12, 10))}
    assert office.send("secondment_pass", found.pk, **sent) == ""
    assert office.send("secondment_appoint", found.pk, **day("starts_on", date(2026, 12, 14))) == ""
    for point, amount in (("0", "30,000"), ("1", "34,938")):
        salary = {"point": point, "amount": amount, **day("starts_on", date(2026, 9, 1))}
        assert office.send("spine_figure_add", **salary) == ""
    assert head.send("proposal_funding", found.pk, other_funding="1000", other_source="Leading Teacher") == ""
    clock.move_to(datetime(2027, 1, 11, 9, 0, tzinfo=UTC))
    assert office.send("grant_make", found.pk, "spring-2027") == ""
    statement = GrantStatement.objects.get(term__slug="spring-2027")
    printed = pdf_text(head.get("grant_statement", found.pk, statement.pk).content)
    for words in ("£4,938", "£6,200", "£500", "−£1,000", "£10,638"):
        assert words in printed
    assert statement.amount == Decimal(3546)
    assert office.send("grant_paid", found.pk, statement.pk, **day("on", date(2027, 1, 11))) == ""

    # Month 33 asks; the teacher returns to the substantive post.
    clock.move_to(datetime(2029, 7, 19, 5, 15, tzinfo=UTC))
    save_year(default_year("2028-29"), by=None)
    assert look_after_secondments() == 1
    assert Message.objects.filter(kind="secondment-ending").count() == 2
    assert head.send("secondment_wish", found.pk, ending="return", reason="Her class wants her back.") == ""
    ends = {"ending": "return", "reason": "As agreed.", **day("until", date(2029, 10, 18))}
    assert office.send("secondment_end", found.pk, **ends) == ""
    clock.move_to(datetime(2029, 10, 19, 5, 5, tzinfo=UTC))
    assert leave_due(date(2029, 10, 19)) == 1
    post.refresh_from_db()
    found.refresh_from_db()
    assert (post.status, post.left_to, found.status) == (PostStatus.LEFT, "substantive", S.RETURNED)


def test_b6_the_13th_proposal_waits(cast: Cast) -> None:
    call_command("load_preset", "norfolk", "--from", "2026-10-06")
    row = SecondmentRound.objects.create(
        name="Secondments 2026", opens_on=date(2026, 10, 1), closes_on=date(2026, 10, 16), questions="Why?"
    )
    answers = [("Why?", "So.")]
    found = [approved(cast, row, name=f"T{number} Penhaligon", answers=answers).status for number in range(13)]
    assert found == [S.APPROVED] * 12 + [S.WAITING]
