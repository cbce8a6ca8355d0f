"""How many could help with each request of a list, and the best of them: as the request's own page has it (R-20.3)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from astcoord.core.clock import today
from placements.days import ledger
from placements.matching.lifecycle import MatchStatus
from placements.matching.reads import matches
from placements.matching.reads.help import CROSSES, PASSED, could_help
from placements.requests.models import OutreachRequest
from schools.calendar.actions import save_year
from schools.calendar.years import default_year
from tests.cast import Cast
from tests.factories import MatchFactory, PostFactory, RequestFactory, SchoolFactory
from tests.placements.requests.asking import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(cast: Cast) -> list[OutreachRequest]:
    """Requests whose answers differ: by subject, place, what has been promised, asked and agreed, and by when."""
    near = SchoolFactory(name="Alderbank School", phase="secondary")
    near.feeders.add(cast.elsewhere)
    other = PostFactory(user__name="Hazel Winterborne", home=near, subjects=["mathematics", "music"])
    leaving = PostFactory(user__name="Rowan Tarn", home=cast.elsewhere, ends_on=date(2026, 12, 18))
    for post in (other, leaving):
        ledger.open_budget(post, cast.year)
    asked = [
        RequestFactory(host=cast.host),
        RequestFactory(host=cast.host, subject="music"),
        RequestFactory(host=cast.host, subject="history"),
        RequestFactory(host=cast.elsewhere, weekdays=("4",)),
        RequestFactory(host=near, wanted_from=date(2027, 3, 1), wanted_until=date(2027, 5, 14)),
        RequestFactory(host=cast.elsewhere, days=Decimal("0.5")),
    ]
    MatchFactory(request=asked[5], post=cast.post, status=MatchStatus.REFUSED)
    MatchFactory(request=asked[0], post=other, status=MatchStatus.AGREED, days=Decimal(2), shared=True)
    return asked


def test_r_20_3_the_list_says_what_the_page_of_each_request_says(cast: Cast, several: list[OutreachRequest]) -> None:
    found = could_help(several, cast.coordinator, today())
    told = {}
    for asked in several:
        page = matches.candidates(asked, today(), reader=cast.coordinator)
        best = page.cards[0] if page.cards else None
        told[asked.pk] = (page.total, best.name if best else "", best.usable if best else 0)
    assert {pk: (each.count, each.best, each.free) for pk, each in found.items()} == told
    assert len({each.count for each in found.values()}) > 2


def test_r_20_3_where_nothing_can_be_said_the_list_says_why(cast: Cast) -> None:
    save_year(default_year("2027-28"), by=None)
    over = RequestFactory(host=cast.host, wanted_from=date(2027, 6, 1), wanted_until=date(2027, 11, 1))
    past = RequestFactory(host=cast.host, wanted_from=date(2026, 9, 1), wanted_until=date(2026, 9, 30))
    placed = RequestFactory(host=cast.host, status="placed")
    found = could_help([over, past, placed], cast.coordinator, today())
    assert {pk: str(each) for pk, each in found.items()} == {over.pk: CROSSES, past.pk: PASSED}


def test_r_20_3_what_the_policy_forbids_nobody_could_help_with(cast: Cast) -> None:
    cast.policy.host_difficulty = cast.policy.teacher_difficulty = "block"
    cast.policy.save()
    serious, category = RequestFactory(host=cast.elsewhere), RequestFactory(host=cast.host)
    serious.staff.create(name="Juno Pettifer", selection="self", head_agrees=True, situation="serious")
    cast.host.statuses.create(kind="category", name="special_measures", starts_on=date(2026, 9, 1))
    found = could_help([serious, category], cast.coordinator, today())
    assert {str(each) for each in found.values()} == {"Nobody"}
    told = could_help([OutreachRequest.objects.get(pk=serious.pk)], cast.administrator, today())
    assert str(told[serious.pk]) != "Nobody"  # who may not know what was declared does not learn it here


def test_r_20_3_the_office_reads_it_in_the_list_and_others_do_not(client: Client, cast: Cast) -> None:
    RequestFactory(host=cast.host)
    client.force_login(cast.coordinator)
    assert "1, best 13 days</span><br>Wren Castellow" in client.get(url("queue")).content.decode()
    file: Any = client.get(f"{url('queue')}?export=csv")
    assert b"best Wren Castellow" in b"".join(file.streaming_content)
    client.force_login(cast.officer)
    assert "best 13 days" not in client.get(url("queue")).content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_r_20_3_bulk_costs_the_same_for_thirty_as_for_one(
    client: Client, cast: Cast, django_assert_max_num_queries: Any, many: int
) -> None:
    asked = [RequestFactory(host=SchoolFactory()) for _ in range(many)]
    with django_assert_max_num_queries(6):
        could_help(asked, cast.coordinator, today())
    client.force_login(cast.coordinator)
    with django_assert_max_num_queries(12):
        client.get(url("queue"))
