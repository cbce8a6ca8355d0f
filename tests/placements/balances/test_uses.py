"""What an AST's year is divided into, and who moves it (R-4.2, R-4.11)."""

from decimal import Decimal as D
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from astcoord.core import presets
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from placements.agreement.actions import terms
from placements.balances import actions
from placements.balances.reads import uses
from placements.days import ledger
from placements.days.rules.balance import UNALLOCATED
from tests.cast import Cast
from tests.factories import PostFactory
from tests.placements import stories
from tests.placements.active import active
from tests.placements.matching.test_weights import form_answers

pytestmark = pytest.mark.django_db

NETWORKS, CLUSTERS, DEPLOYMENT = "Networks and CPD", "Clusters and local", "LA deployment"


@pytest.fixture
def leicester(cast: Cast) -> Cast:
    for name, value in presets.settings_of("leicester").items():
        setattr(cast.policy, name, value)
    cast.policy.save()
    return cast


def shown(cast: Cast) -> dict[str, tuple[D, D]]:
    return {use.name: (use.budget, use.left) for use in uses.uses_of(cast.post, cast.year)}


def page(client: Client, cast: Cast, user: Any) -> str:
    client.force_login(user)
    return client.get(reverse("placements:balance", args=[cast.post.pk])).content.decode()


def test_r_4_2_leicester_shows_its_35_days_and_3_unallocated(leicester: Cast, client: Client) -> None:
    assert {name: budget for name, (budget, _) in shown(leicester).items()} == {
        DEPLOYMENT: D(24),
        NETWORKS: D("3.5"),
        CLUSTERS: D("2.5"),
        "Subject specialism and new learning": D(5),
        UNALLOCATED: D(3),
    }
    html = page(client, leicester, leicester.ast)
    table = html[html.index("What the year is for") :]
    said = " ".join(strip_tags(table.replace("<", " <")).split())
    for use, days in (
        (DEPLOYMENT, "24 days"),
        (NETWORKS, "3.5 days"),
        (CLUSTERS, "2.5 days"),
        ("Subject specialism and new learning", "5 days"),
        (UNALLOCATED, "3 days"),
    ):
        assert f"{use} {days} 0 days {days}" in said


def test_r_4_1_r_4_2_part_time_has_half_of_each_use(leicester: Cast) -> None:
    post = PostFactory(fte=D("0.5"))
    ledger.open_budget(post, leicester.year)
    found = {use.name: use.budget for use in uses.uses_of(post, leicester.year)}
    assert (sum(found.values()), found[DEPLOYMENT], found[NETWORKS]) == (D(19), D(12), D("1.75"))


def test_r_4_2_where_the_year_is_not_divided_nothing_of_it_is_shown(cast: Cast, client: Client) -> None:
    assert uses.uses_of(cast.post, cast.year) == []
    assert "What the year is for" not in page(client, cast, cast.coordinator)
    client.force_login(cast.coordinator)
    form = client.get(reverse("placements:move_days", args=[cast.post.pk, cast.year.slug])).content.decode()
    assert "does not divide the year" in form


def test_r_4_2_the_coordinator_moves_unallocated_days_on_screen_and_back(leicester: Cast, client: Client) -> None:
    cast, url = leicester, reverse("placements:move_days", args=[leicester.post.pk, leicester.year.slug])
    client.force_login(cast.coordinator)
    there = {"source": UNALLOCATED, "target": NETWORKS, "days": "1.5", "reason": "A network for the new subject"}
    assert client.post(url, there).status_code == 302
    assert (shown(cast)[NETWORKS][0], shown(cast)[UNALLOCATED][0]) == (D(5), D("1.5"))
    assert "1.5 days more for Networks and CPD" in page(client, cast, cast.home_head)
    assert AuditEvent.objects.about(cast.post).filter(reason="A network for the new subject").exists()
    client.force_login(cast.coordinator)
    back = {"source": NETWORKS, "target": UNALLOCATED, "days": "1.5", "reason": "The network is not needed"}
    client.post(url, back)
    assert (shown(cast)[NETWORKS][0], shown(cast)[UNALLOCATED][0]) == (D("3.5"), D(3))
    assert ledger.balance(cast.post, cast.year).budget == 38


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days": "3.25"}, "has 3 days. Move that or less"),
        ({"reason": ""}, "Say why the days are moved"),
        ({"target": UNALLOCATED}, "Choose two different uses"),
        ({"days": "0.3"}, "quarter"),
        ({"target": "The moon"}, "Select"),
    ],
)
def test_r_4_2_a_move_that_makes_no_sense_moves_nothing(
    leicester: Cast, client: Client, changes: dict[str, str], words: str
) -> None:
    before, url = shown(leicester), reverse("placements:move_days", args=[leicester.post.pk, leicester.year.slug])
    client.force_login(leicester.coordinator)
    sent = {"source": UNALLOCATED, "target": NETWORKS, "days": "1", "reason": "So it was agreed", **changes}
    assert words in client.post(url, sent).content.decode()
    assert shown(leicester) == before


@pytest.mark.parametrize("who", ["ast", "home_head", "administrator", "officer"])
def test_r_4_2_nobody_else_moves_days(leicester: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.move_days(
            post=leicester.post,
            year=leicester.year,
            source=UNALLOCATED,
            target=NETWORKS,
            days=D(1),
            reason="Because",
            by=getattr(leicester, who),
        )


def test_r_4_2_a_placement_draws_on_deployment_unless_the_coordinator_says_another(
    leicester: Cast, client: Client
) -> None:
    placement = active(leicester, days=D(2))
    assert shown(leicester)[DEPLOYMENT] == (D(24), D(22))
    client.force_login(leicester.coordinator)
    assert client.post(reverse("placements:placement_use", args=[placement.pk]), {"use": CLUSTERS}).status_code == 302
    assert shown(leicester)[DEPLOYMENT] == (D(24), D(24))
    assert shown(leicester)[CLUSTERS] == (D("2.5"), D("0.5"))
    with pytest.raises(Refused, match="Select one of the uses"):
        actions.draw_on(placement=placement, use="The moon", by=leicester.coordinator)


def test_r_4_2_what_is_left_of_the_uses_is_what_is_left_of_the_year(leicester: Cast) -> None:
    active(leicester, days=D(7))
    stories.ready(leicester)  # promised
    left = sum(left for _, left in shown(leicester).values())
    assert left == ledger.balance(leicester.post, leicester.year).remaining == 25


def test_r_4_11_overdrawing_a_use_warns_and_the_year_refuses(leicester: Cast, client: Client) -> None:
    active(leicester, days=D(20))
    placement = stories.all_agreed(leicester)
    found = terms.save_terms(placement=placement, by=leicester.coordinator, host_expectations="Frees an hour.")
    (warning,) = found
    assert warning.warning
    assert "“LA deployment” has 4 days left this year, and this needs 6 days" in warning.message
    assert "“LA deployment” is overdrawn by 2 days" in page(client, leicester, leicester.home_head)


def test_r_4_2_the_uses_are_changed_on_the_policy_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    url = reverse("staff:policy_change")
    sent = form_answers(cast.policy, uses="LA deployment: 30\nNetworks and CPD: 4.50\n")
    for wrong, words in (
        ("LA deployment 30", "a name, a colon and days in quarters"),
        ("LA deployment: 30.3", "a name, a colon and days in quarters"),
        ("A: 1\nA: 2", "stands there twice"),
    ):
        assert words in client.post(url, {**sent, "uses": wrong}).content.decode()
    too_much = {**sent, "uses": "LA deployment: 30\nNetworks: 9", "confirm": "yes"}
    assert "more than the year has" in client.post(url, too_much).content.decode()
    assert "LA deployment 30 days, Networks and CPD 4.5 days" in client.post(url, sent).content.decode()
    client.post(url, {**sent, "confirm": "yes"})
    assert [(use.name, use.budget) for use in uses.uses_of(cast.post, cast.year)] == [
        (DEPLOYMENT, D(30)),
        (NETWORKS, D("4.5")),
        (UNALLOCATED, D("3.5")),
    ]
    shown = client.get(url).content.decode()
    assert "LA deployment: 30\n" in shown
    assert "Networks and CPD: 4.5</textarea>" in shown
