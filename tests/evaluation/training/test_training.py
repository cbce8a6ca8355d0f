"""Schools state each year how their training plan meets their ASTs’ needs; those without one are asked (R-1.8)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from evaluation.training import reads
from evaluation.training.actions import STATEMENTS, ask_schools
from evaluation.training.models import TrainingStatement
from evaluation.training.tasks import ask_for_training_statements
from schools.calendar.models import AcademicYear
from staff.posts.models import Post
from tests.cast import Cast
from tests.evaluation.performance.telling import Reader
from tests.factories import PostFactory, SchoolFactory

pytestmark = pytest.mark.django_db
SAID = "Two days on coaching adults, and the AST network."
JANUARY = date(2027, 1, 11)


def stated(cast: Cast, **fields: Any) -> TrainingStatement:
    given = {"school": cast.home, "year": cast.year, "statement": SAID, "by": cast.home_head}
    return STATEMENTS.save(**{**given, **fields})


def sent(cast: Cast, **fields: Any) -> dict[str, Any]:
    return {"school": cast.home.pk, "year": cast.year.pk, "statement": SAID, **fields}


def test_r_1_8_a_head_states_it_changes_it_and_takes_it_away(cast: Cast) -> None:
    head = Reader(cast.home_head)
    assert "Enter how the training plan" in head.send("training_statement_add", **sent(cast, statement=" "))
    assert "The statement is saved" in head.send("training_statement_add", **sent(cast))
    assert "a statement for this school year already" in head.send("training_statement_add", **sent(cast)), "twice"
    row = TrainingStatement.objects.get()
    assert "The statement is saved" in head.send("training_statement_change", row.pk, statement="Ωmega, 好, Ålesund")
    for user in (cast.home_head, cast.ast, cast.coordinator, cast.administrator):
        assert "Ωmega, 好, Ålesund" in Reader(user).text("training_statement", row.pk), user
    assert AuditEvent.objects.about(row).filter(verb="statement on training: changed").exists()
    assert "The statement is deleted" in head.send("training_statement_remove", row.pk)
    assert not TrainingStatement.objects.exists()


def test_r_1_8_who_states_and_who_reads_it(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        stated(cast, by=cast.outsider)
    row = stated(cast)
    for user in (cast.outsider, cast.host_head):
        assert Reader(user).status("training_statement", row.pk) == 404
        with pytest.raises(PermissionDenied):
            STATEMENTS.save(row=row, statement="x", by=user)
    for user in (cast.chair, cast.officer, cast.consultant):
        assert Reader(user).status("training_statement", row.pk) == 403, user
    with pytest.raises(PermissionDenied):
        STATEMENTS.save(row=row, statement="x", by=cast.ast)
    assert STATEMENTS.save(row=row, statement="As on paper", by=cast.administrator).statement == "As on paper"


def test_r_1_8_a_school_without_an_ast_states_nothing(cast: Cast) -> None:
    with pytest.raises(Refused, match="has no AST in post in that school year"):
        stated(cast, school=cast.host, by=cast.host_head)
    shown = Reader(cast.host_head).send("training_statement_add", **sent(cast, school=cast.host.pk))
    assert "Select school from the list" in shown
    assert not TrainingStatement.objects.exists()


def test_r_1_8_a_year_that_has_not_begun_is_refused(cast: Cast) -> None:
    ahead = AcademicYear.objects.create(slug="2027-28", starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31))
    with pytest.raises(Refused, match="has not begun"):
        stated(cast, year=ahead)


def test_r_1_8_without_one_by_the_end_of_autumn_the_school_is_listed_and_asked_once(cast: Cast, clock: Any) -> None:
    """Given no statement by the end of autumn, when the report runs, then the school is listed."""
    other = PostFactory(home=SchoolFactory(name="Wolds Primary School", phase="primary")).home
    assert ask_schools(reads.due_of(cast.year)) == 0, "not before"
    clock.move_to("2027-01-11 09:00")
    stated(cast)
    shown = Reader(cast.coordinator).text("training_missing")
    assert "1 of 2 schools with an AST in post has stated" in shown
    assert "Wolds Primary School" in shown
    assert "Was due by 18 December 2026" in shown
    assert cast.home.name not in shown
    assert (ask_for_training_statements(), ask_for_training_statements()) == (1, 0)
    message = Message.objects.get(kind="training-asked")
    assert message.to_email == other.email
    assert "For 2026/27 we have no statement" in message.body
    written = Reader(cast.officer).get("training_missing", export="csv").getvalue().decode()
    assert "Wolds Primary School" in written
    for user in (cast.home_head, cast.ast, cast.chair, cast.consultant):
        assert Reader(user).status("training_missing") == 403, user


def test_r_1_8_a_new_school_year_begins_by_itself(cast: Cast, clock: Any) -> None:
    stated(cast)
    assert reads.missing(cast.year, today()) == []
    after = AcademicYear.objects.create(slug="2027-28", starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31))
    clock.move_to("2027-09-06 09:00")
    assert reads.missing(after, today()) == [cast.home]
    assert reads.due_of(after) == date(2027, 12, 31), "no terms are entered yet"


def test_r_1_8_a_school_whose_ast_has_left_owes_nothing(cast: Cast) -> None:
    assert reads.missing(cast.year, today()) == [cast.home]
    Post.objects.update(ends_on=date(2026, 9, 10))
    assert reads.missing(cast.year, today()) == []
    assert "No school has an AST in post" in Reader(cast.coordinator).text("training_missing")


def test_r_1_8_first_page(cast: Cast) -> None:
    def titles(user: Any, on: date) -> list[str]:
        return [task.title for task in tasks_for(user, on) if "training" in task.title]

    words = "Say how the training plan of Hollowbrook School meets the needs of its ASTs"
    assert titles(cast.home_head, today()) == [words]
    assert titles(cast.coordinator, today()) == []
    assert titles(cast.coordinator, JANUARY) == [reads.TITLE]
    stated(cast)
    assert titles(cast.home_head, JANUARY) == titles(cast.coordinator, JANUARY) == []


def test_r_1_8_lists_cost_the_same_with_thirty_rows(cast: Cast) -> None:
    reader, costs = Reader(cast.coordinator), []
    for more in (11, 30):
        for each in PostFactory.create_batch(more):
            stated(cast, school=each.home, by=cast.coordinator)
            PostFactory()
        for page in ("training_statements", "training_missing"):
            reader.get(page)
            with CaptureQueriesContext(connection) as queries:
                reader.get(page)
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 12, costs
