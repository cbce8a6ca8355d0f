"""The year in one look: days by half-term, who waits longest, what is late (R-14.2, R-4.11, R-14.7)."""

import csv
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from evaluation.year_view.reads.days import year_days
from placements.days import ledger
from placements.days.models import LedgerEntry, OutreachDay
from placements.placement.models import Placement
from schools.calendar.models import AcademicYear, HalfTerm
from staff.accounts.models import User
from staff.posts.models import Post
from tests.cast import Cast
from tests.evaluation import stories
from tests.factories import MatchFactory, PlacementFactory, PostFactory, RequestFactory, SchoolFactory
from tests.placements.active import active
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
URL = reverse("evaluation:year_view")
NOW = date(2026, 10, 6)
Kind = LedgerEntry.Kind


def contracted(cast: Cast, days: int = 6, **facts: Any) -> Placement:
    facts.setdefault("host", SchoolFactory())
    placement = PlacementFactory(match__post=cast.post, status="active", days=Decimal(days), **facts)
    ledger.write(Kind.CONTRACT, placement, Decimal(days), on=NOW, by=None)
    return placement


def delivered(placement: Placement, on: date, days: str = "1") -> None:
    share = Decimal(days)
    day = OutreachDay.objects.create(placement=placement, on=on, days=share, status="done")
    for kind in (Kind.PLAN, Kind.DELIVERY):
        ledger.write(kind, placement, share, on=on, by=None, day=day)


def planned(placement: Placement, on: date) -> None:
    OutreachDay.objects.create(placement=placement, on=on, days=1, status="planned")


def file(user: User, code: str) -> list[list[str]]:
    got = signed_in(user).get(URL, {"export": code})
    return list(csv.reader(b"".join(got).decode("utf-8-sig").splitlines()))


def test_r_14_2_the_half_terms_add_up_to_the_year_and_the_year_to_the_ledger(cast: Cast) -> None:
    placement = contracted(cast, 10)
    delivered(placement, date(2026, 9, 15))
    delivered(placement, date(2026, 9, 22), "0.5")
    planned(placement, date(2026, 11, 10))
    about = {"post": cast.post, "year": cast.year, "on": date(2026, 10, 1)}
    LedgerEntry.objects.create(kind=Kind.ACTIVITY, days=Decimal("1.5"), source="activity 1", **about)
    other = PostFactory()
    ledger.open_budget(other, cast.year)
    found = year_days(NOW)
    assert found is not None
    balances = ledger.balances(Post.objects.values_list("pk", flat=True), cast.year).values()
    total = found.total
    assert total.share == sum(each.budget for each in balances) == 76
    assert total.delivered == sum(each.delivered for each in balances) == Decimal("1.5")
    assert total.other == sum(each.other + each.inreach for each in balances) == Decimal("1.5")
    assert total.free == sum(each.remaining for each in balances)
    for name in ("share", "delivered", "promised", "other", "free"):
        assert sum(getattr(line, name) for line in found.lines) == getattr(total, name), name
    first, second, *later = found.lines
    assert (first.label, first.delivered, first.other, first.current) == ("Autumn 1", Decimal("1.5"), 1.5, True)
    assert second.promised >= 1
    assert all(line.promised > 0 for line in later), "what has no date is shared over the weeks to come"


def test_r_4_11_days_that_a_match_holds_are_promised(cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="proposed")
    MatchFactory(request=asked, post=cast.post, days=4)
    found = year_days(NOW)
    assert found is not None
    assert found.total.promised == 4
    assert found.total.free == ledger.balance(cast.post, cast.year).remaining == 34
    assert found.lines[0].promised < 4


def test_when_the_year_is_over_what_was_never_given_stands_in_the_last_half_term(cast: Cast) -> None:
    contracted(cast, 6)
    found = year_days(date(2027, 8, 20))
    assert found is not None
    assert [line.promised for line in found.lines] == [0, 0, 0, 0, 0, 6]


def test_r_14_2_the_page_shows_bars_a_table_with_a_total_and_the_budget(cast: Cast) -> None:
    placement = contracted(cast, 30)
    delivered(placement, date(2026, 9, 15))
    page = signed_in(cast.coordinator).get(URL)
    said, body = text(page), page.content.decode()
    assert "38 days budget of all ASTs 1 day delivered 29 days promised 0 days other work 8 days free" in said
    assert "Autumn 1 (now)" in said
    assert "Whole year 38 1 29 0 8" in said
    for kind in ("delivered", "planned", "free"):
        assert f'class="app-strip__{kind}"' in body
    drawn = [(float(x), float(w)) for x, w in re.findall(r'<rect[^>]*x="([\d.]+)"[^>]*width="([\d.]+)"', body)]
    assert drawn
    assert all(x + width <= 720 for x, width in drawn)
    assert "style=" not in body.split("<main", 1)[1].split("</main>", 1)[0]


def test_r_4_11_a_year_that_gives_too_much_says_by_how_much(cast: Cast) -> None:
    contracted(cast, 40)
    said = text(signed_in(cast.officer).get(URL))
    assert "2 days more than the budget" in said
    assert "Whole year 38 0 40 0 -2" in said


def test_r_14_7_each_file_is_exactly_its_table_and_is_recorded(cast: Cast) -> None:
    delivered(contracted(cast), date(2026, 9, 15))
    RequestFactory(host=SchoolFactory(name="École Ж"), status="under_review", submitted_at=sent_on(date(2026, 9, 1)))
    said = text(signed_in(cast.administrator).get(URL))
    for code in ("csv", "waiting", "late"):
        header, *rows = file(cast.administrator, code)
        assert " ".join(header) in said
        for row in rows:
            assert " ".join(row) in said, row
    assert AuditEvent.objects.filter(by=cast.administrator, verb__icontains="export").count() == 3


def sent_on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def test_r_5_6_who_waits_longest_comes_first_with_the_days_since(cast: Cast) -> None:
    for number, status in enumerate(("submitted", "waiting", "proposed", "returned", "declined", "draft")):
        host = SchoolFactory(name=f"School {status}")
        when = None if status == "draft" else sent_on(date(2026, 9, 30 - number))
        RequestFactory(host=host, status=status, submitted_at=when, subject="mathematics")
    _, *rows = file(cast.officer, "waiting")
    assert [row[1] for row in rows] == ["School proposed", "School waiting", "School submitted"]
    assert rows[0][2:5] == ["Mathematics and numeracy", "28 September 2026", "8"]
    page = signed_in(cast.officer).get(URL).content.decode()
    for link in re.findall(r'href="(/[^"]*requests/\d+/)"', page):
        assert signed_in(cast.officer).get(link).status_code == 200


def late_rows(user: User) -> dict[str, tuple[str, str]]:
    """How many by kind, and where it leads."""
    body = signed_in(user).get(URL).content.decode()
    body = body[body.index("What is late</h2>") :]
    found = re.findall(r'<th scope="row"[^>]*>(?:<a[^>]*href="([^"]*)">)?([^<]*)<.*?<td[^>]*>([^<]*)</td>', body)
    return {words: (many, link.replace("&amp;", "&")) for link, words, many in found}


def test_what_is_late_leads_to_lists_of_exactly_these(cast: Cast, clock: time_machine.Traveller) -> None:
    """Each count is the number of rows in the list that its link opens."""
    clock.move_to(stories.NOVEMBER)
    placement = active(cast, objectives=3)
    stories.opened(placement)
    for on in (date(2026, 11, 10), date(2026, 11, 17), date(2026, 12, 1)):
        planned(placement, on)
    PlacementFactory(status="contract_issued")
    PlacementFactory(status="awaiting_signatures")
    Placement.objects.filter(pk=placement.pk).update(ends_on=date(2026, 11, 20))
    clock.move_to(datetime(2027, 1, 20, 9, tzinfo=UTC))
    for user in (cast.coordinator, cast.administrator, cast.officer):
        found = late_rows(user)
        assert found["Outreach days not written up"][0] == "3"
        assert found["Contracts not signed by all"][0] == "2"
        assert int(found["Placements past their last day and not ended"][0]) >= 1
        assert found["Impact reviews overdue"][0] == "1"
        for words, (many, link) in found.items():
            if link:
                file = b"".join(signed_in(user).get(f"{link}&export=csv")).decode().partition("\r\n\r\n")[0]
                listed = list(csv.reader(file.splitlines()))
                assert str(len(listed) - 1) == many, words
    assert not late_rows(cast.officer)["Evaluation forms overdue"][1], "officers open no form"


def test_nothing_late_reads_none(cast: Cast) -> None:
    assert {many for many, _ in late_rows(cast.coordinator).values()} == {"None"}
    assert "No school waits for an answer." in text(signed_in(cast.coordinator).get(URL))


def test_a_year_without_half_terms_has_one_line(cast: Cast) -> None:
    office = signed_in(cast.coordinator)
    HalfTerm.objects.all().delete()
    said = text(office.get(URL))
    assert "The half-terms of this year are not entered, so there is one line only." in said
    assert "Whole year 38 0 0 0 38" in said


def test_without_asts_it_says_so(cast: Cast) -> None:
    AcademicYear.objects.create(slug="2027-28", starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31))
    with time_machine.travel(datetime(2027, 10, 1, 9, tzinfo=UTC), tick=False):
        said = text(signed_in(User.objects.get(pk=cast.coordinator.pk)).get(URL))
    assert "Nothing in this period: no AST has days in this year yet." in said


def test_without_a_year_it_says_so(cast: Cast) -> None:
    with time_machine.travel(datetime(2031, 10, 1, 9, tzinfo=UTC), tick=False):
        said = text(signed_in(User.objects.get(pk=cast.coordinator.pk)).get(URL))
    assert "No school year is entered that holds today." in said
    assert "What is late" in said


def test_g_the_office_and_officers_read_it_and_nobody_else(cast: Cast) -> None:
    for user in (cast.coordinator, cast.administrator, cast.officer):
        client = signed_in(user)
        assert client.get(URL).status_code == 200
        assert URL in client.get(reverse("more")).content.decode()
    for user in (cast.consultant, cast.host_head, cast.home_head, cast.ast, cast.chair):
        assert signed_in(user).get(URL).status_code == 403


@pytest.mark.parametrize("many", [1, 30])
def test_it_costs_the_same_with_one_and_with_thirty(cast: Cast, client: Client, many: int) -> None:
    for number in range(many):
        placement = contracted(cast, 1)
        delivered(placement, date(2026, 9, 15))
        planned(placement, date(2026, 9, 29))
        ledger.open_budget(PostFactory(), cast.year)
        RequestFactory(status="under_review", submitted_at=sent_on(date(2026, 9, 1 + number % 28)))
    client.force_login(cast.coordinator)
    client.get(URL)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(URL).status_code == 200
    assert len(asked) <= 15, "\n".join(query["sql"][:140] for query in asked)
