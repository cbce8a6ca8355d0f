"""The whole preset of school-to-school support, told through its pages (R-19.2, R-19.3)."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import presets
from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.messages import Message
from astcoord.core.roles import Role
from evaluation.diary.tasks import remind_of_missing_entries
from evaluation.evaluations.actions import deciding
from evaluation.evaluations.lifecycle import AskedOf
from evaluation.half_way.tasks import look_after_half_way_reviews
from placements.days import ledger
from placements.days.actions import days
from placements.endings.actions import completing
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.evaluations.telling import answers, form_of, hand_in
from tests.evaluation.stories import HALF, write_up
from tests.factories import PostFactory, person
from tests.placements import stories
from tests.placements.active import active
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def preset(cast: Cast) -> Cast:
    """Marlshire works as hubs do today."""
    for name, value in presets.settings_of("school-to-school").items():
        setattr(cast.policy, name, value)
    cast.policy.save()
    return cast


def page(user: Any, name: str, *args: Any, **query: str) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def sent(user: Any, name: str, *args: Any, **data: str) -> None:
    client = Client()
    client.force_login(user)
    answer = client.post(reverse(name, args=args), data)
    assert answer.status_code == 302, text(answer)


def paper_of(response: Any) -> str:
    return " ".join(each.extract_text() for each in PdfReader(io.BytesIO(response.content)).pages)


@pytest.mark.paper
def test_r_19_2_a_deployment_runs_the_half_way_review_is_asked_and_the_home_head_gets_the_evaluation(
    preset: Cast, clock: Any
) -> None:
    cast = preset
    placement = stories.issued(cast)
    assert "Memorandum, version 1" in text(page(cast.host_head, "placements:contract", placement.pk))
    assert "I have read this version of the memorandum" in text(
        page(cast.host_head, "placements:contract", placement.pk)
    )
    assert "Please sign: memorandum for" in Message.objects.get(kind="contract-issued", to_email=cast.ast.email).subject
    stories.sign(cast, placement, *stories.PARTIES)
    placement = _begun(cast, placement, clock)
    _half_way(cast, placement)
    _evaluated(cast, placement, clock)
    _charged(cast)


def _begun(cast: Cast, placement: Placement, clock: Any) -> Placement:
    """Two days in one week, because there is no weekly limit; three and a half days altogether."""
    Placement.objects.filter(pk=placement.pk).update(status="active", starts_on=date(2026, 11, 3), weekday=None)
    placement.refresh_from_db()
    clock.move_to(datetime(2026, 11, 24, 15, tzinfo=UTC))
    for on in (date(2026, 11, 10), date(2026, 11, 12), date(2026, 11, 17)):
        write_up(cast, placement, on)
    write_up(cast, placement, days=HALF)
    return placement


def _half_way(cast: Cast, placement: Placement) -> None:
    assert look_after_half_way_reviews() == 1
    for user, side in ((cast.host_head, "host"), (cast.ast, "ast")):
        sent(user, "evaluation:half_way_view", placement.pk, side, view="It goes well.")
    decision = {"decision": "go_on", "grounds": "Both see it.", "exit_plan": "The maths leader goes on."}
    sent(cast.coordinator, "evaluation:half_way_decide", placement.pk, **decision)
    assert "The maths leader goes on." in text(page(cast.home_head, "evaluation:half_way", placement.pk))


def _evaluated(cast: Cast, placement: Placement, clock: Any) -> None:
    clock.move_to(datetime(2026, 12, 16, 9, tzinfo=UTC))
    completing.open_final_evaluation(placement=placement, by=cast.coordinator)
    hand_in(form_of(placement, AskedOf.HOST_HEAD), cast.host_head, practice="Sorrel Ambleforth asks more questions.")
    hand_in(form_of(placement, AskedOf.AST), cast.ast)
    own = form_of(placement, AskedOf.COORDINATOR)
    deciding.conclude(form=own, answers=answers(own), without_reason="Two were enough.", by=cast.coordinator)
    told = Message.objects.get(kind="evaluation-concluded", to_email=cast.home_head.email)
    assert "save the whole final evaluation" in told.body
    assert "final.pdf" in page(cast.home_head, "evaluation:placement_evaluations", placement.pk).content.decode()
    paper = paper_of(page(cast.home_head, "evaluation:final_evaluation_pdf", placement.pk))
    assert "asks more questions" in paper
    assert "Ambleforth" not in paper, "the home head does not read who is supported"
    whole = paper_of(page(cast.host_head, "evaluation:final_evaluation_pdf", placement.pk))
    assert "Sorrel Ambleforth asks" in whole
    assert page(cast.outsider, "evaluation:final_evaluation_pdf", placement.pk).status_code == 404


def _charged(cast: Cast) -> None:
    """R-19.3: the same on page, paper and file."""
    asked = {"period": "autumn-2026"}
    shown = text(page(cast.coordinator, "placements:charges", **asked))
    paper = paper_of(page(cast.coordinator, "placements:charges", export="pdf", **asked))
    for amount in ("£1,225", "£1,050", "£175"):
        assert amount in shown
        assert amount in paper
    file = page(cast.coordinator, "placements:charges", export="csv", **asked)
    row = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))[1]
    assert row[5:] == ["3.5", "350.00", "1225.00", "1050.00", "175.00"]
    assert "£1,225" in text(page(cast.host_head, "placements:charges", **asked))
    assert "£1,050" in text(page(cast.home_head, "placements:charges", **asked))


def test_r_19_2_a_record_is_late_after_five_working_days(preset: Cast, clock: Any) -> None:
    """Tuesday 10 November: due on Tuesday 17, late from the 18th."""
    placement = active(preset)
    days.plan_day(placement=placement, on=date(2026, 11, 10), days=Decimal(1), by=preset.ast)
    clock.move_to(datetime(2026, 11, 17, 9, tzinfo=UTC))
    assert "To be written up by 17 November 2026" in text(page(preset.ast, "evaluation:placement_diary", placement.pk))
    assert remind_of_missing_entries() == 0
    clock.move_to(datetime(2026, 11, 18, 9, tzinfo=UTC))
    assert remind_of_missing_entries() == 1
    assert remind_of_missing_entries() == 0
    assert "to be written up by 17 November 2026" in Message.objects.get(kind="diary-missing").body
    task = next(each for each in tasks_for(preset.ast, today()) if each.title.startswith("Write up"))
    assert task.is_overdue(today())
    assert "1 day not written up within 5 working days" in text(page(preset.coordinator, "tasks"))


def test_r_19_2_weekends_and_bank_holidays_are_no_working_days(preset: Cast, clock: Any) -> None:
    """Friday 18 December: Monday to Thursday are four, then come Christmas and Boxing Day (kept on the 28th)."""
    placement = active(preset)
    days.plan_day(placement=placement, on=date(2026, 12, 18), days=Decimal(1), by=preset.ast)
    clock.move_to(datetime(2026, 12, 29, 9, tzinfo=UTC))
    assert remind_of_missing_entries() == 0, "due on the 29th"
    clock.move_to(datetime(2026, 12, 30, 9, tzinfo=UTC))
    assert remind_of_missing_entries() == 1


def test_r_19_2_an_ast_has_fifteen_days_a_year_and_no_weekly_limit(preset: Cast) -> None:
    home = preset.home
    new = PostFactory(user=person("Ash Lowther", "ash@marlshire.example", Role.AST, home), home=home)
    ledger.open_budget(new, preset.year)
    assert ledger.balance(new, preset.year).budget == 15
    placement = active(preset)
    for on in (date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 12)):
        days.plan_day(placement=placement, on=on, days=Decimal(1), by=preset.ast)
    assert placement.outreach_days.count() == 3
