"""Statuses, gaps and contacts: what holds on which day, and what is refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from schools.calendar.actions import add_closure
from schools.calendar.models import Closure
from schools.calendar.rules import Days, overlap, span_holds
from schools.register import heads
from schools.register.actions import add_status, end_status, update_contacts
from schools.register.models import School, SchoolStatus
from schools.register.reads import gaps_of
from schools.register.rules import can_host_gaps
from tests.factories import SchoolFactory

TODAY = date(2026, 10, 6)
DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 1))


@pytest.fixture
def school(db: None) -> School:
    return SchoolFactory(name="Fernleigh Primary School")


def test_r_1_1_a_school_without_a_head_saves_but_cannot_yet_host(db: None) -> None:
    school = School.objects.create(urn=900001, name="Newmarsh Primary School", phase="primary")
    assert school in School.objects.cannot_yet_host(TODAY)
    codes = [gap.code for gap in can_host_gaps(head_name="", chair_name="A", chair_email="a@marlshire.example")]
    assert codes == ["no-head"]


def test_r_1_3_the_gap_is_named() -> None:
    def codes(**changes: object) -> list[str]:
        whole = {"head_name": "Ms R", "chair_name": "Mr P", "chair_email": "p@x.example", "head_has_account": True}
        return [gap.code for gap in can_host_gaps(**{**whole, **changes})]

    assert codes() == []
    assert codes(head_has_account=None) == []
    assert codes(head_has_account=False) == ["no-head-account"]
    assert codes(chair_email=" ") == ["no-chair-contact"]
    assert codes(head_name="", chair_name="", chair_email="") == ["no-head", "no-chair", "no-chair-contact"]


@pytest.mark.parametrize("with_accounts", [True, False], ids=["accounts known", "accounts unknown"])
def test_r_1_3_the_list_and_the_rule_agree(db: None, monkeypatch: pytest.MonkeyPatch, with_accounts: bool) -> None:
    for lacking in ("head_name", "chair_name", "chair_email", None):
        SchoolFactory(**({lacking: ""} if lacking else {}))
    without_account = SchoolFactory()
    answer = lambda on: School.objects.exclude(pk=without_account.pk).values("pk")  # noqa: E731
    monkeypatch.setattr(heads, "_answers", {"head": answer} if with_accounts else {})
    listed = set(School.objects.cannot_yet_host(TODAY))
    by_rule = {school for school in School.objects.with_head_user(TODAY) if gaps_of(school)}
    assert listed == by_rule
    assert (without_account in listed) is with_accounts


def test_r_1_2_special_measures_ended_31_march_do_not_hold_on_1_april(school: School) -> None:
    row = add_status(school, name="special_measures", starts_on=date(2025, 10, 1), by=None)
    end_status(row, ends_on=date(2026, 3, 31), by=None)
    assert school.category_on(date(2026, 3, 31)) == "special_measures"
    assert school.category_on(date(2026, 4, 1)) == ""
    assert school in School.objects.in_category(date(2026, 3, 31))
    assert school not in School.objects.in_category(date(2026, 4, 1))


def test_r_1_2_one_category_at_a_time(school: School) -> None:
    add_status(school, name="serious_weaknesses", starts_on=date(2026, 1, 1), by=None)
    with pytest.raises(Refused, match="Special measures would overlap with Serious weaknesses, which started on"):
        add_status(school, name="special_measures", starts_on=date(2026, 5, 1), by=None)
    assert school.statuses.count() == 1
    add_status(school, name="special_measures", starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), by=None)
    assert school.category_on(date(2025, 6, 1)) == "special_measures"


def test_r_1_2_many_programmes_at_once_and_none_is_a_difficulty(school: School) -> None:
    for name in ("national_challenge", "beacon"):
        add_status(school, name=name, starts_on=date(2026, 1, 1), by=None)
    assert school.programmes_on(TODAY) == ("beacon", "national_challenge")
    assert school.category_on(TODAY) == ""
    assert school not in School.objects.in_category(TODAY)
    with pytest.raises(Refused, match="overlap with Beacon school"):
        add_status(school, name="beacon", starts_on=date(2026, 9, 1), by=None)


def test_r_1_2_the_database_holds_what_it_can(school: School) -> None:
    def create(**values: object) -> None:
        with transaction.atomic():
            SchoolStatus.objects.create(school=school, **values)

    create(kind="category", name="special_measures", starts_on=TODAY)
    for wrong in (
        {"kind": "category", "name": "serious_weaknesses", "starts_on": TODAY},
        {"kind": "category", "name": "beacon", "starts_on": TODAY, "ends_on": TODAY},
        {"kind": "programme", "name": "beacon", "starts_on": TODAY, "ends_on": date(2026, 1, 1)},
    ):
        with pytest.raises(IntegrityError):
            create(**wrong)


def test_a_last_day_before_the_first_is_refused(school: School) -> None:
    row = add_status(school, name="special_measures", starts_on=TODAY, by=None)
    with pytest.raises(Refused, match="Last day must be on or after 6 October 2026"):
        end_status(row, ends_on=date(2026, 10, 5), by=None)
    with pytest.raises(Refused, match="before it starts"):
        add_status(school, name="beacon", starts_on=TODAY, ends_on=date(2026, 10, 5), by=None)


def test_moving_a_last_day_over_the_next_category_is_refused(school: School) -> None:
    first = add_status(
        school, name="serious_weaknesses", starts_on=date(2025, 1, 1), ends_on=date(2025, 6, 30), by=None
    )
    add_status(school, name="special_measures", starts_on=date(2025, 9, 1), by=None)
    with pytest.raises(Refused, match="would overlap"):
        end_status(first, ends_on=date(2025, 9, 1), by=None)
    assert end_status(first, ends_on=date(2025, 8, 31), by=None).ends_on == date(2025, 8, 31)


def test_statuses_and_contacts_leave_an_audit_trail(school: School) -> None:
    add_status(school, name="beacon", starts_on=TODAY, by=None)
    update_contacts(school, by=None, chair_email="new@marlshire.example", head_name=school.head_name)
    changed, recorded = AuditEvent.objects.about(school)
    assert recorded.verb == "Beacon school recorded"
    assert changed.after == {"chair_email": "new@marlshire.example"}
    update_contacts(school, by=None, chair_email="new@marlshire.example")
    assert AuditEvent.objects.about(school).count() == 2
    with pytest.raises(TypeError, match="name"):
        update_contacts(school, by=None, name="Another School")


@pytest.mark.parametrize(
    "wrong",
    [{"easting": 430000, "northing": None}, {"easting": 0, "northing": 0}, {"name": ""}, {"urn": 0}, {"status": "x"}],
)
def test_a_school_that_cannot_be_is_refused_by_the_database(school: School, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        School.objects.filter(pk=school.pk).update(**wrong)


def test_served_schools_are_open_and_of_a_kind_that_the_policy_covers(db: None) -> None:
    policy = Policy(served_groups=("4", "10"), valid_from=TODAY)
    served = SchoolFactory(), SchoolFactory(group_code="10", status="closing")
    SchoolFactory(status="closed")
    SchoolFactory(group_code="3")
    assert set(School.objects.served(policy)) == set(served)
    assert School.objects.open().count() == 3
    assert School.objects.closed().count() == 1


def test_r_1_1_maintained_follows_the_type(db: None) -> None:
    assert SchoolFactory(kind_code="01").is_maintained
    assert not SchoolFactory(kind_code="34").is_maintained


@pytest.mark.parametrize(
    ("website", "url"),
    [
        ("www.a.example", "http://www.a.example"),
        ("https://a.example", "https://a.example"),
        ("javascript://a.b", ""),
        ("none", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(website: str, url: str) -> None:
    assert School(website=website).website_url == url


def test_closed_days_are_recorded_once(db: None) -> None:
    add_closure(kind="inset", name="", starts_on=TODAY, ends_on=TODAY, by=None)
    with pytest.raises(Refused, match="overlap"):
        add_closure(kind="closed", name="Snow", starts_on=date(2026, 10, 5), ends_on=TODAY, by=None)
    assert Closure.objects.count() == 1


@given(DAYS, st.none() | DAYS, DAYS, st.none() | DAYS)
def test_overlap_is_sharing_a_day(a: date, a_last: date | None, b: date, b_last: date | None) -> None:
    one, two = Days("one", a, max(a, a_last) if a_last else None), Days("two", b, max(b, b_last) if b_last else None)
    shared = any(
        span_holds(one.starts_on, one.ends_on, day) and span_holds(two.starts_on, two.ends_on, day)
        for day in (date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2026, 3, 3).toordinal()))
    )
    assert overlap(one, two) == overlap(two, one) == shared
