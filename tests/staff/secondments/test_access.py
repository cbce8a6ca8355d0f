"""Who reads and does what of secondments, where the authority has them (section G, “Pay range, point, grants”).

The table of access is walked under Croydon’s policy, under which none of these pages is there.
"""

from collections.abc import Iterable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.secondments.actions import grants, proposing
from staff.secondments.models import Proposal, SecondmentRound
from staff.secondments.urls import urlpatterns
from tests.access.table import rows
from tests.cast import Cast
from tests.factories import person
from tests.staff.secondments.telling import Reader, begun, draft, norfolk, round_of, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def row(cast: Cast) -> SecondmentRound:
    norfolk(cast)
    return round_of(cast)


def odd_governor(cast: Cast) -> User:
    there = User.objects.filter(email="odd@marlshire.example").first()
    return there or person("Odd Governor", "odd@marlshire.example", Role.GOVERNOR, cast.elsewhere)


def people(cast: Cast) -> dict[str, User]:
    return {
        "coordinator": cast.coordinator,
        "administrator": cast.administrator,
        "officer": cast.officer,
        "adviser": cast.consultant,
        "own head": cast.host_head,
        "other head": cast.outsider,
        "own governor": cast.chair,
        "other governor": odd_governor(cast),
        "other AST": cast.ast,
    }


def readers(cast: Cast, name: str, *args: object) -> dict[str, int]:
    return {key: Reader(user).status(name, *args) for key, user in people(cast).items()}


def who(found: dict[str, int]) -> set[str]:
    return {key for key, status in found.items() if status == 200}


def test_g_who_opens_a_proposal_in_each_state(cast: Cast, row: SecondmentRound) -> None:
    written = draft(cast, row, name="Ada Penhaligon")
    assert who(readers(cast, "proposal", written.pk)) == {"coordinator", "own head"}
    sent = submitted(cast, row, name="Bea Penhaligon")
    assert who(readers(cast, "proposal", sent.pk)) == {"coordinator", "own head", "adviser", "own governor"}
    found = readers(cast, "proposal", sent.pk)
    assert {key for key, status in found.items() if status == 403} == {"administrator", "officer"}
    assert {key for key, status in found.items() if status == 404} == {"other head", "other governor", "other AST"}


def test_g_the_adviser_endorses_and_reads_nothing_of_pay(cast: Cast, row: SecondmentRound) -> None:
    found = submitted(cast, row, other_funding=Decimal(1234), other_source="Leading Teacher")
    for user, reads in ((cast.coordinator, True), (cast.host_head, True), (cast.chair, True), (cast.consultant, False)):
        page = Reader(user).text("proposal", found.pk)
        assert "Because of the children" in page
        assert [words in page for words in ("30,000", "1,234", "Points 1 to 5", "best-paid")] == [reads] * 4, user


def test_g_the_teacher_reads_the_own_secondment(cast: Cast, row: SecondmentRound) -> None:
    found = begun(cast, row)
    teacher = Reader(User.objects.get(email="marigold@marlshire.example"))
    page = teacher.text("proposal", found.pk)
    assert "Points 1 to 5" in page
    assert "History" not in page
    assert "Marigold Penhaligon" in teacher.text("proposals")


def test_g_lists_and_their_files_hold_what_each_may_read(cast: Cast, row: SecondmentRound) -> None:
    submitted(cast, row)
    for key, user in people(cast).items():
        response = Reader(user).get("proposals", export="csv")
        if key in ("administrator", "officer"):
            assert response.status_code == 403
            continue
        said = b"".join(response).decode()
        assert ("Marigold" in said) is (key in ("coordinator", "adviser", "own head", "own governor")), key


def pages(proposal: Proposal) -> Iterable[tuple[str, list[object]]]:
    """Every address of one proposal."""
    statement = proposal.secondment.statements.get()
    numbers = {"proposal_letter": 1, "secondment_step_remove": 1}
    for pattern in urlpatterns:
        name, route = str(pattern.name), str(pattern.pattern)
        if "<int:pk>" not in route or not route.startswith("secondments/"):
            continue
        args: list[object] = [proposal.pk]
        if "<slug" in route:
            args.append("autumn-2026")
        if "<int:number>" in route:
            args.append(numbers.get(name, statement.pk))
        yield name, args


def test_g_nobody_but_those_concerned_gets_through_any_door(cast: Cast, row: SecondmentRound) -> None:
    """Another school’s head and governor, another AST, administrator and officer: at every address, read and sent."""
    found = begun(cast, row, other_funding=Decimal(0))
    statement = grants.make_statement(secondment=found.secondment, term=cast.year.terms.first(), by=cast.coordinator)
    assert statement.amount
    before = list(Proposal.objects.values()), found.secondment.statements.count()
    everybody = people(cast)
    strangers = ("administrator", "officer", "other head", "other governor", "other AST")
    for key in strangers:
        client = Client()
        client.force_login(everybody[key])
        for name, args in pages(found):
            url = reverse(f"staff:{name}", args=args)
            for method in (client.get, client.post):
                assert method(url).status_code in (403, 404, 405), (key, name)
    assert before == (list(Proposal.objects.values()), found.secondment.statements.count())


def test_where_secondments_are_off_every_page_is_gone(cast: Cast, row: SecondmentRound) -> None:
    found = draft(cast, row)
    norfolk(cast, secondments=False)
    head, office = Reader(cast.host_head), Reader(cast.coordinator)
    assert [head.status(name, found.pk) for name in ("proposal", "proposal_change", "proposal_submit")] == [404] * 3
    assert [office.status(name) for name in ("secondment_rounds", "proposals", "secondment_sums")] == [404] * 3
    assert head.client.post(reverse("staff:proposal_withdraw", args=[found.pk]), {"reason": "x"}).status_code == 404
    norfolk(cast)
    assert proposing.withdraw(proposal=found, reason="x", by=cast.host_head).status == "withdrawn"


def test_every_address_of_the_room_stands_in_the_table_of_access() -> None:
    listed = {each.page for each in rows()}
    assert {f"staff:{pattern.name}" for pattern in urlpatterns} <= listed
