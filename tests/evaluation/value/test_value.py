"""Value for money: days, cost, outcomes and the headteacher's view side by side, and no score (R-11.13)."""

import csv
import io
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from evaluation.value import actions, rules
from evaluation.value.models import PlacementCost
from evaluation.value.reads.report import SHOWN
from placements.placement.models import Placement
from staff.accounts.models import User
from tests.cast import Cast
from tests.evaluation.evaluations.telling import concluded, whole_final
from tests.evaluation.value.telling import cost, given, more
from tests.factories import RoleFactory, person
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

URL = reverse("evaluation:value")


def read(user: User, **chosen: str) -> str:
    return text(signed_in(user).get(URL, chosen))


def file_of(user: User, **chosen: str) -> list[list[str]]:
    sent = signed_in(user).get(URL, {**chosen, "export": "csv"})
    return list(csv.reader(io.StringIO(b"".join(sent).decode("utf-8-sig"))))


def governor(cast: Cast) -> User:
    return person("Maud Winterley", "maud@marlshire.example", Role.GOVERNOR, cast.home)


def test_r_11_13_given_10_days_and_2_000_pounds_when_shown_then_200_a_day(cast: Cast, placement: Placement) -> None:
    given(placement, 10)
    client = signed_in(cast.administrator)
    url = reverse("evaluation:placement_cost", args=[placement.pk])
    sent = client.post(url, {"amount": "£2,000", "covers": "Cover for 10 days, and travel"})
    assert sent.status_code == 302, text(sent)
    assert url in client.get(placement.get_absolute_url()).content.decode()
    shown = text(client.get(url))
    assert "£200 a day" in shown
    assert "Cover for 10 days, and travel" in shown
    for reader in (cast.coordinator, cast.home_head):
        assert "£2,000 £200 a day No evidence No evidence" in read(reader)


def test_r_11_13_a_cost_that_nobody_entered_is_never_nothing(cast: Cast, placement: Placement) -> None:
    given(placement, 10)
    shown = read(cast.coordinator)
    assert "10 Not entered Not entered No evidence No evidence" in shown
    assert "£0" not in shown
    assert "Placements with a cost entered: 0 of 1." in shown


def test_r_11_13_without_a_day_nothing_is_divided(cast: Cast, placement: Placement) -> None:
    cost(cast, placement)
    assert "0 £2,000 No days yet" in read(cast.coordinator)
    assert rules.a_day(Decimal(10), Decimal(0)) is None


def test_r_11_13_outcomes_and_the_heads_view_stand_beside_it(cast: Cast, placement: Placement) -> None:
    given(placement, 10)
    cost(cast, placement)
    concluded(cast, placement)
    assert "£2,000 £200 a day 3 of 3 Yes" in read(cast.coordinator)
    shown = text(signed_in(cast.home_head).get(reverse("evaluation:placement_cost", args=[placement.pk])))
    assert "Objectives reached 3 of 3" in shown
    assert "Did it help? Yes" in shown


def test_r_11_13_before_it_is_concluded_there_is_no_evidence(cast: Cast, placement: Placement) -> None:
    """A home head and the governors read the outcome, which there is once the co-ordinator has concluded it."""
    whole_final(cast, placement)
    assert "No evidence No evidence" in read(cast.home_head)


def test_r_11_13_page_file_and_paper_agree(cast: Cast, placement: Placement) -> None:
    given(placement, 10)
    cost(cast, placement)
    list(more(cast, 2, subject="english"))
    found = file_of(cast.coordinator)
    assert found[0][:4] == ["Placement", "Host school", "Subject", "Days"]
    assert found[-1][3:6] == ["14", "£2,200", "£157.14 a day"]
    assert sum(int(line[3]) for line in found[1:-1]) == 14
    assert "Total 14 £2,200 £157.14 a day" in read(cast.coordinator)
    paper = signed_in(cast.coordinator).get(URL, {"export": "pdf"}).content.decode()
    assert "£157.14 a day" in paper
    assert "one contribution among other factors" in paper


def test_r_11_13_the_cost_of_a_day_counts_only_placements_with_a_cost(cast: Cast, placement: Placement) -> None:
    given(placement, 10)
    [other] = more(cast, 1)
    assert "£100 £50 a day" in read(cast.coordinator)
    assert "Total 12 £100 £50 a day" in read(cast.coordinator)
    assert other.reference in read(cast.coordinator)


def test_r_11_13_the_office_narrows_it_by_year_phase_and_subject(cast: Cast, placement: Placement) -> None:
    [english] = more(cast, 1, subject="english")
    assert english.reference not in read(cast.coordinator, year="2026-27", subject="mathematics")
    assert english.reference in read(cast.coordinator, year="2026-27", subject="english", phase="primary")
    assert "no placement began" in read(cast.coordinator, phase="secondary")
    assert english.reference in read(cast.coordinator, year="nonsense", subject="nonsense", school="nonsense")
    assert english.reference in read(cast.coordinator, school=str(cast.home.pk))
    assert "AST’s own school: Hollowbrook School" in read(cast.coordinator, school=str(cast.home.pk))
    assert english.reference in read(cast.coordinator, school=str(cast.host.pk)), "from there no AST went out"


def test_r_11_13_governors_and_officers_read_sums_of_three_at_least(cast: Cast, placement: Placement) -> None:
    given(placement, 10)
    cost(cast, placement)
    list(more(cast, 3, subject="english"))
    for reader in (cast.officer, governor(cast)):
        shown = read(reader)
        assert "English and literacy 3 6 £300 £50 a day" in shown
        assert "Mathematics and numeracy 1 10 Fewer than 3: not shown Fewer than 3: not shown" in shown
        assert "Total 4 16 Fewer than 3: not shown Fewer than 3: not shown" in shown, "or it could be worked out"
        assert placement.reference not in shown
        assert "Wren Castellow" not in shown
        assert file_of(reader)[-1][3] == "Fewer than 3: not shown"
        narrowed = read(reader, year="2026-27", subject="english")
        assert "Mathematics" in narrowed, "sums are of a whole year"


def test_r_11_13_a_total_is_shown_where_no_small_group_follows_from_it() -> None:
    assert rules.kept_back([3, 4]) == set()
    assert rules.kept_back([0, 4]) == set()
    assert rules.kept_back([2, 1, 3]) == {0, 1}
    assert rules.kept_back([1, 3]) == {0, 2}


def test_r_11_13_a_host_headteacher_and_its_governors_read_none_of_it(cast: Cast, placement: Placement) -> None:
    cost(cast, placement, covers="Cover and trains")
    url = reverse("evaluation:placement_cost", args=[placement.pk])
    shown = text(signed_in(cast.host_head).get(placement.get_absolute_url()))
    assert "Value for money" not in shown.replace("Value for money</a>", "")
    assert "trains" not in shown
    assert signed_in(cast.host_head).get(url).status_code == 404
    assert placement.reference not in read(cast.host_head)
    assert "Nothing in this period" in read(cast.chair)
    for other in (cast.ast, cast.consultant):
        assert signed_in(other).get(URL).status_code == 403
        assert "trains" not in text(signed_in(other).get(placement.get_absolute_url()))
    assert signed_in(cast.outsider).get(url).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.enter(placement=placement, amount=Decimal(1), covers="x", by=cast.host_head)


def test_r_11_13_no_name_of_somebody_supported_reaches_the_home_head(cast: Cast, placement: Placement) -> None:
    cost(cast, placement, covers="Supply while Juno Pettifer was out")
    shown = text(signed_in(cast.home_head).get(reverse("evaluation:placement_cost", args=[placement.pk])))
    assert "Supply while" in shown
    assert "Juno Pettifer" not in shown


def test_r_11_13_an_officer_who_heads_a_school_reads_its_placements_and_no_others(
    cast: Cast, placement: Placement
) -> None:
    """Sums are for who reads nothing else: the single lines of other schools are not added to one's own."""
    RoleFactory(user=cast.officer, role=Role.HEADTEACHER, school=cast.elsewhere)
    cost(cast, placement)
    shown = read(cast.officer)
    assert placement.reference not in shown
    assert "no AST of your school began a placement" in shown


@pytest.mark.parametrize(
    ("amount", "covers", "words"),
    [
        ("", "Cover", "Enter what the placement cost in pounds"),
        ("-5", "Cover", "What did the placement cost?"),
        ("ten", "Cover", "Enter a sum in pounds"),
        ("200", " ", "Enter what the cost covers"),
    ],
)
def test_r_11_13_what_is_wrong_is_said_at_its_field(
    cast: Cast, placement: Placement, amount: str, covers: str, words: str
) -> None:
    url = reverse("evaluation:placement_cost", args=[placement.pk])
    sent = signed_in(cast.home_head).post(url, {"amount": amount, "covers": covers})
    assert words in text(sent)
    assert not PlacementCost.objects.exists()


def test_r_11_13_a_cost_is_corrected_once_and_taken_away_once(cast: Cast, placement: Placement) -> None:
    cost(cast, placement)
    cost(cast, placement)
    cost(cast, placement, 1500)
    told = AuditEvent.objects.filter(verb__startswith="cost of a placement").order_by("pk")
    assert [each.verb for each in told] == ["cost of a placement: entered", "cost of a placement: changed"]
    assert (told[1].before["cost"], told[1].after["cost"]) == ("£2,000", "£1,500")
    url = reverse("evaluation:placement_cost_remove", args=[placement.pk])
    client = signed_in(cast.home_head)
    assert client.post(url).status_code == 302
    assert not PlacementCost.objects.exists()
    with pytest.raises(Refused):
        actions.take_away(placement=placement, by=cast.coordinator)


def test_r_11_13_thirty_placements_ask_no_more_than_one(cast: Cast, placement: Placement) -> None:
    list(more(cast, 1))
    client = signed_in(cast.coordinator)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    list(more(cast, 28))
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) == len(few) <= 12


def test_r_11_13_the_page_shows_the_first_and_the_file_has_all(cast: Cast, placement: Placement) -> None:
    list(more(cast, SHOWN + 1))
    assert f"The first {SHOWN}. The file has all {SHOWN + 2}." in read(cast.coordinator)
    assert len([row for row in file_of(cast.coordinator) if row[0].startswith("P0")]) == SHOWN + 2


def test_r_11_13_a_placement_that_came_to_nothing_has_no_cost(cast: Cast, placement: Placement) -> None:
    Placement.objects.filter(pk=placement.pk).update(status="closed")
    url = reverse("evaluation:placement_cost", args=[placement.pk])
    assert signed_in(cast.coordinator).get(url).status_code == 404
    given(placement, 1)
    assert signed_in(cast.coordinator).get(url).status_code == 200


@pytest.mark.paper
def test_r_11_13_the_paper_is_printed_for_real(cast: Cast, placement: Placement) -> None:
    cost(cast, given(placement, 10))
    printed = signed_in(cast.coordinator).get(URL, {"export": "pdf"}).content
    assert printed.startswith(b"%PDF")
