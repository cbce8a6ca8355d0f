"""Acceptance examples of the ten items and of what is seen before the start, through the pages (R-8.1 to R-8.17)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.clock import today
from placements.agreement.actions import placements, progress, protocol
from tests.cast import Cast
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def at(client: Client, user: Any, name: str, *args: Any, data: dict[str, Any] | None = None) -> str:
    client.force_login(user)
    url = reverse(f"placements:{name}", args=args)
    page = client.post(url, data, follow=True) if data is not None else client.get(url)
    return str(page.content.decode())


def test_r_8_2_circulated_and_one_of_two_met_may_start_with_one_meeting_outstanding(client: Client, cast: Cast) -> None:
    placement = stories.signed(cast)
    first, second = placement.supported.all()
    protocol.send_role_statement(placement=placement, by=cast.coordinator)
    placements.save_cover(placement=placement, by=cast.home_head, cover=("extra_day",))
    missing = at(client, cast.coordinator, "placement_missing", placement.pk)
    assert "have not been given the protocol" in missing
    progress.record_circulation(placement=placement, by=cast.host_head, circulated_on=today(), met={first.pk: today()})
    placement.refresh_from_db()
    assert placement.status == "active"
    assert "1 of 2 held" in at(client, cast.host_head, "placement_detail", placement.pk)
    assert "First talks with the people supported: 1 of 2 held." in at(
        client, cast.host_head, "placement_item", placement.pk, 2
    )
    assert list(placement.supported.filter(first_met_on=None)) == [second]


@pytest.mark.parametrize(
    ("number", "sent", "said"),
    [
        (4, {}, ["Enter a date for the school’s first evaluation.", "Enter the date of the final evaluation."]),
        (9, {"focus": "Aims"}, ["Enter at least one outreach day with time for review."]),
        (
            10,
            {f"owner_{n}": "Deputy" for n in range(1, 6)} | {f"due_{n}": "2026-10-20" for n in range(1, 7)},
            [f"Say who provides “{stories.Kind.labels[-1]}” and by when."],
        ),
    ],
    ids=["r_8_4_evaluation_dates", "r_8_9_a_reserved_day", "r_8_10_an_owner_for_each_kind"],
)
def test_r_8_4_r_8_9_r_8_10_an_item_without_its_facts_is_not_agreed(
    client: Client, cast: Cast, number: int, sent: dict[str, str], said: list[str]
) -> None:
    placement = stories.met(cast)
    page = at(client, cast.host_head, "placement_item", placement.pk, number, data={"agreement": "agreed", **sent})
    for words in said:
        assert words in page
    assert placement.protocol.get(number=number).agreement == "not_discussed"


def test_r_8_17_both_heads_read_planned_activities_and_outcomes_before_the_start(client: Client, cast: Cast) -> None:
    placement = stories.all_agreed(cast)  # a draft: nothing has been issued
    draft = reverse("placements:contract_draft_pdf", args=[placement.pk])
    for head in (cast.home_head, cast.host_head):
        assert draft in at(client, head, "placement_detail", placement.pk)
        paper = client.get(draft).content.decode()
        for planned in (
            *placement._meta.get_field("work_types").labels(placement),
            stories.OBJECTIVE["text"],
            stories.OBJECTIVE["criterion"],
            stories.TERMS["ast_expectations"],
            "3 November 2026",
        ):
            assert str(planned) in paper
        assert "Pettifer" not in paper
    client.force_login(cast.outsider)
    assert client.get(draft).status_code == 404
