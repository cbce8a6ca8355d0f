"""Whom a deployment plan names to whom: somebody not yet in post is the co-ordinator's to know (section G*)."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astcoord.core import database_roles
from placements.planning.actions import explain
from placements.planning.models import Plan, PlanDecision, PlanPair
from placements.planning.reads.words import NOT_YET
from staff.accounts.models import User
from staff.posts.models import Post
from tests.cast import Cast
from tests.placements.planning.plan_stories import asked, made, ready

pytestmark = pytest.mark.django_db

PAGES = ("plan", "plan_unmet", "plan_drawn", "plan_record", "plan_compare")
NEUTRAL = "Something in the request has to be settled first. The co-ordinator knows what."


def not_yet_in_post(cast: Cast) -> None:
    """The AST of the cast is seconded and not assessed, whom the policy lets out."""
    cast.policy.aspirant_outreach = True
    cast.policy.save()
    Post.objects.filter(pk=cast.post.pk).update(status="seconded", funding="secondment")


def pages_of(client: Client, reader: User, plan: Plan) -> dict[str, str]:
    client.force_login(reader)
    found = {name: client.get(reverse(f"placements:{name}", args=[plan.pk])) for name in PAGES}
    assert {response.status_code for response in found.values()} == {200}
    return {name: response.content.decode() for name, response in found.items()}


def test_section_g_a_plan_names_an_aspirant_to_the_coordinator_only(cast: Cast, client: Client) -> None:
    not_yet_in_post(cast)
    requests = [asked(cast) for _ in range(4)]
    plan = ready(cast)
    while explain.explain_some(plan.pk):
        pass
    PlanPair.objects.create(
        plan=plan,
        post=cast.post,
        request=requests[0],
        kind="pin",
        reason=f"{cast.post.name} is near",
        by=cast.coordinator,
        at=timezone.now(),
    )
    name = cast.post.name
    told = f"{name} cannot be proposed. Induction not finished."
    PlanDecision.objects.create(line=plan.lines.first(), outcome="refused", reason=told, by=cast.coordinator)
    named = {}
    for reader in (cast.coordinator, cast.administrator, cast.officer):
        pages = pages_of(client, reader, plan)
        named[reader.name] = {page for page, text in pages.items() if name in text}
        file = client.get(reverse("placements:plan_unmet", args=[plan.pk]), {"export": "csv"})
        assert "cannot be proposed. Induction not finished." in pages["plan"]
        assert name not in b"".join(file).decode() or reader == cast.coordinator
        assert ("A teacher not yet in post" in pages["plan"]) is (reader != cast.coordinator)
    assert {"plan", "plan_drawn", "plan_unmet"} <= named[cast.coordinator.name]
    assert not named[cast.administrator.name]
    assert not named[cast.officer.name]


def test_section_g_a_plan_does_not_tell_an_aspirants_school_to_others(cast: Cast, client: Client) -> None:
    """Nor the journey from it."""
    not_yet_in_post(cast)
    asked(cast)
    plan = ready(cast)
    told = {}
    for reader in (cast.coordinator, cast.administrator, cast.officer):
        pages = pages_of(client, reader, plan)
        told[reader] = {name for name, text in pages.items() if cast.home.name in text}, "miles" in pages["plan"]
    assert told == {
        cast.coordinator: ({"plan", "plan_drawn"}, True),
        cast.administrator: (set(), False),
        cast.officer: (set(), False),
    }


def test_section_g_a_what_if_names_an_aspirant_to_the_coordinator_only(cast: Cast, client: Client) -> None:
    not_yet_in_post(cast)
    asked(cast)
    plan = ready(cast)
    client.force_login(cast.coordinator)
    for kind, more in (
        ("more-days", {"days": "3"}),
        ("leave", {"first": "2026-11-01", "last": "2026-12-31"}),
    ):
        answer = client.post(reverse("placements:plan_what_if", args=[plan.pk, kind]), {"post": cast.post.pk, **more})
        assert answer.status_code == 302
    days, leave = Plan.objects.filter(kind="what_if").order_by("pk")
    assert [each.changes[0]["text"] for each in (days, leave)] == [
        f"3 more days from AST {cast.post.pk}",
        f"AST {cast.post.pk} away from 1 November to 31 December 2026",
    ], "the stored copy names nobody"
    assert "3 more days from a teacher not yet in post" in pages_of(client, cast.officer, days)["plan"], (
        "while it waits"
    )
    made(days)
    for reader in (cast.coordinator, cast.administrator, cast.officer):
        own, beside = pages_of(client, reader, days), pages_of(client, reader, plan)
        knows = reader == cast.coordinator
        words = cast.post.name if knows else "a teacher not yet in post"
        assert f"What if: 3 more days from {words}?" in own["plan"]
        assert f"{words if knows else NOT_YET} away from 1 November to 31 December 2026" in beside["plan"]
        assert f"what if: 3 more days from {words}" in beside["plan_compare"]
        named = {name for pages in (own, beside) for name, text in pages.items() if cast.post.name in text}
        assert bool(named) is knows


@pytest.mark.skipif(database_roles.two(), reason="only the owner of the tables migrates")
def test_section_g_stored_plans_lose_names_and_what_can_only_have_been_declared(cast: Cast) -> None:
    asked(cast)
    plan = ready(cast)
    line = plan.lines.get()
    ago, name = "away from 1 November to 31 December 2026", cast.post.name
    texts = [
        (f"{name} {ago}", f"AST {cast.post.pk} {ago}"),
        (f"1 more day from {name}", f"1 more day from AST {cast.post.pk}"),
        (f"Robin Earlier-Name {ago}", f"An AST {ago}"),
        ("One more AST in mathematics, at Hollowbrook School", "One more AST in mathematics, at Hollowbrook School"),
    ]
    facts = {"kind": "what_if", "parent": plan, "first": plan.first, "last": plan.last, "created_by": cast.coordinator}
    tried = [Plan.objects.create(changes=[{"text": old}], **facts) for old, _ in texts]
    for reason in (NEUTRAL, f"{NEUTRAL} Only 2 days are left.", "Only 2 days are left."):
        PlanDecision.objects.create(line=line, outcome="refused", reason=reason, by=cast.coordinator)
    migration = import_module("placements.migrations.0021_plans_tell_less")
    for _ in range(2):
        migration.forget(apps, SimpleNamespace(connection=connection))
    assert [Plan.objects.get(pk=each.pk).changes[0]["text"] for each in tried] == [new for _, new in texts]
    assert list(PlanDecision.objects.values_list("reason", flat=True)) == ["Only 2 days are left."] * 2
    with pytest.raises(Exception, match=r"append-only|permission denied"):
        PlanDecision.objects.filter(pk=line.decisions.first().pk).update(reason="x")
