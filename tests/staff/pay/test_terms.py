"""What may not be held beside the pay, how long the post runs, and what is wanted before it is held (R-2.4, R-2.8)."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from astcoord.core import gate, home
from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.problems import Problem, Refused
from staff.pay.actions import terms
from staff.pay.models import AllowanceAnswer, PostContract
from staff.pay.tasks import remind_of_funding
from staff.posts.events import before_in_post
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory
from tests.schools.pages import boxes, signed_in
from tests.staff.pay.paying import FIRST, approved, paid, whole
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 6)


@pytest.fixture
def candidate(cast: Cast) -> Post:
    return PostFactory(home=cast.home, status="passed", passed_on=FIRST, starts_on=None)


def ours(post: Post) -> list[Problem]:
    """What this room wants before the post is held."""
    mine = {"R-2.4", "R-2.7", "R-2.8", "R-2.10"}
    return [p for want in before_in_post for p in want(post) if p.rule in mine and "Pay and funding" in p.message]


def appoint(cast: Cast, post: Post, starts_on: date = TODAY) -> Post:
    return gate.move(post, "appoint", by=cast.coordinator, problems=ours, starts_on=starts_on)


def contract(cast: Cast, ends_on: date | None, **more: Any) -> PostContract:
    said = {"kind": "fixed" if ends_on else "permanent", "ends_on": ends_on, "depends_on_funding": True}
    return terms.record_contract(**{"post": cast.post, "by": cast.home_head, **said, **more})


def test_r_2_8_an_allowance_keeps_a_candidate_from_the_post(cast: Cast, candidate: Post) -> None:
    whole(cast, candidate)
    page = reverse("staff:pay_allowances", args=[candidate.pk])
    client = signed_in(cast.home_head)
    assert client.post(page, {"held": ["sen"], **boxes("on", date(2026, 10, 1))}).status_code == 302
    with pytest.raises(Refused, match="An AST cannot hold a special educational needs allowance"):
        appoint(cast, candidate)
    given_up = client.post(page, {"held": ["none"], **boxes("on", TODAY)})
    assert given_up.status_code == 302
    said = text(client.get(reverse("staff:pay", args=[candidate.pk])))
    assert "No allowance from 6 October 2026 Special educational needs allowance from 1 October 2026" in said
    assert appoint(cast, candidate).status == "in_post"


def test_r_2_8_the_question_must_be_answered_and_not_both_ways(cast: Cast) -> None:
    client, page = signed_in(cast.home_head), reverse("staff:pay_allowances", args=[cast.post.pk])
    assert "Select what the teacher holds, or “None of these”" in text(client.post(page, boxes("on", TODAY)))
    both = {"held": ["sen", "none"], **boxes("on", TODAY)}
    assert "Select either allowances or “None of these”, not both" in text(client.post(page, both))
    assert "Check the year" in text(client.post(page, {"held": ["sen"], **boxes("on", date(2062, 10, 1))}))
    assert not AllowanceAnswer.objects.exists()


def test_r_2_7_a_candidate_is_not_in_post_before_pay_is_whole(cast: Cast, candidate: Post) -> None:
    with pytest.raises(Refused) as refused:
        appoint(cast, candidate)
    assert {p.code for p in refused.value.problems} == {"no-range", "not-asked", "no-contract"}
    approved(cast, starts_on=TODAY, post=candidate)
    assert {p.code for p in ours(candidate)} == {"no-point", "not-asked", "no-contract"}
    paid(cast, starts_on=TODAY, post=candidate)
    terms.answer_allowances(post=candidate, held=[], on=TODAY, by=cast.home_head)
    terms.record_contract(post=candidate, kind="permanent", ends_on=None, depends_on_funding=False, by=cast.coordinator)
    assert ours(candidate) == []
    assert appoint(cast, candidate).status == "in_post"


def test_who_is_in_post_already_is_not_held_up_and_the_page_says_what_is_missing(cast: Cast) -> None:
    said = text(signed_in(cast.coordinator).get(reverse("staff:post", args=[cast.post.pk])))
    assert "Pay range Pay not recorded" in said
    whole(cast)
    assert "Pay not recorded" not in text(signed_in(cast.home_head).get(reverse("staff:post", args=[cast.post.pk])))
    said = text(signed_in(cast.home_head).get(reverse("staff:pay", args=[cast.post.pk])))
    assert "Still to be put right" not in said


@pytest.mark.parametrize(("days", "due"), [(90, True), (0, True), (-5, True), (91, False)])
def test_r_2_4_ninety_days_before_a_term_ends_a_funding_decision_is_due(cast: Cast, days: int, due: bool) -> None:
    contract(cast, TODAY + timedelta(days=days))
    for user in (cast.coordinator, cast.home_head):
        titles = [task.title for task in home.tasks_for(user, today())]
        found = [title for title in titles if title.startswith(f"Funding decision due: {cast.ast.name}, until")]
        assert bool(found) == due
        assert ("Funding decision due" in text(signed_in(user).get(reverse("tasks")))) == due
    for user in (cast.administrator, cast.outsider, cast.officer):
        assert not [t for t in home.tasks_for(user, today()) if "Funding" in t.title]


def test_n27_co_ordinator_and_head_are_told_once_for_each_last_day(cast: Cast, clock: time_machine.Traveller) -> None:
    contract(cast, TODAY + timedelta(days=91))
    assert remind_of_funding() == 0
    clock.move_to("2026-10-07 06:00:00Z")
    remind_of_funding()
    remind_of_funding()
    sent = Message.objects.filter(kind="funding-decision")
    assert sorted(sent.values_list("to_email", flat=True)) == sorted([cast.home_head.email, cast.policy.office_email])
    terms.decide_ending(
        post=cast.post,
        decision="extended",
        extended_to=date(2027, 8, 31),
        seen=TODAY + timedelta(days=91),
        by=cast.home_head,
    )
    remind_of_funding()
    assert sent.count() == 2
    clock.move_to("2027-07-01 06:00:00Z")
    remind_of_funding()
    assert sent.count() == 4


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ({"decision": "permanent"}, "Permanent"),
        ({"decision": "extended", **boxes("extended_to", date(2027, 8, 31))}, "Fixed term until 31 August 2027"),
        ({"decision": "ends"}, "it ends then"),
    ],
)
def test_r_2_4_a_decision_ends_the_reminder(cast: Cast, decision: dict[str, Any], words: str) -> None:
    contract(cast, date(2026, 12, 18))
    page, client = reverse("staff:pay_contract_decide", args=[cast.post.pk]), signed_in(cast.coordinator)
    answered = client.post(page, {"seen": "2026-12-18", **decision})
    leads_to = "staff:post_leave" if decision["decision"] == "ends" else "staff:pay"
    assert answered.headers["Location"] == reverse(leads_to, args=[cast.post.pk])
    assert words in text(client.get(reverse("staff:pay", args=[cast.post.pk])))
    assert not [t for t in home.tasks_for(cast.coordinator, today()) if "Funding" in t.title]


def test_r_2_4_an_extension_ends_later_and_a_page_that_is_old_decides_nothing(cast: Cast) -> None:
    contract(cast, date(2026, 12, 18))
    page, client = reverse("staff:pay_contract_decide", args=[cast.post.pk]), signed_in(cast.home_head)
    early = {"seen": "2026-12-18", "decision": "extended", **boxes("extended_to", date(2026, 12, 18))}
    assert "The new last day must be after 18 December 2026" in text(client.post(page, early))
    assert "Enter the new last day" in text(client.post(page, {"seen": "2026-12-18", "decision": "extended"}))
    contract(cast, date(2027, 3, 1))
    stale = {"seen": "2026-12-18", "decision": "permanent"}
    assert "The contract has been changed meanwhile" in text(client.post(page, stale))
    assert PostContract.objects.get().ends_on == date(2027, 3, 1)
    contract(cast, None)
    assert client.get(page).status_code == 302, "nothing to decide"


def test_r_2_4_a_fixed_term_has_a_last_day_and_a_permanent_post_none(cast: Cast) -> None:
    page, client = reverse("staff:pay_contract", args=[cast.post.pk]), signed_in(cast.home_head)
    assert "Enter the last day of the fixed term" in text(client.post(page, {"kind": "fixed"}))
    before = {"kind": "fixed", **boxes("ends_on", date(2025, 8, 1))}
    assert "on or after 1 September 2025" in text(client.post(page, before))
    assert client.post(page, {"kind": "permanent", **boxes("ends_on", date(2027, 8, 1))}).status_code == 302
    assert str(PostContract.objects.get()) == "Permanent"
    for user in (cast.ast, cast.administrator, cast.outsider):
        with pytest.raises(PermissionDenied):
            contract(cast, None, by=user)
