"""Rounds, and what heads propose in them (R-2.13, R-2.19, R-2.20)."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from staff.secondments.actions import ending, proposing
from staff.secondments.actions.rounds import ROUNDS, reopen
from staff.secondments.lifecycle import ProposalStatus
from staff.secondments.models import Proposal, SecondmentRound
from tests.cast import Cast
from tests.factories import SchoolFactory
from tests.staff.secondments import telling
from tests.staff.secondments.telling import Reader, day, draft, norfolk, round_of, submitted, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def row(cast: Cast) -> SecondmentRound:
    norfolk(cast)
    return round_of(cast)


def answers(**changed: str) -> dict[str, object]:
    """What a head sends."""
    return {
        "aspirant_name": "Marigold Penhaligon",
        "aspirant_email": "marigold@marlshire.example",
        "subjects": ["mathematics"],
        "answer_1": "She plans with everybody.",
        "answer_2": "Four small schools near by.",
        "current_salary": "£30,000",
        "range_start": "1",
        "pay_fit": "Between the two.",
        **changed,
    }


def test_a_rounds_page_leads_those_who_may_propose_and_only_while_it_is_open(
    cast: Cast, row: SecondmentRound, clock: time_machine.Traveller
) -> None:
    words = "Propose a teacher"
    assert words in Reader(cast.host_head).text("secondment_round", row.pk)
    assert words not in Reader(cast.coordinator).text("secondment_round", row.pk)
    clock.move_to(datetime.combine(row.closes_on + timedelta(days=1), time(9), UTC))
    assert words not in Reader(cast.host_head).text("secondment_round", row.pk)


def test_r_2_13_a_head_proposes_and_submits_through_the_pages(cast: Cast, row: SecondmentRound) -> None:
    head = Reader(cast.host_head)
    assert head.send("proposal_add", row.pk, **answers()) == ""
    found = Proposal.objects.get()
    assert (found.status, found.current_salary, found.answers[0][1]) == ("draft", 30000, "She plans with everybody.")
    assert head.send("proposal_submit", found.pk) == ""
    found.refresh_from_db()
    assert found.status == ProposalStatus.SUBMITTED
    assert "Submitted" in head.text("proposal", found.pk)
    assert "She plans with everybody" in Reader(cast.coordinator).text("proposal", found.pk)


def test_r_2_13_closing_on_11_july_submitted_on_12_july_is_refused(
    cast: Cast, row: SecondmentRound, clock: time_machine.Traveller
) -> None:
    ROUNDS.save(row=row, by=cast.coordinator, closes_on=date(2027, 7, 9))
    found = draft(cast, row)
    clock.move_to(datetime(2027, 7, 10, 9, 0, tzinfo=UTC))
    said = Reader(cast.host_head).send("proposal_submit", found.pk)
    assert "This round closed on 9 July 2027" in said
    found.refresh_from_db()
    assert found.status == ProposalStatus.DRAFT


def test_r_2_13_on_the_closing_day_itself_it_is_taken(
    cast: Cast, row: SecondmentRound, clock: time_machine.Traveller
) -> None:
    found = draft(cast, row)
    clock.move_to(datetime(2026, 10, 20, 20, 0, tzinfo=UTC))
    assert proposing.submit(proposal=found, by=cast.host_head).status == ProposalStatus.SUBMITTED


def test_r_2_13_the_co_ordinator_alone_opens_a_round_again(
    cast: Cast, row: SecondmentRound, clock: time_machine.Traveller
) -> None:
    found = draft(cast, row)
    clock.move_to(datetime(2026, 10, 21, 9, 0, tzinfo=UTC))
    with pytest.raises(PermissionDenied):
        reopen(row=row, closes_on=date(2026, 11, 1), reason="Half-term", by=cast.administrator)
    with pytest.raises(Refused, match="Open it again"):
        ROUNDS.save(row=row, by=cast.coordinator, closes_on=date(2026, 11, 1))
    office = Reader(cast.coordinator)
    assert "today or later" in office.send(
        "secondment_round_reopen", row.pk, reason="x", **day("closes_on", row.closes_on)
    )
    sent = day("closes_on", date(2026, 11, 1))
    assert "reason" in office.send("secondment_round_reopen", row.pk, **sent).lower()
    assert office.send("secondment_round_reopen", row.pk, reason="Half-term", **sent) == ""
    assert proposing.submit(proposal=found, by=cast.host_head).status == ProposalStatus.SUBMITTED
    assert "Half-term" in office.text("secondment_round", row.pk)


def test_r_2_13_only_heads_of_the_phases_propose(cast: Cast, row: SecondmentRound) -> None:
    for user in (cast.coordinator, cast.administrator, cast.outsider):
        with pytest.raises(PermissionDenied):
            draft(cast, row, by=user)
    with pytest.raises(Refused, match="other phases"):
        draft(cast, row, school=cast.home, by=cast.home_head)
    assert Reader(cast.home_head).send("proposal_add", row.pk, **answers()) == ""
    assert not Proposal.objects.exists()


def test_r_2_13_a_round_without_a_question_or_with_days_the_wrong_way_round_is_refused(cast: Cast) -> None:
    norfolk(cast)
    with pytest.raises(Refused, match="at least one question"):
        round_of(cast, questions=" \n ")
    with pytest.raises(Refused, match="the same as or after the first"):
        round_of(cast, closes_on=date(2026, 9, 1))
    with pytest.raises(Refused, match="at least one phase"):
        round_of(cast, phases=())
    assert not SecondmentRound.objects.exists()


def test_r_2_13_what_is_wanting_is_said_when_it_is_submitted(cast: Cast, row: SecondmentRound) -> None:
    found = proposing.propose(
        round=row, school=cast.host, written=telling.Written("Marigold Penhaligon"), by=cast.host_head
    )
    said = Reader(cast.host_head).send("proposal_submit", found.pk)
    for words in ("e-mail address", "present salary", "best-paid teacher", "lowest point", "Answer question 2"):
        assert words in said


def test_r_2_19_start_6_is_refused_and_start_5_accepted(cast: Cast, row: SecondmentRound) -> None:
    head = Reader(cast.host_head)
    said = head.send("proposal_add", row.pk, **answers(range_start="6"))
    assert "enter a lowest point from 1 to 5" in said
    assert not Proposal.objects.exists()
    assert head.send("proposal_add", row.pk, **answers(range_start="5")) == ""
    assert Proposal.objects.get().range_words == "5 to 9"


def test_r_2_19_the_policy_says_which_points(cast: Cast, row: SecondmentRound) -> None:
    norfolk(cast, secondment_first_point=3, secondment_last_point=12)
    with pytest.raises(Refused, match="from 3 to 8"):
        draft(cast, row, range_start=1)
    assert draft(cast, row, range_start=8).range_words == "8 to 12"


def test_r_2_20_a_blank_declaration_does_not_keep_a_proposal_from_being_submitted(
    cast: Cast, row: SecondmentRound
) -> None:
    found = submitted(cast, row)
    assert found.other_funding is None
    head = Reader(cast.host_head)
    assert "Not declared" in head.text("proposal", found.pk)
    assert "where the other funding comes from" in head.send("proposal_funding", found.pk, other_funding="1,000")
    assert head.send("proposal_funding", found.pk, other_funding="1,000", other_source="Leading Teacher") == ""
    found.refresh_from_db()
    assert (found.other_funding, found.other_source) == (Decimal(1000), "Leading Teacher")


def test_r_2_13_a_teacher_is_proposed_once_by_a_school_in_a_round(cast: Cast, row: SecondmentRound) -> None:
    draft(cast, row)
    said = Reader(cast.host_head).send("proposal_add", row.pk, **answers(aspirant_email="Marigold@marlshire.example"))
    assert "already" in said
    assert Proposal.objects.count() == 1


def test_a_proposal_is_taken_back_changed_and_withdrawn(cast: Cast, row: SecondmentRound) -> None:
    found = submitted(cast, row)
    head = Reader(cast.host_head)
    assert "Only a draft can be changed" in head.send("proposal_change", found.pk, **answers())
    assert head.send("proposal_recall", found.pk) == ""
    assert head.send("proposal_change", found.pk, **answers(aspirant_name="Merigold Penhaligon")) == ""
    assert head.send("proposal_submit", found.pk) == ""
    assert "no longer possible" in head.send("proposal_submit", found.pk), "twice"
    assert "short reason" in head.send("proposal_withdraw", found.pk)
    assert head.send("proposal_withdraw", found.pk, reason="She moves away.") == ""
    found.refresh_from_db()
    assert (found.status, found.aspirant_name) == (ProposalStatus.WITHDRAWN, "Merigold Penhaligon")
    assert draft(cast, row).status == ProposalStatus.DRAFT, "the teacher may be proposed again"


def test_two_heads_change_a_draft_at_once_and_the_second_is_asked(cast: Cast, row: SecondmentRound) -> None:
    found = draft(cast, row)
    head = Reader(cast.host_head)
    page = head.get("proposal_change", found.pk).content.decode()
    shown = page.split('name="form_shown" value="', 1)[1].split('"', 1)[0]
    proposing.change(proposal=found, written=written(pay_fit="Changed meanwhile"), by=cast.host_head)
    said = head.send("proposal_change", found.pk, **answers(pay_fit="Mine", form_shown=shown))
    assert "changed after you opened the page" in said
    found.refresh_from_db()
    assert found.pay_fit == "Changed meanwhile"


@pytest.mark.parametrize("name", ["Zoë Ångström", "Ολυμπία Νικολάου", "Ольга Петрова", "山田 花子", "O’Neill-Ó Briain"])
def test_names_in_other_scripts_are_kept_as_they_are_written(cast: Cast, row: SecondmentRound, name: str) -> None:
    found = draft(cast, row, name=name, aspirant_email="x@marlshire.example")
    assert name in Reader(cast.host_head).text("proposal", found.pk)
    assert name in Reader(cast.coordinator).text("proposals")


def test_n22_schools_hear_a_week_before_a_round_closes_once(
    cast: Cast, row: SecondmentRound, clock: time_machine.Traveller
) -> None:
    submitted(cast, row)
    special = SchoolFactory(name="Marl Special School", phase="special")
    sent = Message.objects.filter(kind="secondment-closing")
    assert ending.remind_of_closing(date(2026, 10, 12)) == 0
    clock.move_to(datetime(2026, 10, 13, 5, 15, tzinfo=UTC))
    assert ending.remind_of_closing(date(2026, 10, 13)) == 1
    told = set(sent.values_list("to_email", flat=True))
    assert special.email in told
    assert cast.outsider.email in told, "a primary school that has not proposed"
    assert cast.host_head.email not in told, "it has submitted"
    assert cast.home_head.email not in told, "a secondary school"
    assert ending.remind_of_closing(date(2026, 10, 14)) == 0
    assert sent.count() == len(told)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_at_one_and_thirty(
    cast: Cast, row: SecondmentRound, rows: int, django_assert_max_num_queries
) -> None:
    for number in range(rows):
        draft(cast, row, name=f"T{number} Penhaligon", aspirant_email=f"t{number}@marlshire.example")
    office = Reader(cast.coordinator)
    head = Reader(cast.host_head)
    with django_assert_max_num_queries(12):
        office.get("proposals")
    with django_assert_max_num_queries(12):
        head.get("proposals")


def test_where_secondments_are_off_there_is_no_page_and_no_menu(cast: Cast) -> None:
    for user in (cast.coordinator, cast.host_head, cast.consultant, cast.chair, cast.officer):
        reader = Reader(user)
        assert "Secondments" not in reader.client.get("/tasks/").content.decode()
        assert "Secondments" not in reader.client.get("/more/").content.decode()
    assert [Reader(cast.coordinator).status(name) for name in ("proposals", "secondment_rounds")] == [404] * 2
    norfolk(cast)
    assert "Secondments" in Reader(cast.coordinator).client.get("/more/").content.decode()
