"""What is paid for a secondment, on paper and in the book (R-2.18, R-2.20, R-15.14)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from schools.calendar.models import Term
from staff.pay.actions.figures import FIGURES
from staff.pay.models import SpineFigure
from staff.secondments.actions import grants, proposing, running
from staff.secondments.models import GrantStatement, Proposal
from tests.cast import Cast
from tests.staff.secondments.telling import Reader, begun, day, figures, norfolk, pdf_text, round_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
SPRING = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)


@pytest.fixture
def seconded(cast: Cast) -> Proposal:
    norfolk(cast)
    return begun(cast, round_of(cast))


def declare(cast: Cast, proposal: Proposal, amount: int = 0) -> None:
    source = "Leading Teacher" if amount else ""
    proposing.declare(proposal=proposal, other_funding=Decimal(amount), other_source=source, by=cast.host_head)


def term(slug: str) -> Term:
    return Term.objects.get(slug=slug)


def made(cast: Cast, proposal: Proposal, slug: str) -> GrantStatement:
    return grants.make_statement(secondment=proposal.secondment, term=term(slug), by=cast.coordinator)


def passes(cast: Cast, proposal: Proposal) -> None:
    running.record_pass(proposal=proposal, passed_on=date(2026, 10, 5), assessor="Agency", by=cast.coordinator)


def test_r_2_20_a_blank_declaration_blocks_payment(cast: Cast, seconded: Proposal) -> None:
    with pytest.raises(Refused, match="not declared"):
        made(cast, seconded, "autumn-2026")
    office = Reader(cast.coordinator)
    assert "has not declared its other funding" in office.text("proposal", seconded.pk)
    assert office.send("grant_make", seconded.pk, "autumn-2026") == ""
    assert not GrantStatement.objects.exists()
    declare(cast, seconded)
    assert office.send("grant_make", seconded.pk, "autumn-2026") == ""
    assert GrantStatement.objects.get().amount == 1750


def test_r_2_18_1750_for_a_term_before_the_pass(cast: Cast, seconded: Proposal) -> None:
    declare(cast, seconded)
    assert made(cast, seconded, "autumn-2026").amount == 1750
    norfolk(cast, grant_before_pass=Decimal(2000))
    assert made(cast, seconded, "spring-2027").amount == 2000


@pytest.mark.paper
def test_r_15_14_the_statement_says_11638_pounds_by_element(
    cast: Cast, seconded: Proposal, clock: time_machine.Traveller
) -> None:
    figures(cast)
    declare(cast, seconded)
    passes(cast, seconded)
    clock.move_to(SPRING)
    statement = made(cast, seconded, "spring-2027")
    assert statement.amount == Decimal("3879.34")
    said = pdf_text(Reader(cast.host_head).get("grant_statement", seconded.pk, statement.pk).content)
    for words in ("£4,938", "£6,200", "£500", "£11,638", "£3,879.34", "£30,000", "£34,938"):
        assert words in said


def test_r_2_20_with_1000_declared_the_statement_falls_by_1000(
    cast: Cast, seconded: Proposal, clock: time_machine.Traveller
) -> None:
    figures(cast)
    declare(cast, seconded, 1000)
    passes(cast, seconded)
    clock.move_to(SPRING)
    facts = made(cast, seconded, "spring-2027").document.facts
    assert facts["rows"][-2:] == [["Less other funding: Leading Teacher", "−£1,000"], ["A year", "£10,638"]]


def test_r_2_18_a_missing_salary_is_named_and_never_nothing(
    cast: Cast, seconded: Proposal, clock: time_machine.Traveller
) -> None:
    declare(cast, seconded)
    passes(cast, seconded)
    clock.move_to(SPRING)
    with pytest.raises(Refused) as refused:
        made(cast, seconded, "spring-2027")
    assert {problem.code for problem in refused.value.problems} == {"figure"}
    assert "M6" in str(refused.value)
    assert made(cast, seconded, "autumn-2026").amount == 1750, "the term of the pass is paid as before"


def test_r_2_18_settings_of_the_policy_change_what_is_paid(
    cast: Cast, seconded: Proposal, clock: time_machine.Traveller
) -> None:
    figures(cast)
    declare(cast, seconded)
    passes(cast, seconded)
    norfolk(cast, grant_cover=Decimal(7000), grant_expenses=Decimal(0), pre_grant_continues=True)
    clock.move_to(SPRING)
    assert dict(made(cast, seconded, "spring-2027").document.facts["rows"])["A year"] == "£17,188"


def test_a_statement_is_made_once_and_a_wrong_one_is_taken_away(cast: Cast, seconded: Proposal) -> None:
    declare(cast, seconded)
    statement = made(cast, seconded, "autumn-2026")
    with pytest.raises(Refused, match="already"):
        made(cast, seconded, "autumn-2026")
    office = Reader(cast.coordinator)
    assert "reason" in office.send("grant_take_away", seconded.pk, statement.pk)
    assert office.send("grant_take_away", seconded.pk, statement.pk, reason="The wrong sum was declared.") == ""
    declare(cast, seconded, 1050)
    assert made(cast, seconded, "autumn-2026").amount == 1400
    assert Document.objects.filter(kind="grant-statement").count() == 2


def test_n22_a_paid_grant_is_recorded_and_the_school_is_told(cast: Cast, seconded: Proposal) -> None:
    declare(cast, seconded)
    statement = made(cast, seconded, "autumn-2026")
    office = Reader(cast.coordinator)
    assert "today or in the past" in office.send(
        "grant_paid", seconded.pk, statement.pk, **day("on", date(2026, 10, 7))
    )
    assert office.send("grant_paid", seconded.pk, statement.pk, **day("on", date(2026, 10, 6))) == ""
    message = Message.objects.get(kind="secondment-paid")
    assert message.to_email == cast.host_head.email
    assert list(message.attachments.all()) == [statement.document]
    assert "1,750" not in message.body, "the whole office reads what could not be sent"
    assert "paid already" in office.send("grant_paid", seconded.pk, statement.pk, **day("on", date(2026, 10, 6)))
    with pytest.raises(Refused, match="paid, so it stays"):
        grants.take_away(statement=statement, reason="x", by=cast.coordinator)


def test_only_the_co_ordinator_makes_and_pays(cast: Cast, seconded: Proposal) -> None:
    declare(cast, seconded)
    for user in (cast.host_head, cast.administrator, cast.consultant, cast.officer):
        with pytest.raises(PermissionDenied):
            grants.make_statement(secondment=seconded.secondment, term=term("autumn-2026"), by=user)
        assert Reader(user).status("spine_figures") == 403


def test_r_2_18_salaries_are_a_register_of_the_co_ordinators(cast: Cast) -> None:
    norfolk(cast)
    office = Reader(cast.coordinator)
    sent = {"point": "1", "amount": "£34,938", **day("starts_on", date(2026, 9, 1))}
    assert office.send("spine_figure_add", **sent) == ""
    assert SpineFigure.objects.get().amount == 34938
    assert "already" in office.send("spine_figure_add", **sent)
    assert "Enter a sum in pounds" in office.send("spine_figure_add", **{**sent, "amount": "a lot"})
    FIGURES.save(by=cast.coordinator, point=1, amount=Decimal(35500), starts_on=date(2027, 9, 1))
    assert "£34,938" in office.text("spine_figures")


def test_g_officers_read_sums_and_no_names_and_no_small_numbers(cast: Cast, seconded: Proposal) -> None:
    declare(cast, seconded)
    statement = made(cast, seconded, "autumn-2026")
    grants.record_paid(statement=statement, on=date(2026, 10, 6), by=cast.coordinator)
    said = Reader(cast.officer).text("secondment_sums")
    assert "Fewer than 3" in said
    assert "1,750" not in said
    assert "Marigold" not in said
