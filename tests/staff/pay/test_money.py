"""Who pays, from which day, and whether it is enough (R-2.11, R-2.12, R-2.23)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from staff.pay.actions import funding
from staff.pay.actions.figures import FIGURES
from staff.pay.models import PostIncome, SpineFigure
from staff.pay.reads import gaps
from staff.posts.actions.posts import Appointment
from staff.posts.imports import cells
from staff.posts.models import Post, PostFunding
from staff.posts.reads.posts import obligation
from tests.cast import Cast
from tests.factories import PostFactory
from tests.schools.pages import boxes, signed_in
from tests.staff.pay.paying import FIRST, approved, paid, whole
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


def change(cast: Cast, source: str, starts_on: date = SEPTEMBER, **more: Any) -> Post:
    said = {"post": cast.post, "funding": source, "starts_on": starts_on, "by": cast.coordinator}
    return funding.change_funding(**{**said, **more})


def figure(cast: Cast, point: int, amount: int, starts_on: date = FIRST) -> SpineFigure:
    return FIGURES.save(by=cast.coordinator, point=point, amount=Decimal(amount), starts_on=starts_on)


def income(cast: Cast, amount: int, post: Post | None = None, **more: Any) -> PostIncome:
    said = {"first_year": 2026, "source": "standards_fund", "amount": Decimal(amount), "by": cast.coordinator}
    return funding.record_income(**{"post": post or cast.post, **said, **more})


def test_r_2_12_the_department_pays_in_full_only_for_a_listed_area(cast: Cast) -> None:
    client, page = signed_in(cast.coordinator), reverse("staff:funding", args=[cast.post.pk])
    sent = {"funding": "department", **boxes("starts_on", SEPTEMBER)}
    assert "Select what the department pays for" in text(client.post(page, sent))
    assert not PostFunding.objects.exists()
    assert client.post(page, {**sent, "funding_area": "citizenship"}).status_code == 302
    said = text(client.get(reverse("staff:pay", args=[cast.post.pk])))
    assert "Department, in full: Special project: citizenship" in said
    assert client.post(page, {**sent, "funding": "school", "funding_area": "music"}).status_code == 302
    assert PostFunding.objects.get().funding_area == "", "an area belongs to the department’s money alone"


def test_r_2_12_holds_where_an_ast_is_entered_and_in_files(cast: Cast) -> None:
    entry = Appointment(Decimal(1), "department", FIRST, "Agency", FIRST)
    assert "funding_area" in {p.field for p in entry.problems()}
    assert cells.funding_area("Music") == "music"
    assert cells.funding_area("") == ""
    with pytest.raises(cells.BadCell, match="nothing that the department pays for"):
        cells.funding_area("special project")


def test_r_2_11_what_outreach_is_asked_follows_who_pays_on_the_day(cast: Cast) -> None:
    january = date(2027, 1, 1)
    change(cast, "school", january)
    post = Post.objects.get(pk=cast.post.pk)
    assert obligation(post, date(2026, 12, 31)).code == "required"
    assert obligation(post, january).code == "encouraged"
    assert obligation(post, january).words == "Outreach is encouraged, not required."
    change(cast, "standards_fund", date(2027, 4, 1))
    assert [post.funding_on(day) for day in (date(2026, 10, 6), date(2027, 3, 31), date(2027, 4, 1))] == [
        "standards_fund",
        "school",
        "standards_fund",
    ]
    with pytest.raises(Refused, match="Check the year"):
        change(cast, "school", date(2127, 1, 1))


def test_r_2_11_a_change_is_taken_away_and_what_the_post_began_with_is_put_right(cast: Cast) -> None:
    change(cast, "school", FIRST)
    cast.post.refresh_from_db()
    assert cast.post.funding == "school"
    assert not PostFunding.objects.exists(), "from the first day it is what the post begins with"
    change(cast, "secondment")
    row, client = PostFunding.objects.get(), signed_in(cast.coordinator)
    page = reverse("staff:funding_remove", args=[row.pk])
    assert "Enter a short reason" in text(client.post(page, {"reason": ""}))
    assert client.post(page, {"reason": "Another AST’s"}).status_code == 302
    assert Post.objects.get(pk=cast.post.pk).funding_on(SEPTEMBER) == "school"
    with pytest.raises(Refused, match="taken away already"):
        funding.take_away(change=row, reason="x", by=cast.coordinator)
    for user in (cast.home_head, cast.ast, cast.administrator):
        with pytest.raises(PermissionDenied):
            change(cast, "school", by=user)


def test_r_2_23_cost_over_income_shows_the_gap_in_pounds(cast: Cast) -> None:
    whole(cast)
    figure(cast, 7, 40000)
    income(cast, 38500)
    client = signed_in(cast.coordinator)
    said = text(client.get(reverse("staff:pay_gaps")))
    assert "1 post costs more than it brings in" in said
    assert f"{cast.ast.name} Hollowbrook School Standards Fund, through the authority £38,500 £40,000 £1,500" in said
    file = b"".join(client.get(reverse("staff:pay_gaps"), {"export": "csv"})).decode()
    assert '"£38,500","£40,000","£1,500"' in file
    assert AuditEvent.objects.filter(verb="Viewed: income and cost of posts").exists()


def test_r_2_23_what_is_missing_is_named_and_never_nought(cast: Cast) -> None:
    line = gaps.lines(gaps.Year(2026))[0]
    assert (line.income, line.cost, line.gap) == (None, None, None)
    assert line.missing == ["no income recorded", "no point recorded from 1 September 2026"]
    whole(cast)
    assert gaps.lines(gaps.Year(2026))[0].missing == ["no income recorded", "no figure for point 7"]
    said = text(signed_in(cast.coordinator).get(reverse("staff:pay_gaps")))
    assert "Not known Not known Not known no income recorded; no figure for point 7" in said
    assert "£0" not in said


def test_r_2_23_a_movement_within_the_year_and_part_time_count_by_days(cast: Cast) -> None:
    approved(cast)
    paid(cast)
    paid(cast, 8, date(2027, 3, 2))  # 182 days at 7, 183 at 8
    figure(cast, 7, 36500)
    figure(cast, 8, 73000)
    line = gaps.lines(gaps.Year(2026))[0]
    assert line.cost == Decimal(182 * 100 + 183 * 200)
    cast.post.hours.create(starts_on=date(2027, 3, 2), fte=Decimal("0.5"))
    assert gaps.lines(gaps.Year(2026))[0].cost == Decimal(182 * 100 + 183 * 100)
    Post.objects.filter(pk=cast.post.pk).update(ends_on=date(2026, 9, 10))
    assert gaps.lines(gaps.Year(2026))[0].cost == Decimal(1000)


def test_r_2_23_officers_read_sums_and_no_group_under_three(cast: Cast) -> None:
    figure(cast, 7, 40000)
    for amount in (30000, 41000):
        post = PostFactory()
        whole(cast, post)
        income(cast, amount, post)
    client, page = signed_in(cast.officer), reverse("staff:pay_gaps")
    assert "There is nothing to show" in text(client.get(page))
    third = PostFactory(user__name="Only One Named")
    whole(cast, third)
    income(cast, 39000, third)
    said = text(client.get(page))
    assert "Standards Fund, through the authority 3 £110,000 £120,000 £10,000" in said
    assert "Only One Named" not in said
    odd = PostFactory(funding="school")
    whole(cast, odd)
    income(cast, 1, odd)
    assert "£110,001" not in text(client.get(page)), "one more is not found by taking away"
    assert signed_in(cast.administrator).get(page).status_code == 403
    assert signed_in(cast.home_head).get(page).status_code == 403


def test_r_2_23_income_is_entered_changed_and_taken_away(cast: Cast) -> None:
    client = signed_in(cast.home_head)
    page = reverse("staff:pay_income_add", args=[cast.post.pk])
    sent = {"first_year": "2026", "source": "school", "amount": "1200.50"}
    assert "must be 0 or more" in text(client.post(page, {**sent, "amount": "-1"}))
    assert client.post(page, sent).status_code == 302
    row = PostIncome.objects.get()
    assert client.post(reverse("staff:pay_income_change", args=[row.pk]), {"amount": "99"}).status_code == 302
    row.refresh_from_db()
    assert row.amount == 99
    assert client.post(reverse("staff:pay_income_remove", args=[row.pk]), {"reason": "Twice"}).status_code == 302
    assert not PostIncome.objects.exists()
    with pytest.raises(Refused, match="taken away already"):
        funding.remove_income(row=row, reason="x", by=cast.coordinator)


def test_r_2_23_the_figures_are_those_that_somebody_entered(cast: Cast) -> None:
    assert not SpineFigure.objects.exists()
    figure(cast, 9, 42564)
    client = signed_in(cast.coordinator)
    sent = {"point": "9", "amount": "1", **boxes("starts_on", FIRST)}
    page = reverse("staff:spine_figure_add")
    assert "There is a salary for this point from that day already" in text(client.post(page, sent))
    assert client.post(page, {**sent, "point": "0", "amount": "30000"}).status_code == 302
    said = text(client.get(reverse("staff:spine_figures")))
    assert "Top of the main scale (M6) from 1 September 2025" in text(client.get(page_of("M6"))) or "M6" in said
    assert signed_in(cast.officer).get(page).status_code == 403


def page_of(name: str) -> str:
    return reverse("staff:spine_figure", args=[SpineFigure.objects.get(point=0).pk])


@pytest.mark.parametrize("count", [1, 30])
def test_the_report_and_the_list_cost_the_same_at_1_and_30(
    client: Client, cast: Cast, count: int, django_assert_max_num_queries: Any
) -> None:
    whole(cast)
    for number in range(count):
        figure(cast, 1 + number % 27, 30000, date(2026, 9, 1 + number // 27))
        post = PostFactory()
        paying = {"lowest": 5, "highest": 9, "starts_on": FIRST, "proposed_by": cast.coordinator}
        post.pay_ranges.create(**paying)
        post.pay_points.create(point=7, starts_on=FIRST, recorded_by=cast.coordinator)
        post.income.create(first_year=2026, source="school", amount=5)
    client.force_login(cast.coordinator)
    for name in ("staff:pay_gaps", "staff:spine_figures"):
        client.get(reverse(name))
        with django_assert_max_num_queries(12):
            assert client.get(reverse(name)).status_code == 200
