"""Whom a deployment plan names to whom: somebody not yet in post is the co-ordinator's to know (section G*)."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placements.planning.actions import explain
from placements.planning.models import PlanPair
from staff.posts.models import Post
from tests.cast import Cast
from tests.placements.planning.plan_stories import asked, ready

PAGES = ("plan", "plan_unmet", "plan_drawn", "plan_record", "plan_compare")


@pytest.mark.django_db
def test_section_g_a_plan_names_an_aspirant_to_the_coordinator_only(cast: Cast, client: Client) -> None:
    cast.policy.aspirant_outreach = True
    cast.policy.save()
    Post.objects.filter(pk=cast.post.pk).update(status="candidate", funding="secondment")
    requests = [asked(cast) for _ in range(4)]
    plan = ready(cast)
    while explain.explain_some(plan.pk):
        pass
    PlanPair.objects.create(
        plan=plan,
        post=cast.post,
        request=requests[0],
        kind="pin",
        reason="Near",
        by=cast.coordinator,
        at=timezone.now(),
    )
    name = cast.post.name
    named = {}
    for reader in (cast.coordinator, cast.administrator, cast.officer):
        client.force_login(reader)
        pages = {page: client.get(reverse(f"placements:{page}", args=[plan.pk])) for page in PAGES}
        assert {response.status_code for response in pages.values()} == {200}
        named[reader.name] = {page for page, response in pages.items() if name in response.content.decode()}
        file = client.get(reverse("placements:plan_unmet", args=[plan.pk]), {"export": "csv"})
        assert name not in b"".join(file).decode() or reader == cast.coordinator
        assert ("A teacher not yet in post" in pages["plan"].content.decode()) is (reader != cast.coordinator)
    assert {"plan", "plan_drawn", "plan_unmet"} <= named[cast.coordinator.name]
    assert not named[cast.administrator.name]
    assert not named[cast.officer.name]
