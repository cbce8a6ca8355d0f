"""Role training: the checklist, who lacks what, and the training co-ordinator (R-3.11, R-3.21)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from staff.accounts.actions.merging import merge
from staff.posts.events import Leaving
from staff.posts.models import Post
from staff.training import actions, consequences, reads
from staff.training.lifecycle import Topic
from staff.training.models import RoleTraining, TrainingCoordinator
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory, person
from tests.staff.secondments.telling import Reader, day, pdf_text

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 10)
INSET = "Leading whole-school INSET"


def record(cast: Cast, *topics: str, **said: Any) -> list[RoleTraining]:
    given = {"post": cast.post, "topics": topics or ("roles",), "on": ON, "by": cast.ast}
    return actions.record(**{**given, **said})


def other_ast(cast: Cast, **fields: Any) -> Post:
    user = person("Fenn Ólafsdóttir", "fenn@marlshire.example", Role.AST, SchoolFactory(name="Larkfield School"))
    return PostFactory(user=user, home=user.roles.get().school, **{"subjects": ("music",), **fields})


def test_r_3_11_seven_topics_are_ticked_with_a_day_and_who_recorded_it(cast: Cast) -> None:
    ast = Reader(cast.ast)
    assert len(Topic) == 7
    page = ast.text("role_training", cast.post.pk)
    assert [str(topic.label) for topic in Topic if str(topic.label) not in page] == []
    assert page.count("Not yet") == 7
    asked = {"topics": ["roles", "conduct"], **day("on", ON)}
    assert ast.send("role_training_record", cast.post.pk, **asked) == ""
    assert "on the checklist already" in ast.send("role_training_record", cast.post.pk, **asked), "sent twice"
    rows = RoleTraining.objects.values_list("post", "topic", "on", "recorded_by")
    assert set(rows) == {(cast.post.pk, topic, ON, cast.ast.pk) for topic in ("roles", "conduct")}
    page = ast.text("role_training", cast.post.pk)
    assert "10 September 2026" in page
    assert page.count("Not yet") == 5
    assert "2 of 7" in ast.text("post", cast.post.pk)


def test_r_3_11_the_coordinator_and_the_consultant_of_the_group_record_it_too(cast: Cast) -> None:
    for user, topic in ((cast.consultant, "roles"), (cast.coordinator, "conduct"), (cast.administrator, "support")):
        asked = {"topics": [topic], **day("on", ON)}
        assert Reader(user).send("role_training_record", cast.post.pk, **asked) == ""
    assert set(RoleTraining.objects.values_list("recorded_by", flat=True)) == {
        cast.consultant.pk,
        cast.coordinator.pk,
        cast.administrator.pk,
    }


def test_r_3_11_nobody_else_records_or_reads_it(cast: Cast) -> None:
    row = record(cast)[0]
    music = person("Cato Wyndham", "cato@marlshire.example", Role.CONSULTANT, subjects=("music",))
    other = other_ast(cast).user
    for user in (music, cast.host_head, cast.outsider, other):
        assert Reader(user).status("role_training", cast.post.pk) == 404, user
        with pytest.raises(PermissionDenied):
            record(cast, "conduct", by=user)
        with pytest.raises(PermissionDenied):
            actions.take_off(training=row, by=user)
    for user in (cast.officer, cast.chair):
        assert Reader(user).status("role_training", cast.post.pk) == 403
    head = Reader(cast.home_head)
    assert "10 September 2026" in head.text("role_training", cast.post.pk)
    assert "Take off" not in head.text("role_training", cast.post.pk)
    assert head.status("role_training_record", cast.post.pk) == 403
    with pytest.raises(PermissionDenied):
        record(cast, "conduct", by=cast.home_head)


@pytest.mark.parametrize(("on", "words"), [(date(2026, 10, 30), "in the past"), (date(1999, 1, 1), "Check the year")])
def test_r_3_11_a_wrong_day_is_refused(cast: Cast, on: date, words: str) -> None:
    with pytest.raises(Refused, match=words):
        record(cast, on=on)


def test_r_3_11_what_is_recorded_is_taken_off_and_recorded_anew(cast: Cast) -> None:
    row = record(cast)[0]
    with pytest.raises(Refused, match="recorded already"):
        record(cast, "roles")
    assert Reader(cast.consultant).send("role_training_take_off", row.pk) == ""
    with pytest.raises(Refused, match="taken off already"):
        actions.take_off(training=row, by=cast.ast)
    assert record(cast, on=date(2026, 9, 11))[0].on == date(2026, 9, 11)
    verbs = AuditEvent.objects.about(row).values_list("verb", flat=True)
    assert "role training: taken off" in verbs


def test_r_3_11_of_somebody_who_has_left_nothing_is_recorded(cast: Cast) -> None:
    Post.objects.filter(pk=cast.post.pk).update(ends_on=today() - timedelta(days=1))
    with pytest.raises(Refused, match="not an AST now"):
        record(cast, by=cast.coordinator)
    assert "Record training" not in Reader(cast.coordinator).text("role_training", cast.post.pk)


def test_r_3_11_no_inset_leadership_training_and_the_gap_report_lists_the_ast(cast: Cast) -> None:
    """Given no INSET-leadership training, when the gap report runs, then the AST appears; page, file, paper agree."""
    record(cast, *(topic for topic in Topic.values if topic != "whole_school"))
    full = other_ast(cast)
    record(cast, *Topic.values, post=full, by=cast.coordinator)
    sheet = reads.gaps(cast.coordinator, today())
    by_topic, people = sheet.tables
    assert people.rows == ((cast.post.name, cast.home.name, INSET),)
    assert {row[0]: row[1:] for row in by_topic.rows}[INSET] == (2, 1, 1)
    assert all(had + lack == asts for _, asts, had, lack in by_topic.rows)
    office = Reader(cast.coordinator)
    page = office.text("training_gaps")
    file = office.get("training_gaps", export="people").getvalue().decode()
    counts = office.get("training_gaps", export="csv").getvalue().decode()
    paper = pdf_text(office.get("training_gaps", export="pdf").content)
    for said in (page, file, paper):
        assert cast.post.name in said
        assert INSET in said
        assert full.name not in said
    assert f"{INSET},2,1,1" in counts
    actions.take_off(training=RoleTraining.objects.get(post=full, topic="roles"), by=cast.coordinator)
    assert full.name in office.text("training_gaps")


def test_r_3_11_what_was_had_in_an_earlier_post_counts(cast: Cast) -> None:
    record(cast, *Topic.values)
    again = PostFactory(user=cast.ast, home=cast.elsewhere)
    Post.objects.filter(pk=cast.post.pk).update(ends_on=today() - timedelta(days=1))
    assert all(line.training for line in reads.checklist(again))
    assert len(reads.gaps(cast.coordinator, today()).tables) == 1, "nobody lacks anything"


def test_r_3_11_a_consultant_reads_the_group_an_officer_sums(cast: Cast) -> None:
    music = other_ast(cast)
    said = Reader(cast.consultant).text("training_gaps")
    assert cast.post.name in said
    assert music.name not in said
    record(cast, "roles")
    PostFactory.create_batch(8)
    said = Reader(cast.officer).text("training_gaps")
    assert cast.post.name not in said
    table = reads.gaps(cast.officer, today()).tables[0]
    assert table.rows[0] == ("Roles and responsibilities", 10, "fewer than 3", "not shown")
    for user in (cast.ast, music.user):
        assert Reader(user).status("training_gaps") == 403
    for user in (cast.home_head, cast.chair):
        assert Reader(user).status("training_gaps") == 403


def test_no_ast_in_post_says_so(cast: Cast) -> None:
    Post.objects.update(ends_on=date(2026, 9, 2))
    assert "There is no AST in post" in Reader(cast.coordinator).text("training_gaps")


def test_r_3_21_the_training_coordinator_reads_the_gaps_of_all_and_nothing_else(cast: Cast) -> None:
    """Given one named, when opened, then the gap report of R-3.11 is theirs to read."""
    music, lead = PostFactory(subjects=("music",)), other_ast(cast).user
    named = Reader(lead)
    assert named.status("training_gaps") == 403
    office = Reader(cast.coordinator)
    assert office.send("training_coordinator_name", user=lead.pk) == ""
    said = named.text("training_gaps")
    assert (cast.post.name in said, music.name in said) == (True, True)
    assert f"/asts/{music.pk}/" not in named.get("training_gaps").content.decode(), "no way to what is not theirs"
    assert named.status("role_training", music.pk) == 404
    assert named.status("post", music.pk) == 404
    assert "You are training co-ordinator" in named.client.get("/").content.decode()
    assert Message.objects.get(kind="training-named").to_email == lead.email
    assert "Select" in office.send("training_coordinator_name", user=cast.home_head.pk)


def test_r_3_21_a_consultant_who_is_named_reads_those_of_other_subjects_too(cast: Cast) -> None:
    music = other_ast(cast)
    row = actions.name(user=cast.consultant, by=cast.coordinator)
    assert music.name in Reader(cast.consultant).text("training_gaps")
    assert Reader(cast.consultant).status("role_training", music.pk) == 404
    actions.end(row=row, by=cast.coordinator)
    assert music.name not in Reader(cast.consultant).text("training_gaps")


def test_r_3_21_one_at_a_time_is_replaced_and_ended(cast: Cast) -> None:
    first = actions.name(user=cast.ast, by=cast.coordinator)
    with pytest.raises(Refused, match="already"):
        actions.name(user=cast.ast, by=cast.coordinator)
    second = actions.name(user=cast.consultant, by=cast.coordinator)
    first.refresh_from_db()
    assert first.ended_on == today()
    assert Reader(cast.ast).status("training_gaps") == 403
    assert Message.objects.get(kind="training-ended").to_email == cast.ast.email
    office = Reader(cast.coordinator)
    page = office.text("training_coordinator")
    assert (cast.ast.name in page, cast.consultant.name in page) == (True, True)
    for _ in range(2):
        assert office.send("training_coordinator_end", second.pk) == ""
    assert Message.objects.filter(kind="training-ended").count() == 2, "ended once"
    assert "Nobody is named" in office.text("training_coordinator")
    TrainingCoordinator.objects.create(user=cast.ast, since=today() - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingCoordinator.objects.create(user=cast.consultant, since=today())


def test_r_3_21_only_the_coordinator_names(cast: Cast) -> None:
    for user in (cast.administrator, cast.consultant, cast.officer, cast.ast, cast.home_head):
        assert Reader(user).status("training_coordinator") == 403
        with pytest.raises(PermissionDenied):
            actions.name(user=cast.ast, by=user)
    with pytest.raises(Refused, match="Select a consultant or an AST"):
        actions.name(user=cast.officer, by=cast.coordinator)


def test_r_3_21_who_is_no_ast_any_more_reads_nothing_and_the_page_says_so(cast: Cast) -> None:
    actions.name(user=cast.ast, by=cast.coordinator)
    leaving = Leaving(cast.post, last_day=today(), today=today())
    assert [hanging.what for hanging in consequences.of_leaving(leaving)] == ["Training co-ordinator"]
    cast.ast.roles.update(ends_on=today() - timedelta(days=1))
    assert Reader(cast.ast).status("training_gaps") == 403
    assert "neither a consultant nor an AST" in Reader(cast.coordinator).text("training_coordinator")


def test_r_17_7_of_merged_accounts_the_one_that_goes_on_recorded_and_coordinates(cast: Cast) -> None:
    second = person("Orla Thistlethwaite", "orla.t@marlshire.example", Role.CONSULTANT, subjects=("mathematics",))
    row = record(cast, by=second)[0]
    named = actions.name(user=second, by=cast.coordinator)
    merge(keep=cast.consultant, other=second, reason="Rang.", by=cast.coordinator)
    row.refresh_from_db()
    named.refresh_from_db()
    assert (row.recorded_by, named.user) == (cast.consultant, cast.consultant)


def test_r_3_11_the_report_costs_the_same_with_thirty_asts(cast: Cast) -> None:
    reader, costs = Reader(cast.coordinator), []
    for more in (1, 29):
        for post in PostFactory.create_batch(more):
            record(cast, post=post, by=cast.coordinator)
        for page in (("training_gaps",), ("role_training", cast.post.pk)):
            reader.get(*page)
            with CaptureQueriesContext(connection) as queries:
                reader.get(*page)
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 12, costs
