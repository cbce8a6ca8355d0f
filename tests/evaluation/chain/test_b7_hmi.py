"""Scenario B7, the inspectors' findings as checks: each through the page on which somebody meets it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evaluation.evaluations.lifecycle import AskedOf
from evaluation.evaluations.models import Evaluation
from evaluation.performance import actions as judgements
from evaluation.reviews.wording import NO_STANDARDS
from placements.agreement.actions import placements
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from staff.descriptions.actions import writing
from staff.descriptions.rules import NO_OUTREACH
from staff.posts.models import OutreachPattern
from tests.cast import Cast
from tests.evaluation.evaluations.telling import asked_final, concluded, form_of, hand_in
from tests.evaluation.value.telling import given
from tests.factories import PostFactory, RequestFactory, SchoolFactory
from tests.placements import stories
from tests.placements.changes.changing import started
from tests.placements.requests.asking import url as request_url
from tests.staff.descriptions.writing import drafted
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

SUPPLY = "Daily supply is the least settled kind of cover"


def read(client: Client, user: Any, url: str) -> str:
    client.force_login(user)
    return client.get(url).content.decode()


def of(name: str, placement: Placement) -> str:
    return reverse(f"placements:{name}", args=[placement.pk])


def test_b7_r_6_2_a_vague_request_is_returned_and_its_head_reads_the_questions(client: Client, cast: Cast) -> None:
    asked: OutreachRequest = RequestFactory(host=cast.host, created_by=cast.host_head, task="Help with maths")
    client.force_login(cast.coordinator)
    client.post(request_url("request_return", asked.pk), {"questions": "Which year groups, and what was tried?"})
    asked.refresh_from_db()
    assert asked.status == "returned"
    assert "Which year groups, and what was tried?" in read(
        client, cast.host_head, request_url("request_detail", asked.pk)
    )


def test_b7_r_4_10_the_ast_of_a_primary_school_does_not_start_without_outreach_time(client: Client, cast: Cast) -> None:
    cast.home.phase = "primary"
    cast.home.save(update_fields=["phase"])
    placement = stories.signed(cast)
    OutreachPattern.objects.filter(post=cast.post).delete()
    started(cast, placement)
    assert [problem.code for problem in placements.activate_if_ready(placement)] == ["pattern"]
    placement.refresh_from_db()
    assert placement.status == "signed"
    missing = read(client, cast.home_head, of("placement_missing", placement))
    assert "outreach time" in missing.lower()


def test_b7_r_4_12_daily_supply_is_warned_of(client: Client, cast: Cast) -> None:
    placement = stories.issued(cast)
    client.force_login(cast.home_head)
    assert SUPPLY in client.post(of("cover", placement), {"cover": ["supply"]}, follow=True).content.decode()
    assert SUPPLY in read(client, cast.coordinator, placement.get_absolute_url())


def test_b7_r_12_1_an_objective_needs_a_criterion_and_one_of_the_post_is_on_outreach(
    client: Client, cast: Cast
) -> None:
    draft = drafted(cast)
    page = reverse("staff:description", args=[draft.pk])
    assert NO_OUTREACH in read(client, cast.home_head, page)
    inside = draft.responsibilities.first()
    given = {"text": "Two schools plan together", "criterion": "20% more pupils at level 2B", "on_outreach": True}
    writing.save_objective(description=draft, responsibility=inside, by=cast.home_head, **given)
    assert NO_OUTREACH not in read(client, cast.home_head, page)
    placement = stories.met(cast)
    client.force_login(cast.ast)
    refused = client.post(of("objective_add", placement), {**stories.OBJECTIVE, "criterion": ""})
    assert "criterion" in refused.context["form"].errors
    assert not placement.objectives.exists()
    assert client.post(of("objective_add", placement), stories.OBJECTIVE).status_code == 302
    assert placement.objectives.get().criterion == stories.OBJECTIVE["criterion"]


def test_b7_r_11_3_the_final_evaluation_does_not_rest_on_the_asts_view_alone(
    client: Client, cast: Cast, placement: Placement
) -> None:
    asked_final(placement)
    hand_in(form_of(placement, AskedOf.AST), cast.ast)
    own = form_of(placement, AskedOf.COORDINATOR)
    client.force_login(cast.coordinator)
    conclude = reverse("evaluation:evaluation_conclude", args=[own.pk])
    shown = client.get(conclude).context["form"]
    said = {name: "Words." for name in shown.fields if name not in ("without_reason", "took_part", "talked_on")}
    said |= {f"talked_on_{part}": n for part, n in (("day", 20), ("month", 11), ("year", 2026))}
    refused = client.post(conclude, {**said, "took_part": ["ast"], "without_reason": ""})
    assert "without_reason" in refused.context["form"].errors
    assert "never rests on the AST’s own view alone" in refused.content.decode()
    assert Evaluation.objects.get(pk=own.pk).status == "due"


def test_b7_r_11_14_evidence_on_teaching_and_on_standards_stand_apart(
    client: Client, cast: Cast, placement: Placement
) -> None:
    concluded(cast, placement)
    Evaluation.objects.update(standards="")
    shown = read(client, cast.host_head, reverse("evaluation:placement_evaluations", args=[placement.pk]))
    assert "Effect on standards" in shown
    assert NO_STANDARDS in shown
    Evaluation.objects.filter(kind="final", asked_of=AskedOf.COORDINATOR).update(
        standards="Two more in three reach the standard."
    )
    shown = read(client, cast.host_head, reverse("evaluation:placement_evaluations", args=[placement.pk]))
    assert NO_STANDARDS not in shown
    assert "Two more in three reach the standard." in shown


def test_b7_r_11_13_the_page_of_value_for_money_is_filled(client: Client, cast: Cast, placement: Placement) -> None:
    given(placement, 10)
    client.force_login(cast.home_head)
    url = reverse("evaluation:placement_cost", args=[placement.pk])
    assert client.post(url, {"amount": "2000", "covers": "Cover for 10 days"}).status_code == 302
    concluded(cast, placement)
    shown = text(client.get(reverse("evaluation:value")))
    assert "10 £2,000 £200 a day 3 of 3 Yes" in shown


def test_b7_r_12_2_every_ast_has_a_written_judgement_primary_included(client: Client, cast: Cast) -> None:
    """Given 10 ASTs, 4 issued, when run, then 40%, 6 named; of primary schools as of secondary ones."""
    secondary = PostFactory.create_batch(4, home=SchoolFactory(phase="secondary"))
    primary = PostFactory.create_batch(5, home=SchoolFactory(phase="primary"))
    told = [cast.post, secondary[0], *primary[:2]]
    said = judgements.Written(judgement="Two schools have gained.", development="Leading a course")
    for post in told:
        row = judgements.begin(post=post, year=cast.year, by=cast.coordinator)
        judgements.write(row=row, written=said, by=cast.coordinator)
        judgements.issue(row=row, by=cast.coordinator)
    draft = judgements.begin(post=primary[2], year=cast.year, by=cast.coordinator)
    judgements.write(row=draft, written=said, by=cast.coordinator)
    page = reverse("evaluation:judgement_coverage")
    client.force_login(cast.coordinator)
    shown = text(client.get(page))
    assert "10 ASTs, 4 issued: 40%" in shown
    assert "ASTs without one: 6" in shown
    assert "Primary 5 2" in shown
    assert "Secondary 5 2" in shown
    without = {*secondary[1:], *primary[2:]}
    assert {post for post in (cast.post, *secondary, *primary) if post.name in shown} == without
    for table in ("csv", "phases"):
        assert client.get(page, {"export": table}).status_code == 200
    file = client.get(page, {"export": "csv"}).getvalue().decode()
    assert {post for post in (cast.post, *secondary, *primary) if post.name in file} == without
    assert read(client, cast.coordinator, reverse("evaluation:reports")).count(page) == 1
    client.force_login(cast.home_head)
    assert client.get(page).status_code == 403
