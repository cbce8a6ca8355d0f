"""Work outside placements, and inreach (R-4.3, R-4.8, R-4.11, R-4.13, R-6.14, R-8.18, R-14.6)."""

from datetime import UTC, date, datetime
from decimal import Decimal as D
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core import presets
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from placements.activities.actions import inreach as agreements
from placements.activities.actions import work
from placements.activities.actions.work import Details
from placements.activities.models import Activity, InreachAgreement
from placements.agreement.actions.placements import open_placement
from placements.balances.reads import uses
from placements.days import ledger
from placements.days.actions import days as day_actions
from placements.days.models import LedgerEntry
from schools.register.models import SchoolStatus
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory
from tests.placements.active import active

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 3)
HALF = D("0.5")


@pytest.fixture
def leicester(cast: Cast) -> Cast:
    for name, value in presets.settings_of("leicester").items():
        setattr(cast.policy, name, value)
    cast.policy.save()
    return cast


@pytest.fixture
def in_category(cast: Cast) -> Cast:
    SchoolStatus.objects.create(school=cast.home, kind="category", name="special_measures", starts_on=date(2026, 9, 1))
    return cast


def recorded(cast: Cast, kind: str = "authority", **changes: Any) -> Activity:
    by = changes.pop("by", cast.ast)
    why = changes.pop("overdraw_reason", "")
    facts = {"kind": kind, "on": TUESDAY, "days": HALF, "what": "Central training on problem solving", **changes}
    return work.record(post=cast.post, details=Details(**facts), by=by, overdraw_reason=why)[0]


def inreach_day(cast: Cast, **changes: Any) -> Activity:
    return recorded(cast, "inreach", **{"what": "Worked with two colleagues", "time_source": "outreach", **changes})


def asked(cast: Cast, **changes: Any) -> InreachAgreement:
    span = {"starts_on": date(2026, 10, 12), "ends_on": date(2026, 12, 18)}
    facts = {"aims": "Plan problem solving together.", "time_source": "outreach", "by": cast.ast, **span, **changes}
    return agreements.ask_inreach(post=cast.post, **facts)


def left(cast: Cast) -> D:
    return ledger.balance(cast.post, cast.year).remaining


def left_of(cast: Cast, use: str) -> D:
    return next(each.left for each in uses.uses_of(cast.post, cast.year) if each.name == use)


def test_r_6_14_a_central_course_of_half_a_day_uses_the_right_part_of_the_year(leicester: Cast, client: Client) -> None:
    client.force_login(leicester.ast)
    url = reverse("placements:work_add", args=[leicester.post.pk])
    sent = {
        "kind": "authority",
        "on": "2026-11-03",
        "days": "0.5",
        "what": "A central course",
        "where": "",
        "category": "",
    }
    html = client.post(url, sent, follow=True).content.decode()
    assert "It draws on “LA deployment”" in html
    assert (left_of(leicester, "LA deployment"), left(leicester)) == (D("23.5"), D("37.5"))


@pytest.mark.parametrize(
    ("kind", "use"),
    [
        ("authority", "LA deployment"),
        ("course", "LA deployment"),
        ("itt", "LA deployment"),
        ("cluster", "Clusters and local"),
        ("network", "Networks and CPD"),
        ("cpd", "Networks and CPD"),
    ],
)
def test_r_6_14_every_kind_of_work_has_its_part(leicester: Cast, kind: str, use: str) -> None:
    before = left_of(leicester, use)
    assert recorded(leicester, kind).category == use
    assert left_of(leicester, use) == before - HALF


def test_r_4_2_another_part_may_be_chosen(leicester: Cast) -> None:
    chosen = recorded(leicester, "course", category="Subject specialism and new learning")
    assert left_of(leicester, chosen.category) == D("4.5")


def test_r_4_3_where_the_year_is_for_outreach_only_networks_and_development_do_not_draw_on_it(cast: Cast) -> None:
    recorded(cast, "network")
    recorded(cast, "cpd")
    assert left(cast) == 38
    recorded(cast, "cluster")
    assert left(cast) == D("37.5")


def test_r_4_11_overdrawing_a_part_warns_and_the_year_refuses(leicester: Cast) -> None:
    details = Details(kind="cluster", on=TUESDAY, days=D(1), what="A cluster day")
    for _ in range(2):
        work.record(post=leicester.post, details=details, by=leicester.ast)
    _, (warning,) = work.record(post=leicester.post, details=details, by=leicester.ast)
    assert "“Clusters and local” has 0.5 days left" in warning.message
    MatchFactory(request=RequestFactory(), post=leicester.post, days=D(35), proposed_by=leicester.coordinator)
    with pytest.raises(Refused, match="0 days left this year"):
        work.record(post=leicester.post, details=details, by=leicester.ast)
    with pytest.raises(Refused):  # a reason is the co-ordinator's to give
        recorded(leicester, overdraw_reason="It must be")
    recorded(leicester, by=leicester.coordinator, overdraw_reason="The head gives half a day more")
    assert left(leicester) == -HALF


def test_r_6_14_a_correction_and_a_cancellation_are_reversals(cast: Cast, client: Client) -> None:
    found = recorded(cast, days=D(1))
    client.force_login(cast.ast)
    sent = {"kind": "itt", "on": "2026-11-04", "days": "0.25", "what": "A seminar", "where": "The university"}
    assert client.post(reverse("placements:work_change", args=[found.pk]), sent).status_code == 302
    assert left(cast) == D("37.75")
    client.post(reverse("placements:work_cancel", args=[found.pk]), {"reason": "It did not take place"})
    assert left(cast) == 38
    entries = LedgerEntry.objects.filter(source=f"activity {found.pk}").order_by("pk")
    assert [entry.days for entry in entries] == [D(1), D("-0.75"), D("-0.25")]
    assert client.get(reverse("placements:work_cancel", args=[found.pk])).status_code == 404
    assert (
        "Called off: It did not take place"
        in client.get(reverse("placements:work", args=[cast.post.pk])).content.decode()
    )
    with pytest.raises(Refused, match="has been called off"):
        work.cancel(activity=found, reason="Again", by=cast.ast)


def test_r_4_8_unagreed_inreach_leaves_the_balance_as_it_is(cast: Cast, client: Client) -> None:
    client.force_login(cast.ast)
    url = reverse("placements:inreach_add", args=[cast.post.pk])
    sent = {"on": "2026-11-03", "days": "0.5", "what": "Worked with two colleagues", "time_source": "outreach"}
    html = client.post(url, sent, follow=True).content.decode()
    assert "Nobody has agreed that it uses outreach time" in html
    assert "The year’s days stay as they are." in html
    found = Activity.objects.get()
    assert (found.basis, found.counts, left(cast)) == ("none", False, 38)


def test_r_4_8_agreed_inreach_in_outreach_time_counts_and_is_no_outreach(cast: Cast) -> None:
    agreement = asked(cast)
    assert not inreach_day(cast).counts
    agreements.decide_inreach(agreement=agreement, yes=True, by=cast.coordinator)
    found = inreach_day(cast)
    balance = ledger.balance(cast.post, cast.year)
    assert (found.basis, found.counts) == ("agreed", True)
    assert (balance.inreach, balance.delivered, balance.remaining) == (HALF, 0, D("37.5"))
    assert not inreach_day(cast, time_source="other").counts  # twilight is nobody's outreach time


def test_r_4_8_where_the_policy_counts_inreach_outreach_time_needs_no_agreement(cast: Cast) -> None:
    """C5: the share is for the own school, too. Classroom time still needs its reason, other time never counts."""
    Policy.objects.update(inreach_counts="always")
    before = left(cast)
    entry = inreach_day(cast)
    assert (entry.basis, entry.counts, left(cast)) == ("policy", True, before - HALF)
    assert inreach_day(cast, time_source="other").counts is False
    with pytest.raises(Refused, match="Classroom time"):
        inreach_day(cast, time_source="classroom")


def test_r_4_8_the_order_is_category_then_agreed_then_exceptional_reason(in_category: Cast) -> None:
    cast = in_category
    assert inreach_day(cast, exceptional_reason="Staff are ill").basis == "category"
    SchoolStatus.objects.update(ends_on=date(2026, 10, 31))
    assert inreach_day(cast, exceptional_reason="Staff are ill").basis == "exceptional"
    agreements.decide_inreach(agreement=asked(cast, plan_link="Key issue 1"), yes=True, by=cast.coordinator)
    assert inreach_day(cast, exceptional_reason="Staff are ill").basis == "agreed"
    assert left(cast) == D("36.5")


def test_r_4_8_classroom_time_needs_an_exceptional_reason(cast: Cast) -> None:
    with pytest.raises(Refused, match="Enter the reason"):
        inreach_day(cast, time_source="classroom")
    found = inreach_day(cast, time_source="classroom", exceptional_reason="A visiting orchestra")
    assert (found.basis, found.counts, left(cast)) == ("exceptional", False, 38)


def test_r_4_3_inreach_in_a_full_week_stands_and_says_so(cast: Cast, client: Client) -> None:
    placement = active(cast)
    day_actions.plan_day(placement=placement, on=TUESDAY, days=D(1), by=cast.ast)
    client.force_login(cast.ast)
    url = reverse("placements:inreach_add", args=[cast.post.pk])
    sent = {"on": "2026-11-05", "days": "0.5", "what": "Twilight session", "time_source": "other"}
    html = client.post(url, sent, follow=True).content.decode()
    assert "That week’s outreach is full. This does not count towards the limit of 1 day a week" in html
    assert Activity.objects.count() == 1


def test_r_8_18_inreach_asks_for_aims_and_time_and_no_host_signature(cast: Cast, client: Client) -> None:
    client.force_login(cast.ast)
    url = reverse("placements:inreach_ask", args=[cast.post.pk])
    sent = {"aims": "Plan together", "time_source": "non_contact", "starts_on": "2026-10-12", "ends_on": "2026-12-18"}
    html = client.post(url, sent, follow=True).content.decode()
    assert "no host school signs it" in html
    assert InreachAgreement.objects.get().status == "asked"
    assert "Enter" in client.post(url, {**sent, "aims": ""}).content.decode()


def test_r_14_6_in_a_category_the_link_to_the_plan_is_asked_for(in_category: Cast, client: Client) -> None:
    cast, agreement = in_category, asked(in_category)
    client.force_login(cast.coordinator)
    url = reverse("placements:inreach_decide", args=[agreement.pk])
    html = client.post(url, {"answer": "yes", "plan_link": "", "reason": ""}).content.decode()
    assert "Say which part of its plan for leaving the category this serves" in html
    agreement.refresh_from_db()
    assert agreement.status == "asked"
    assert client.post(url, {"answer": "yes", "plan_link": "Key issue 2", "reason": ""}).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.status, agreement.plan_link) == ("agreed", "Key issue 2")


def test_inreach_ends_by_people_and_by_its_date(cast: Cast) -> None:
    first = agreements.decide_inreach(agreement=asked(cast), yes=True, by=cast.coordinator)
    with time_machine.travel(datetime(2026, 11, 9, 9, tzinfo=UTC)):
        agreements.end_inreach(agreement=first, reason="The aims are met", by=cast.home_head)
    assert inreach_day(cast, on=TUESDAY).counts
    assert not inreach_day(cast, on=date(2026, 11, 10)).counts
    agreements.decide_inreach(agreement=asked(cast), yes=True, by=cast.coordinator)
    over = date(2026, 12, 19)
    assert [agreements.finish_inreach(over), agreements.finish_inreach(over)] == [1, 0]
    with pytest.raises(Refused, match="Say why you refuse"):
        agreements.decide_inreach(agreement=asked(cast), yes=False, by=cast.coordinator)
    refused = agreements.decide_inreach(agreement=asked(cast), yes=False, reason="No time", by=cast.coordinator)
    assert refused.status == "refused"


def test_who_records_and_who_agrees(cast: Cast) -> None:
    for who in (cast.home_head, cast.outsider, cast.officer):
        with pytest.raises(PermissionDenied):
            recorded(cast, by=who)
    for who in (cast.ast, cast.home_head, cast.administrator):
        with pytest.raises(PermissionDenied):
            agreements.decide_inreach(agreement=asked(cast), yes=True, by=who)


def test_r_4_13_with_the_option_on_one_day_leaves_none(cast: Cast, client: Client) -> None:
    with pytest.raises(Refused, match="0 days of the AST’s own choice"):
        recorded(cast, "own_choice")
    cast.policy.own_choice_days = D(1)
    cast.policy.save()
    recorded(cast, "own_choice", days=D(1))
    client.force_login(cast.ast)
    page = client.get(reverse("placements:work", args=[cast.post.pk]))
    assert page.context["page"].own_choice_left == 0
    assert "0 days of 1 day" in page.content.decode()


def test_a_year_of_work_costs_the_same_for_one_and_for_many(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.ast)
    counts = []
    for more in (1, 29):
        for _ in range(more):
            recorded(cast)
            asked(cast)
        with django_assert_max_num_queries(16) as counted:
            client.get(reverse("placements:work", args=[cast.post.pk]))
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_r_1_6_help_at_the_own_school_is_recorded_as_inreach_and_the_page_leads_there(
    cast: Cast, client: Client
) -> None:
    asked_at_home = RequestFactory(host=cast.home, created_by=cast.home_head, status="under_review")
    client.force_login(cast.coordinator)
    html = client.get(reverse("placements:candidates", args=[asked_at_home.pk])).content.decode()
    assert "record the help as inreach" in html
    there = reverse("placements:work", args=[cast.post.pk])
    assert f'href="{there}"' in html
    match = MatchFactory(request=asked_at_home, post=cast.post, status="agreed", proposed_by=cast.coordinator)
    with pytest.raises(Refused, match="Record the work as inreach"):
        open_placement(match=match, by=cast.home_head)
    assert reverse("placements:inreach_add", args=[cast.post.pk]) in client.get(there).content.decode()
