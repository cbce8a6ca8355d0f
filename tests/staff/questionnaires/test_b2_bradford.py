"""Scenario B2 on its preset, through the pages: Bradford’s records of its ASTs, from the load to those who leave."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.roles import Role
from placements.balances.actions import tell_of_alerts
from schools.register.models import School, SchoolStatus
from staff.figures.reads.asts import Chosen, sheet
from staff.figures.reads.leavers import sheet as leavers_of
from staff.posts.models import Post
from staff.posts.tasks import look_after_posts
from staff.quality.models import QaVisit
from staff.questionnaires.models import Questionnaire, QuestionnaireInvitation
from tests.cast import Cast
from tests.factories import SchoolFactory, person
from tests.schools.pages import boxes
from tests.staff.posts.changing import Asked, text
from tests.staff.posts.test_asts_import import HEADER, line, sent
from tests.staff.secondments.telling import Reader, day
from tests.workbooks import xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
LAST = date(2026, 10, 23)
AFTER = datetime(2026, 10, 26, 9, tzinfo=UTC)
JANUARY = datetime(2027, 1, 18, 9, tzinfo=UTC)


def loaded(cast: Cast) -> list[Post]:
    """Twelve from the authority’s own list: seven of secondary schools, five of primary schools."""
    secondary, primary = SchoolFactory(phase="secondary"), SchoolFactory(phase="primary")
    client = Client()
    client.force_login(cast.coordinator)
    homes: list[School] = [*[secondary] * 7, *[primary] * 5]
    rows = [line(cast, number, home=home.name, days_used=None) for number, home in enumerate(homes, start=1)]
    preview = sent(client, xlsx([HEADER, *rows]))
    assert client.post(preview).status_code == 302
    return list(Post.objects.exclude(pk=cast.post.pk).select_related("user", "home").order_by("user__email"))


def observed(cast: Cast, post: Post, kind: str, outcome: str) -> None:
    """Planned, done and written up."""
    office = Reader(cast.coordinator)
    office.send("qa_visit_plan", post.pk, kind=kind, visitor=cast.coordinator.pk, **day("on", today()))
    visit = QaVisit.objects.latest("pk")
    office.send("qa_visit_done", visit.pk)
    said = {"outcome": outcome, "strengths": "Clear.", "actions": "None."}
    assert office.send("qa_visit_write_up", visit.pk, **said) == ""


def asked(cast: Cast) -> Questionnaire:
    """Courses, of all."""
    office = Reader(cast.coordinator)
    office.send("questionnaire_add", title="Courses in spring", **day("closes_on", today() + timedelta(days=10)))
    row = Questionnaire.objects.get()
    office.send("question_add", row.pk, text="Which first?", kind="choice", choices="Mathematics\nLeadership")
    assert office.send("questionnaire_send", row.pk) == ""
    return row


def answered(row: Questionnaire, number: int) -> None:
    (question,) = row.questions.all()
    for invitation in list(QuestionnaireInvitation.objects.whole().order_by("pk"))[:number]:
        said = {f"q{question.pk}": "Leadership"}
        assert Reader(invitation.post.user).send("invitation_answer", invitation.pk, **said) == ""


def left(cast: Cast, post: Post, destination: str) -> None:
    said: Any = {**boxes("last_day", LAST), "destination": destination, "reason": "Promoted"}
    Asked("post_leave", post, cast.coordinator).do(**said)


def test_b2_bradford_from_the_load_to_those_who_leave(cast: Cast, clock: time_machine.Traveller) -> None:
    call_command("load_preset", "bradford", "--from", "2026-10-06")
    posts = loaded(cast)
    assert len(posts) == 12
    secondary = [post for post in posts if post.home.phase == "secondary"]
    primary = [post for post in posts if post.home.phase == "primary"]

    # Observations and QA visits, by nobody outside the group; the cross-table by phase, years and outcome agrees with
    # itself and with the page.
    outside = Reader(person("Cato Wyndham", "cato@marlshire.example", Role.CONSULTANT, subjects=("music",)))
    assert outside.status("qa_visit_plan", secondary[0].pk) == 404
    assert Reader(cast.administrator).status("qa_visit_plan", secondary[0].pk) == 403
    for post in secondary[:4]:
        observed(cast, post, "teaching", "Good")
        observed(cast, post, "outreach", "Good")
    observed(cast, secondary[4], "teaching", "Satisfactory")
    tables = sheet(cast.coordinator, Chosen(rows="phase", columns="service", split="outcome"), today()).tables
    assert sum(int(table.total[-1]) for table in tables) == 13
    for table in tables:
        assert [sum(int(row[x]) for row in table.rows) for x in range(1, len(table.header))] == list(table.total[1:])
    office = Reader(cast.coordinator)
    page = text(office.get("ast_figures", rows="phase", columns="service", split="outcome"))
    for table in tables:
        assert table.title in page
        assert " ".join(map(str, table.total)) in page

    # Secondary ASTs who were not visited for both, and nobody else.
    unvisited = office.text("qa_coverage")
    assert [post.name for post in secondary if post.name in unvisited] == [post.name for post in secondary[4:]]
    assert [post.name for post in primary if f"{post.name} {post.home.name}" in unvisited] == []

    # The questionnaire goes to all thirteen, and eight answer.
    row = asked(cast)
    assert Message.objects.filter(kind="questionnaire-sent").count() == 13
    answered(row, 8)
    office.send("questionnaire_close", row.pk)
    assert "13 sent, 8 back: 62%" in office.text("questionnaire_results", row.pk)
    late = QuestionnaireInvitation.objects.whole().order_by("pk")[8]
    said = {f"q{row.questions.get().pk}": "Leadership"}
    assert "no longer possible" in Reader(late.post.user).send("invitation_answer", late.pk, **said)

    # Two leave primary schools; one of them wishes to be found.
    for post in primary[:2]:
        left(cast, post, "leadership")
    wish = {"wish": "yes", "shows": ["name", "now"], "now": "Assistant headteacher", "reach": "", "offers": ""}
    assert Reader(primary[0].user).send("alumni_own", primary[0].pk, **wish) == ""
    clock.move_to(AFTER)
    look_after_posts()
    board = Reader(cast.coordinator).text("alumni")
    assert (primary[0].name in board, primary[1].name in board) == (True, False)
    by_phase = leavers_of(cast.coordinator, cast.year, [cast.year], today()).tables[0]
    (line_of,) = [row for row in by_phase.rows if row[0] == "Primary"]
    assert line_of[by_phase.header.index("Leadership team of the own school")] == 2
    assert "Leadership team of the own school" in Reader(cast.coordinator).text("leavers")

    # An AST of a national-challenge school: outreach is limited, and nobody is alerted.
    home = secondary[0].home
    SchoolStatus.objects.create(school=home, kind="programme", name="national_challenge", starts_on=date(2026, 9, 1))
    clock.move_to(JANUARY)
    assert "Outreach is limited while the home school is in the national challenge" in Reader(cast.coordinator).text(
        "post", secondary[0].pk
    )
    client = Client()
    client.force_login(cast.coordinator)
    year = text(client.get(reverse("placements:balance", args=[secondary[0].pk])))
    assert "Shortfall" not in year
    assert "Shortfall" in text(client.get(reverse("placements:balance", args=[primary[2].pk]))), "where it is required"
    tell_of_alerts(today())
    told = Message.objects.filter(key__startswith="time-alert:shortfall:").values_list("to_email", flat=True)
    assert (primary[2].user.email in told, secondary[0].user.email in told) == (True, False)
