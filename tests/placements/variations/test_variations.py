"""Another share of an AST's time holds with both agreements and until its last day (R-4.7, N16)."""

from datetime import UTC, date, datetime
from decimal import Decimal as D
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.history import Transition
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.days import ledger
from placements.variations import actions
from placements.variations.models import TimeVariation
from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear
from schools.calendar.years import default_year
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db

SPRING = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 3, 24)}
WHY = "The first term at home trains the teacher who covers."


def asked(cast: Cast, **changes: Any) -> TimeVariation:
    facts = {"share": D("0.10"), "reason": WHY, **SPRING, "by": cast.ast, **changes}
    return actions.ask(post=cast.post, **facts)


def agreed(cast: Cast, **changes: Any) -> TimeVariation:
    found = actions.answer(variation=asked(cast, **changes), side="home", yes=True, by=cast.home_head)
    return actions.answer(variation=found, side="office", yes=True, by=cast.coordinator)


def budget(cast: Cast, year: AcademicYear | None = None) -> D:
    return ledger.balance(cast.post, year or cast.year).budget


def test_r_4_7_home_yes_and_coordinator_pending_is_still_20_per_cent(cast: Cast, client: Client) -> None:
    client.force_login(cast.ast)
    url = reverse("placements:variation_ask", args=[cast.post.pk])
    sent = {
        "starts_on": "2027-01-04",
        "ends_on": "2027-03-24",
        "share": "10",
        "reason": WHY,
    }
    page = client.post(url, {"share": "10", "reason": WHY}).content.decode()
    assert "Enter the first day" in page
    assert "Enter the last day" in page
    response = client.post(url, sent)
    assert response.status_code == 302, response.content.decode()
    found = TimeVariation.objects.get()
    client.force_login(cast.home_head)
    client.post(reverse("placements:variation_answer", args=[found.pk]), {"answer": "yes"})
    found.refresh_from_db()
    assert (found.status, budget(cast)) == ("half_agreed", 38)
    assert "the usual 20% holds" in client.get(found.get_absolute_url()).content.decode()
    client.force_login(cast.coordinator)
    client.post(reverse("placements:variation_answer", args=[found.pk]), {"answer": "yes"})
    found.refresh_from_db()
    assert found.status == "in_force"
    assert budget(cast) == D("32.75")  # 11 of 39 weeks at half the share: 5.25 days fewer


def test_r_4_7_any_no_refuses(cast: Cast) -> None:
    found = actions.answer(variation=asked(cast), side="office", yes=True, by=cast.coordinator)
    with pytest.raises(Refused, match="Say why you refuse"):
        actions.answer(variation=found, side="home", yes=False, by=cast.home_head)
    found = actions.answer(variation=found, side="home", yes=False, reason="We need the day", by=cast.home_head)
    assert (found.status, budget(cast)) == ("refused", 38)
    with pytest.raises(Refused, match="no longer possible"):
        actions.answer(variation=found, side="home", yes=True, by=cast.home_head)


def test_r_4_7_a_head_who_asks_has_agreed(cast: Cast) -> None:
    found = asked(cast, by=cast.home_head)
    assert (found.status, found.home_by, found.office_by) == ("half_agreed", cast.home_head, None)


def test_r_4_7_it_expires_and_the_year_keeps_what_it_was(cast: Cast) -> None:
    found = agreed(cast)
    moves = [t.move for t in Transition.objects.filter(machine="time variation").order_by("pk")]
    with time_machine.travel(datetime(2027, 3, 24, 9, tzinfo=UTC)):
        assert actions.look_after(date(2027, 3, 24)) == 0
    assert [actions.look_after(date(2027, 3, 25)), actions.look_after(date(2027, 3, 25))] == [1, 0]
    found.refresh_from_db()
    assert (found.status, moves) == ("expired", ["agree_first", "agree_last"])
    assert budget(cast) == D("32.75")


def test_r_4_7_withdrawn_before_its_time_gives_the_rest_back(cast: Cast) -> None:
    found = agreed(cast)
    with time_machine.travel(datetime(2027, 2, 1, 9, tzinfo=UTC)):
        found = actions.withdraw(variation=found, by=cast.ast, reason="The teacher is trained")
    assert found.status == "withdrawn"
    assert budget(cast) == 36  # four weeks at half the share
    with pytest.raises(Refused):
        actions.withdraw(variation=found, by=cast.ast, reason="Again")


def test_r_4_7_withdrawn_before_its_first_day_changes_nothing(cast: Cast) -> None:
    actions.withdraw(variation=agreed(cast), by=cast.home_head, reason="Not needed")
    assert budget(cast) == 38


def test_r_4_7_over_a_summer_each_year_has_its_part_once_it_is_open(cast: Cast) -> None:
    agreed(cast, share=D("0.40"), starts_on=date(2027, 6, 7), ends_on=date(2027, 10, 1))
    first = budget(cast)
    save_year(default_year("2027-28"), by=None)
    year = AcademicYear.objects.get(slug="2027-28")
    ledger.open_budget(cast.post, year)
    assert [actions.look_after(date(2027, 6, 1)), actions.look_after(date(2027, 6, 1))] == [0, 0]
    assert first == budget(cast) > 38
    assert budget(cast, year) > 38


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"share": D("0.20")}, "holds anyway"),
        ({"share": D("1.5")}, "between 0 and 100"),
        ({"reason": " "}, "Say why"),
        ({"ends_on": date(2026, 12, 1)}, "same as or after"),
        ({"starts_on": date(2026, 9, 1), "ends_on": date(2026, 9, 30)}, "has passed"),
    ],
)
def test_r_4_7_what_makes_no_sense_is_refused(cast: Cast, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        asked(cast, **changes)
    assert not TimeVariation.objects.exists()


def test_r_4_7_not_twice_for_the_same_days(cast: Cast) -> None:
    asked(cast)
    with pytest.raises(Refused, match="Withdraw that first"):
        asked(cast, share=D("0.30"))


def test_r_4_7_only_the_two_sides_agree_and_each_for_itself(cast: Cast) -> None:
    found = asked(cast)
    for who, side in (
        (cast.ast, "home"),
        (cast.host_head, "home"),
        (cast.home_head, "office"),
        (cast.officer, "office"),
    ):
        with pytest.raises(PermissionDenied):
            actions.answer(variation=found, side=side, yes=True, by=who)
    with pytest.raises(PermissionDenied):
        asked(cast, by=cast.coordinator)


def test_r_4_7_the_database_knows_that_one_yes_is_not_enough(cast: Cast) -> None:
    found = asked(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeVariation.objects.filter(pk=found.pk).update(status="in_force")


def test_n16_who_hears_that_it_is_asked_and_decided(cast: Cast) -> None:
    agreed(cast)
    told = Message.objects.filter(kind__startswith="variation").values_list("kind", "to_email")
    office = cast.policy.office_email
    assert set(told) == {
        ("variation-asked", cast.home_head.email),
        ("variation-asked", office),
        ("variation-decided", cast.ast.email),
        ("variation-decided", cast.home_head.email),
        ("variation-decided", office),
    }
    assert not any(WHY in message.body for message in Message.objects.all())


def test_r_4_7_exceptions_are_counted_for_the_coordinator(cast: Cast, client: Client) -> None:
    agreed(cast)
    asked(cast, starts_on=date(2027, 4, 12), ends_on=date(2027, 5, 28))
    client.force_login(cast.coordinator)
    html = client.get(reverse("placements:variation_list")).content.decode()
    assert "2 exceptions" in html
    assert "Agree to another share of time, or refuse it" in client.get(reverse("tasks")).content.decode()


def test_the_list_costs_the_same_at_1_and_30(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    page, counts = reverse("placements:variation_list"), []
    for more in (1, 29):
        for _ in range(more):
            post = PostFactory(user=UserFactory(), home=SchoolFactory())
            TimeVariation.objects.create(post=post, share=D("0.10"), reason=WHY, asked_by=cast.ast, **SPRING)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_r_4_7_the_page_says_which_side_refused(cast: Cast, client: Client) -> None:
    found = asked(cast)
    actions.answer(variation=found, side="home", yes=True, by=cast.home_head)
    actions.answer(variation=found, side="office", yes=False, by=cast.coordinator, reason="Short of days.")
    client.force_login(cast.ast)
    page = client.get(found.get_absolute_url()).content.decode()
    key = 'govuk-summary-list__key">Co-ordinator</dt><dd class="govuk-summary-list__value">'
    assert f"{key}Refused</dd>" in page
