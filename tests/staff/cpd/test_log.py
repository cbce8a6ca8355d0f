"""The CPD log: written, changed, evaluated, reminded of; who reads it; its numbers (R-3.9)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from staff.accounts.actions.merging import merge
from staff.accounts.models import User
from staff.cpd import reads
from staff.cpd.actions.log import CPD, evaluate
from staff.cpd.models import CpdEntry
from staff.cpd.tasks import remind_of_cpd_visits
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory, person
from tests.staff.secondments.telling import Reader, day, pdf_text

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 10)
FORM = {"kind": "visit", "what": "A day at a science centre", "days": "0.5", "keeps_up": "New experiments"}


def entry(cast: Cast, **said: Any) -> CpdEntry:
    given = {**FORM, "days": Decimal("0.5"), "on": ON, "post": cast.post, "by": cast.ast}
    return CPD.save(**{**given, **said})


def todo(user: User) -> list[str]:
    return [task.title for task in tasks_for(User.objects.get(pk=user.pk), today())]


def test_r_3_9_the_ast_writes_what_when_days_and_how_it_keeps_up_to_date(cast: Cast) -> None:
    ast = Reader(cast.ast)
    assert "Enter how it keeps" in ast.send("cpd_entry_add", **{**FORM, "keeps_up": " "}, **day("on", ON))
    assert ast.send("cpd_entry_add", **FORM, **day("on", ON)) == ""
    row = CpdEntry.objects.get()
    assert (row.post, row.on, row.days, row.recorded_by) == (cast.post, ON, Decimal("0.5"), cast.ast)
    page = ast.text("cpd_entry", row.pk)
    assert [words for words in ("science centre", "10 September 2026", "New experiments") if words not in page] == []
    changed = {**FORM, "what": "Ein Tag in Zürich, 好", "days": "1"}
    assert ast.send("cpd_entry_change", row.pk, **changed, **day("on", ON)) == ""
    assert "Zürich, 好" in ast.text("cpd_log")
    assert "1 entry, 1 day" in ast.text("post", cast.post.pk)
    assert ast.send("cpd_entry_remove", row.pk) == ""
    assert not CpdEntry.objects.exists()


def test_r_3_9_the_office_and_the_consultant_of_the_group_keep_it_for_an_ast(cast: Cast) -> None:
    PostFactory(subjects=("mathematics",))
    for user in (cast.coordinator, cast.consultant, cast.administrator):
        assert Reader(user).send("cpd_entry_add", **FORM, post=cast.post.pk, **day("on", ON)) == ""
    assert set(CpdEntry.objects.values_list("post", flat=True)) == {cast.post.pk}
    other = PostFactory(subjects=("music",))
    assert "Select whose log it is for" in Reader(cast.consultant).send(
        "cpd_entry_add", **FORM, post=other.pk, **day("on", ON)
    )
    with pytest.raises(PermissionDenied):
        entry(cast, post=other, by=cast.consultant)
    with pytest.raises(PermissionDenied):
        entry(cast, post=other)


def test_r_3_9_who_reads_the_log(cast: Cast) -> None:
    row = entry(cast)
    music = person("Cato Wyndham", "cato@marlshire.example", Role.CONSULTANT, subjects=("music",))
    for user in (cast.coordinator, cast.administrator, cast.consultant, cast.home_head, cast.ast):
        assert row.what in Reader(user).text("cpd_log"), user
        assert row.keeps_up in Reader(user).text("cpd_entry", row.pk)
    for user in (music, cast.host_head, cast.outsider):
        assert Reader(user).status("cpd_entry", row.pk) == 404, user
        assert row.what not in Reader(user).text("cpd_log")
    for user in (cast.officer, cast.chair):
        assert Reader(user).status("cpd_log") == 403
    assert Reader(cast.home_head).status("cpd_entry_change", row.pk) == 403
    assert row.what not in Reader(cast.officer).text("post", cast.post.pk)
    for user in (music, cast.home_head, cast.officer):
        with pytest.raises(PermissionDenied):
            evaluate(entry=row, evaluation="x", by=user)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"what": " "}, "Enter what it was"),
        ({"on": date(1926, 9, 10)}, "Check the year"),
        ({"on": date(2126, 9, 10)}, "Check the year"),
        ({"days": Decimal(41)}, "40 days or fewer"),
    ],
)
def test_r_3_9_what_makes_an_entry_wrong(cast: Cast, said: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        entry(cast, **said)


def test_r_3_9_nothing_is_added_for_somebody_who_has_left_but_what_is_there_is_put_right(cast: Cast) -> None:
    row = entry(cast)
    Post.objects.filter(pk=cast.post.pk).update(ends_on=today() - timedelta(days=1))
    with pytest.raises(Refused, match="not an AST now"):
        entry(cast, what="Another", post=Post.objects.get(pk=cast.post.pk), by=cast.coordinator)
    fresh = CpdEntry.objects.get(pk=row.pk)
    assert CPD.save(row=fresh, what="A day in Ålesund", by=cast.coordinator).what == "A day in Ålesund"


def test_r_3_9_a_visit_is_evaluated_and_put_in_other_words(cast: Cast) -> None:
    row, ahead = entry(cast), entry(cast, what="Later", on=today() + timedelta(days=2))
    ast = Reader(cast.ast)
    assert "Not evaluated yet" in ast.text("cpd_entry", row.pk)
    assert ast.send("cpd_entry_evaluate", row.pk, evaluation=" ") != ""
    assert ast.send("cpd_entry_evaluate", row.pk, evaluation="Two ideas for year 9") == ""
    assert "Two ideas for year 9" in ast.text("cpd_entry", row.pk)
    assert evaluate(entry=row, evaluation="Three ideas", by=cast.consultant).evaluated_on == today()
    assert "still to come" in ast.send("cpd_entry_evaluate", ahead.pk, evaluation="x")
    assert "Say what came of it" not in ast.text("cpd_entry", ahead.pk)


@pytest.mark.parametrize(("ago", "told"), [(13, 0), (14, 1), (40, 1)])
def test_r_3_9_a_visit_without_evaluation_after_14_days_brings_one_reminder(cast: Cast, ago: int, told: int) -> None:
    """Given a CPD visit without evaluation after 14 days, when the job runs, then a reminder: once."""
    row = entry(cast, on=today() - timedelta(days=ago))
    entry(cast, kind="course", what="A course", on=today() - timedelta(days=60))
    assert (remind_of_cpd_visits(), remind_of_cpd_visits()) == (told, 0)
    sent = Message.objects.filter(kind="cpd-unevaluated")
    assert [message.to_email for message in sent] == [cast.ast.email] * told
    if told:
        assert row.get_absolute_url() in sent[0].body
        assert todo(cast.ast)[0].startswith("Say what came of your visit")
        evaluate(entry=row, evaluation="Ideas", by=cast.ast)
    assert not [title for title in todo(cast.ast) if "visit" in title]


def test_r_3_9_no_reminder_of_what_is_evaluated_or_of_who_has_left_and_a_new_one_for_a_new_day(cast: Cast) -> None:
    row = entry(cast)
    evaluate(entry=row, evaluation="Ideas", by=cast.ast)
    second = entry(cast, what="Second")
    Post.objects.filter(pk=cast.post.pk).update(ends_on=today() - timedelta(days=1))
    assert remind_of_cpd_visits() == 0
    Post.objects.filter(pk=cast.post.pk).update(ends_on=None)
    assert remind_of_cpd_visits() == 1
    CPD.save(row=CpdEntry.objects.get(pk=second.pk), on=ON - timedelta(days=3), by=cast.ast)
    assert remind_of_cpd_visits() == 1, "of the day that it really was"


def test_r_3_9_numbers_agree_on_page_file_and_paper_and_officers_read_no_small_groups(cast: Cast) -> None:
    entry(cast)
    for post in PostFactory.create_batch(4, home=SchoolFactory(), subjects=("music",)):
        entry(cast, post=post, kind="course", days=Decimal(1), by=cast.coordinator)
    table = reads.figures(cast.coordinator, today()).tables[0]
    assert table.rows == (("Course or conference", 4, 4, "4"), ("Visit to a school or elsewhere", 1, 1, "0.5"))
    assert table.total == ("All", 5, 5, "4.5")
    office = Reader(cast.coordinator)
    assert "Course or conference,4,4,4" in office.get("cpd_figures", export="csv").getvalue().decode()
    assert "Course or conference 4 4 4" in pdf_text(office.get("cpd_figures", export="pdf").content)
    assert reads.figures(cast.consultant, today()).tables[0].total == ("All", 1, 1, "0.5")
    sums = reads.figures(cast.officer, today()).tables[0]
    assert not {1, "0.5"} & {cell for row in sums.rows for cell in row}
    assert Reader(cast.officer).status("cpd_figures") == 200
    assert Reader(cast.home_head).status("cpd_figures") == 403


def test_r_3_9_no_entries_say_so(cast: Cast) -> None:
    assert "Nothing stands on the CPD logs" in Reader(cast.coordinator).text("cpd_figures")
    assert "Nothing is on the CPD log yet" in Reader(cast.ast).text("cpd_log")


def test_r_17_7_entries_written_by_an_account_that_is_merged_go_over(cast: Cast) -> None:
    second = person("Orla Thistlethwaite", "orla.t@marlshire.example", Role.CONSULTANT, subjects=("mathematics",))
    row = entry(cast, by=second)
    merge(keep=cast.consultant, other=second, reason="Rang.", by=cast.coordinator)
    row.refresh_from_db()
    assert row.recorded_by == cast.consultant


def test_r_3_9_the_log_costs_the_same_with_thirty_entries(cast: Cast) -> None:
    reader, costs = Reader(cast.coordinator), []
    for more in (1, 29):
        for post in PostFactory.create_batch(more):
            row = entry(cast, post=post, by=cast.coordinator)
        for page in (("cpd_log",), ("cpd_figures",), ("cpd_entry", row.pk)):
            reader.get(*page)
            with CaptureQueriesContext(connection) as queries:
                reader.get(*page)
            costs.append(len(queries))
    assert costs[:3] == costs[3:]
    assert max(costs) <= 12, costs
