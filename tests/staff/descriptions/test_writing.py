"""A job description has four parts, is written in versions, and objectives lie inside it (R-2.5, R-2.6)."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from astcoord.ui.kept import SHOWN
from staff.accounts.models import User
from staff.descriptions import rules
from staff.descriptions.actions import agreeing, writing
from staff.descriptions.models import JobDescription, JobObjective
from staff.descriptions.rules import Parts
from staff.posts.models import Post
from tests.cast import Cast
from tests.drawn import drawn
from tests.factories import PostFactory, SchoolFactory, person
from tests.schools.pages import signed_in
from tests.staff.descriptions.writing import PARTS, SENT, agreed, drafted, put
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def url(page: str, pk: int) -> str:
    return reverse(f"staff:{page}", args=[pk])


def page(user: User, found: JobDescription) -> str:
    return text(signed_in(user).get(found.get_absolute_url()))


def test_r_2_5_a_head_writes_four_parts_and_puts_them_to_the_ast(cast: Cast) -> None:
    head = signed_in(cast.home_head)
    begin = url("description_begin", cast.post.pk)
    assert begin in head.get(url("post", cast.post.pk)).content.decode()
    assert "four parts" in text(head.get(begin))
    led = head.post(begin)
    found = JobDescription.objects.get()
    assert led.headers["Location"] == url("description_change", found.pk)
    assert "Mr T Ashgrove, headteacher" in head.get(led.headers["Location"]).content.decode(), "the head is suggested"
    assert head.post(led.headers["Location"], SENT).headers["Location"] == found.get_absolute_url()
    shown = page(cast.home_head, found)
    for words in (
        "1. Title AST for mathematics Main responsibilities Lead mathematics at Key Stage 3 Support mathematics in",
        "2. Accountable to Mr T Ashgrove, headteacher, line manager at Hollowbrook School "
        "The AST co-ordinator of Marlshire County Council",
        "3. Purpose In the school To keep excellent teaching in the classroom.",
        "4. Key tasks In the classroom Teach Years 7 to 9 Try out new units Outreach Plan with teachers",
    ):
        assert words in shown
    head.post(url("description_put", found.pk))
    found.refresh_from_db()
    assert (found.status, found.head_agreed_by, found.ast_agreed_on) == ("half_agreed", cast.home_head, None)
    assert "It waits for the AST" in page(cast.home_head, found)


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        ({"title": " "}, "Title: enter what the post is called"),
        ({"responsibilities": ()}, "Title: enter at least one main responsibility"),
        ({"line_manager": ""}, "Accountable to: enter the line manager"),
        ({"purpose": ""}, "Purpose: enter what the job is for"),
        ({"head_part": ""}, "Purpose: enter the headteacher’s part"),
        ({"classroom_tasks": "\n"}, "Key tasks: the classroom is missing"),
        ({"outreach_tasks": ""}, "Key tasks: outreach is missing"),
    ],
)
def test_r_2_5_what_is_missing_is_named_when_it_is_put(cast: Cast, gap: dict[str, Any], words: str) -> None:
    draft = drafted(cast, **gap)
    head = signed_in(cast.home_head)
    assert words in page(cast.home_head, draft), "the page says it before anybody presses a button"
    said = head.post(url("description_put", draft.pk), follow=True)
    assert words in text(said) or words in said.content.decode()
    draft.refresh_from_db()
    assert (draft.status, draft.asked) == ("draft", 0), "nothing is half-done"
    [problem] = rules.whole_problems(replace(PARTS, **gap))
    assert problem.field in gap


def test_r_2_5_an_empty_draft_may_be_saved(cast: Cast) -> None:
    draft = writing.begin(post=cast.post, by=cast.home_head)
    saved = writing.save(description=draft, parts=Parts(), by=cast.home_head)
    assert len(rules.whole_problems(saved.parts)) == 7


def test_r_2_5_the_coordinator_writes_for_the_head_and_agrees_for_nobody(cast: Cast) -> None:
    found = put(cast, by=cast.coordinator)
    assert (found.status, found.head_agreed_on) == ("put", None)
    assert "It waits for the headteacher and the AST" in page(cast.coordinator, found)
    assert signed_in(cast.coordinator).post(url("description_agree", found.pk), {"seen": 1}).status_code == 403


def test_r_2_5_others_do_not_write(cast: Cast) -> None:
    for other in (cast.ast, cast.administrator, cast.outsider, cast.host_head, cast.officer, cast.consultant):
        with pytest.raises(PermissionDenied):
            writing.begin(post=cast.post, by=other)
    draft = drafted(cast)
    for other in (cast.ast, cast.administrator, cast.outsider):
        with pytest.raises(PermissionDenied):
            writing.save(description=draft, parts=PARTS, by=other)
        with pytest.raises(PermissionDenied):
            writing.put(description=draft, by=other)
        with pytest.raises(PermissionDenied):
            writing.withdraw(description=draft, reason="x", by=other)


def test_r_2_5_one_version_at_a_time(cast: Cast) -> None:
    draft = drafted(cast)
    with pytest.raises(Refused, match="Version 1 has been begun already"):
        writing.begin(post=cast.post, by=cast.coordinator)
    again = signed_in(cast.coordinator).get(url("description_begin", cast.post.pk))
    assert again.headers["Location"] == draft.get_absolute_url()
    with pytest.raises(IntegrityError), transaction.atomic():
        JobDescription.objects.create(post=cast.post, version=2, written_by=cast.coordinator)


def test_r_2_5_two_who_write_at_once_do_not_undo_each_other(cast: Cast) -> None:
    draft = drafted(cast)
    address = url("description_change", draft.pk)
    head = signed_in(cast.home_head)
    as_drawn = next(sent for _, sent in drawn(head.get(address).content.decode()) if SHOWN in sent)
    changed = replace(PARTS, purpose="Said by the co-ordinator.", title="AST, mathematics")
    writing.save(description=draft, parts=changed, by=cast.coordinator)
    answer = head.post(address, {**as_drawn, "purpose": "Said by the head."})
    assert "This was changed after you opened the page" in text(answer)
    draft.refresh_from_db()
    assert draft.purpose == "Said by the co-ordinator."
    assert head.post(address, {**as_drawn, "outreach_tasks": "Only this is changed"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.outreach_tasks) == ("AST, mathematics", "Only this is changed")


def test_r_2_5_what_is_put_is_not_changed_before_it_is_taken_back(cast: Cast) -> None:
    found = put(cast)
    head = signed_in(cast.home_head)
    led = head.post(url("description_change", found.pk), {**SENT, "title": "Another"}, follow=True)
    assert "can be changed only as a draft" in led.content.decode()
    with pytest.raises(Refused, match="no longer possible"):
        writing.save(description=found, parts=PARTS, by=cast.home_head)
    with pytest.raises(Refused, match="no longer possible"):
        writing.put(description=found, by=cast.home_head)
    assert head.post(url("description_take_back", found.pk)).headers["Location"] == url("description_change", found.pk)
    found.refresh_from_db()
    assert (found.status, found.head_agreed_on) == ("draft", None)


def test_r_2_5_a_version_is_withdrawn_with_a_reason_and_what_holds_stays(cast: Cast) -> None:
    first = agreed(cast)
    second = drafted(cast, purpose="Another")
    head = signed_in(cast.home_head)
    address = url("description_withdraw", second.pk)
    assert "Enter a short reason" in text(head.post(address, {"reason": " "}))
    assert head.post(address, {"reason": "Begun by mistake"}).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("in_force", "withdrawn")
    with pytest.raises(Refused, match="no longer possible"):
        writing.withdraw(description=second, reason="Again", by=cast.home_head)
    assert drafted(cast).version == 3


def test_r_2_5_a_new_version_begins_with_what_the_last_one_says(cast: Cast) -> None:
    draft = drafted(cast)
    inside = draft.responsibilities.last()
    said = {"criterion": "Two units are taught", "action_plan": "Aim 2", "training_plan": "Coaching course"}
    given = {"text": "Two schools plan together", "responsibility": inside, "on_outreach": True, **said}
    writing.save_objective(description=draft, by=cast.home_head, **given)
    writing.put(description=draft, by=cast.home_head)
    agreeing.agree(description=draft, seen=1, by=cast.ast)
    second = writing.begin(post=cast.post, by=cast.home_head)
    assert second.parts == draft.parts
    assert [(str(each), each.responsibility.text) for each in second.objectives] == [
        ("Two schools plan together", "Support mathematics in other schools")
    ]
    assert [{name: getattr(each, name) for name in said} for each in second.objectives] == [said]
    assert {each.pk for each in second.objectives}.isdisjoint({each.pk for each in draft.objectives})


def test_r_2_6_retained_duties_stand_in_the_title_and_raise_the_flag(cast: Cast) -> None:
    """Given an AST still deputy head, when saved, then the “management duties” flag is on."""
    office = signed_in(cast.coordinator)
    flagged = f"{reverse('staff:posts')}?check=duties"
    assert "Wren Castellow" not in text(office.get(flagged))
    draft = writing.begin(post=cast.post, by=cast.home_head)
    head = signed_in(cast.home_head)
    head.post(url("description_change", draft.pk), {**SENT, "management_duties": "Deputy headteacher"})
    assert Post.objects.get(pk=cast.post.pk).gaps(today()) == ["Management duties"]
    assert "1. Title AST for mathematics" in (shown := page(cast.home_head, draft))
    assert "Management duties kept Deputy headteacher 2. Accountable to" in shown
    assert "Management duties" in text(office.get(url("post", cast.post.pk)))
    assert "Wren Castellow" in text(office.get(flagged))
    [task] = [t for t in tasks_for(cast.coordinator, today()) if "management duties" in t.title]
    assert (task.count, task.url) == (1, flagged)
    assert AuditEvent.objects.about(cast.post).filter(verb="Management duties changed").exists()
    head.post(url("description_change", draft.pk), SENT)
    assert Post.objects.get(pk=cast.post.pk).gaps(today()) == []
    assert not [t for t in tasks_for(cast.coordinator, today()) if "management duties" in t.title]


TOGETHER = {"text": "Two schools plan together", "criterion": "Two units are taught"}


def objective(draft: JobDescription, client: Client, **sent: Any) -> Any:
    return client.post(url("job_objective_add", draft.pk), sent)


def test_r_2_6_objectives_lie_inside_the_listed_responsibilities(cast: Cast) -> None:
    draft, head = drafted(cast), signed_in(cast.home_head)
    inside = draft.responsibilities.last()
    assert "No objective is on outreach" in page(cast.home_head, draft)
    missing = text(objective(draft, head, text="", responsibility=""))
    assert "Enter the objective" in missing
    assert "Select the responsibility" in missing
    assert "Enter what will count as success" in missing, "R-12.1"
    other = PostFactory(home=cast.home)
    theirs = drafted(cast, post=other).responsibilities.first()
    outside = objective(draft, head, text="Something else", responsibility=theirs.pk, criterion="x")
    assert "must lie in one of the responsibilities that this job description lists" in text(outside)
    with pytest.raises(Refused, match="must lie in one of the responsibilities"):
        writing.save_objective(
            description=draft, text="x", responsibility=theirs, on_outreach=False, criterion="x", by=cast.home_head
        )
    assert not JobObjective.objects.exists()
    done = objective(draft, head, **TOGETHER, responsibility=inside.pk, on_outreach="on")
    assert done.status_code == 302
    shown = page(cast.home_head, draft)
    assert (
        "Support mathematics in other schools Two schools plan together (on outreach) Success: Two units are taught"
        in shown
    )
    assert "No objective is on outreach" not in shown


def test_r_2_6_a_responsibility_that_an_objective_names_is_reworded_but_not_dropped(cast: Cast) -> None:
    draft, head = drafted(cast), signed_in(cast.home_head)
    held = writing.save_objective(
        description=draft,
        text="Everybody reads the plan",
        responsibility=draft.responsibilities.first(),
        on_outreach=False,
        criterion="All have",
        by=cast.home_head,
    )
    address = url("description_change", draft.pk)
    dropped = head.post(address, {**SENT, "responsibilities": "Support mathematics in other schools"})
    assert "The objective “Everybody reads the plan” lies in “Lead mathematics at Key Stage 3”" in text(dropped)
    reworded = "Lead mathematics in Years 7 to 9\nSupport mathematics in other schools\nHelp new teachers"
    assert head.post(address, {**SENT, "responsibilities": reworded}).status_code == 302
    held.refresh_from_db()
    assert held.responsibility.text == "Lead mathematics in Years 7 to 9"
    turned = "Support mathematics in other schools\nLead mathematics in Years 7 to 9"
    assert head.post(address, {**SENT, "responsibilities": turned}).status_code == 302
    held.refresh_from_db()
    assert (held.responsibility.text, held.responsibility.number) == ("Lead mathematics in Years 7 to 9", 2)
    twice = head.post(address, {**SENT, "responsibilities": "Teach\nteach"})
    assert "“teach” is listed twice" in text(twice)
    assert "longer than 300 characters" in text(head.post(address, {**SENT, "responsibilities": "x" * 301}))


def test_r_2_6_an_objective_is_changed_and_removed_in_a_draft_only(cast: Cast) -> None:
    draft, head = drafted(cast), signed_in(cast.home_head)
    inside = draft.responsibilities.first()
    given = {"text": "One", "responsibility": inside, "on_outreach": True, "criterion": "Done"}
    held = writing.save_objective(description=draft, by=cast.home_head, **given)
    change = url("job_objective_change", held.pk)
    assert head.post(change, {"text": "Two", "responsibility": inside.pk, "criterion": "x"}).status_code == 302
    held.refresh_from_db()
    assert (held.text, held.on_outreach) == ("Two", False)
    writing.put(description=draft, by=cast.home_head)
    for address in (change, url("job_objective_add", draft.pk)):
        assert "only as a draft" in head.post(address, {"text": "x"}, follow=True).content.decode()
    with pytest.raises(Refused, match="no longer possible"):
        writing.remove_objective(objective=held, by=cast.home_head)
    writing.take_back(description=draft, by=cast.home_head)
    assert head.post(url("job_objective_remove", held.pk)).status_code == 302
    assert not JobObjective.objects.exists()
    with pytest.raises(Refused, match="removed meanwhile"):
        writing.remove_objective(objective=held, by=cast.home_head)


def test_who_has_left_gets_no_new_job_description(cast: Cast) -> None:
    Post.objects.filter(pk=cast.post.pk).update(status="left", ends_on="2026-09-30")
    with pytest.raises(PermissionDenied):
        writing.begin(post=cast.post, by=cast.home_head)
    assert signed_in(cast.home_head).get(url("description_begin", cast.post.pk)).status_code == 403


def test_names_in_other_scripts(cast: Cast) -> None:
    found = drafted(cast, line_manager="Ștefan Łuczak 校長", title="Ειδικός")
    shown = page(cast.ast, found)
    assert "Ștefan Łuczak 校長, line manager" in shown
    assert "Ειδικός" in shown


@pytest.mark.parametrize("count", [1, 30])
def test_pages_cost_the_same_with_one_version_and_with_thirty(cast: Cast, count: int) -> None:
    found = agreed(cast)
    for number in range(2, count + 1):
        JobDescription.objects.create(
            post=cast.post, version=number, status="withdrawn", written_by=cast.home_head, title="Earlier"
        )
    for number in range(count):
        row = found.responsibilities.create(number=number + 3, text=f"Responsibility {number}")
        row.objectives.create(text=f"Objective {number}")
    # An AST's page: one for each room that says something of the post, with the placements and the days to come.
    for address, most in ((found.get_absolute_url(), 15), (url("post", cast.post.pk), 26)):
        client = signed_in(cast.home_head)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= most, [query["sql"][:90] for query in asked]


def test_a_head_with_many_asts_is_asked_kindly_in_one_line(cast: Cast) -> None:
    def asked() -> list[tuple[str, int | None]]:
        return [(t.title, t.count) for t in tasks_for(cast.home_head, today()) if "job description" in t.title]

    assert asked() == [("Write the job description of Wren Castellow", None)]
    PostFactory(home=cast.home)
    assert asked() == [("ASTs without a job description", 2)]
    drafted(cast)
    assert ("Finish the job description of Wren Castellow", None) in asked()
    candidate = PostFactory(home=cast.home, status="candidate", passed_on=None, starts_on=None)
    assert (f"Write the job description of {candidate.name}", None) in asked()
    other = person("Ada Fallow", "ada@marlshire.example", "headteacher", SchoolFactory())
    assert not [t for t in tasks_for(other, today()) if "job description" in t.title]
