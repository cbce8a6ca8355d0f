"""R-14.4: more ASTs than the authority's capacity only with the co-ordinator's reason, which is kept."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from placements.days import ledger
from staff.posts.actions import posts
from staff.posts.actions.posts import Appointment, InPost
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory
from tests.staff.openings.sending import At
from tests.staff.posts.test_asts_import import HEADER, line, words
from tests.staff.posts.test_asts_import import sent as uploaded
from tests.workbooks import xlsx

pytestmark = pytest.mark.django_db

ENTERED: dict[str, Any] = {
    "name": "Linnet Harrowgate",
    "email": "linnet@marlshire.example",
    "fte": "0.6",
    "starts_on": date(2024, 9, 1),
    "passed_on": date(2024, 5, 2),
    "assessor": "National assessment agency",
    "governors_decided_on": date(2024, 3, 14),
    "governors_minute": "2024/17",
    "responsible_for": "Music.",
    "reason": "In post before this service began",
}


def places(cast: Cast, capacity: int) -> None:
    cast.policy.capacity = capacity
    cast.policy.save()


def entry(cast: Cast) -> InPost:
    given = ("starts_on", "passed_on", "assessor", "governors_decided_on", "governors_minute", "responsible_for")
    how = Appointment(fte=Decimal("0.6"), funding="standards_fund", **{name: ENTERED[name] for name in given})
    return InPost(name=ENTERED["name"], email=ENTERED["email"], home=cast.elsewhere, appointment=how)


def test_r_14_4_the_short_page_asks_why_only_when_there_is_no_place(cast: Cast) -> None:
    places(cast, 2)
    at = At(cast.coordinator)
    assert "capacity" not in at.sees("post_add")
    PostFactory()
    assert "Why is the authority’s capacity passed?" in at.sees("post_add")
    page = at.send("post_add", **ENTERED, home=cast.elsewhere.pk)
    assert "The authority has places for 2 ASTs, and this would be number 3. Enter why it is passed" in page
    assert Post.objects.count() == 2
    page = at.send("post_add", **ENTERED, home=cast.elsewhere.pk, capacity_reason="Music comes first.")
    assert "is recorded as in post" in page
    assert AuditEvent.objects.get(verb="Capacity passed").reason == "Music comes first."


def test_r_14_4_without_a_capacity_nobody_is_asked(cast: Cast) -> None:
    PostFactory.create_batch(3)
    posts.record_in_post(entry=entry(cast), reason="x", by=cast.coordinator)
    assert not AuditEvent.objects.filter(verb="Capacity passed").exists()


def test_r_14_4_whoever_leaves_before_makes_a_place(cast: Cast) -> None:
    places(cast, 1)
    Post.objects.update(ends_on=date(2026, 12, 31))
    with pytest.raises(Refused, match="places for 1"):
        posts.record_in_post(entry=entry(cast), reason="x", by=cast.coordinator)
    later = entry(cast)
    later = replace(later, appointment=replace(later.appointment, starts_on=date(2027, 1, 1)))
    posts.record_in_post(entry=later, reason="x", by=cast.coordinator)


def test_r_14_4_a_file_that_passes_the_capacity_asks_once(cast: Cast, client: Client) -> None:
    places(cast, 3)
    client.force_login(cast.coordinator)
    preview = uploaded(client, xlsx([HEADER, *(line(cast, number) for number in (1, 2))]))
    assert "capacity" not in words(client.get(preview))
    places(cast, 2)
    assert "Why is the authority’s capacity passed?" in words(client.get(preview))
    assert "Enter why the authority’s capacity is passed" in words(client.post(preview))
    assert Post.objects.count() == 1
    client.post(preview, {"capacity_reason": "They were all here before."}, follow=True)
    assert Post.objects.count() == 3
    assert [e.reason for e in AuditEvent.objects.filter(verb="Capacity passed")] == ["They were all here before."]


def test_r_3_5_an_ast_without_a_profile_is_counted_and_not_matched(cast: Cast) -> None:
    post = posts.record_in_post(entry=entry(cast), reason="x", by=cast.coordinator)
    now = date(2026, 10, 6)
    assert list(Post.objects.without_profile(now)) == [post]
    assert post not in Post.objects.stale(now)
    assert post.gaps(now) == ["Outreach time not set", "Induction unfinished", "Profile not filled in"]
    at = At(cast.coordinator)
    assert "ASTs whose profile is not filled in" in at.client.get("/tasks/").content.decode()
    assert post.name in at.sees("posts", query="?check=no_profile")
    assert post.name not in at.sees("expertise")
    assert post not in Post.objects.offering()
    assert ledger.balance(post, cast.year).budget > 0
