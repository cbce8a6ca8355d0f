"""QA visits: planned, done, written up, shared, commented, closed; who reads what; who is unvisited (R-3.7, R-3.8)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core import presets
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from staff.accounts.actions.merging import merge
from staff.accounts.models import User
from staff.figures.reads.asts import Chosen, dimensions_for, sheet
from staff.posts.events import Leaving, Moving, TakenBack
from staff.posts.models import Post
from staff.quality import actions, consequences, reads
from staff.quality.lifecycle import QaStatus
from staff.quality.models import QaVisit
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory, person
from tests.staff.secondments.telling import Reader, day

pytestmark = pytest.mark.django_db
S = QaStatus
GOOD, TODO, SAID = "Clear questions", "Plan the plenary", "A fair picture"
REPORT = {"outcome": "Good", "strengths": GOOD, "actions": TODO}
SINCE = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def switched_on(cast: Cast) -> None:
    cast.policy.qa_visits = True
    cast.policy.save()


def plan(cast: Cast, **said: Any) -> QaVisit:
    given = {"post": cast.post, "kind": "teaching", "on": today(), "visitor": cast.consultant, "by": cast.consultant}
    return actions.plan(**{**given, **said})


def written_up(cast: Cast, **said: Any) -> QaVisit:
    visit = actions.record_done(visit=plan(cast, **said), by=cast.coordinator)
    return actions.write_up(visit=visit, by=cast.coordinator, **REPORT)


def shared(cast: Cast, **said: Any) -> QaVisit:
    return actions.share(visit=written_up(cast, **said), by=cast.coordinator)


def commented(cast: Cast, *, head: bool) -> QaVisit:
    return actions.comment(visit=shared(cast), comment=SAID, head_may_read=head, by=cast.ast)


def visited(post: Post, kind: str, visitor: User) -> QaVisit:
    return QaVisit.objects.create(post=post, kind=kind, on=date(2026, 9, 15), visitor=visitor, status=S.DONE)


def test_r_3_7_a_visit_goes_its_whole_way_through_the_pages(cast: Cast) -> None:
    group, ast = Reader(cast.consultant), Reader(cast.ast)
    asked = {"kind": "teaching", "visitor": cast.consultant.pk, **day("on", today())}
    assert group.send("qa_visit_plan", cast.post.pk, **asked) == ""
    assert "planned already" in group.send("qa_visit_plan", cast.post.pk, **asked), "sent twice"
    visit = QaVisit.objects.get()
    assert group.send("qa_visit_done", visit.pk) == ""
    assert "Enter what was good" in group.send("qa_visit_write_up", visit.pk, outcome="Good", actions=TODO)
    assert group.send("qa_visit_write_up", visit.pk, **REPORT) == ""
    assert GOOD not in ast.text("qa_visit", visit.pk), "not shared yet"
    assert group.send("qa_visit_share", visit.pk) == ""
    assert GOOD in ast.text("qa_visit", visit.pk)
    assert "Select whether your headteacher" in ast.send("qa_visit_comment", visit.pk, comment=SAID)
    assert ast.send("qa_visit_comment", visit.pk, comment=SAID, head_may_read="no") == ""
    assert SAID in group.text("qa_visit", visit.pk)
    assert group.send("qa_visit_close", visit.pk) == ""
    visit.refresh_from_db()
    assert (visit.status, visit.outcome, visit.comment) == (S.CLOSED, "Good", SAID)


def test_n24_ast_and_own_head_hear_of_the_plan_the_ast_of_the_report(cast: Cast) -> None:
    visit = shared(cast)
    told = set(Message.objects.filter(kind="qa-planned").values_list("to_email", flat=True))
    assert told == {cast.ast.email, cast.home_head.email}
    bodies = " ".join(Message.objects.filter(kind="qa-planned").values_list("body", flat=True))
    assert "an AST of your school" in bodies
    assert "to your work" in bodies
    report = Message.objects.get(kind="qa-shared")
    assert report.to_email == cast.ast.email
    assert not {GOOD, TODO, "Good"} & set(report.body.split("\n"))
    assert visit.get_absolute_url() in report.body


@pytest.mark.parametrize("state", ["shared", "agreed"])
def test_r_3_8_who_reads_the_outcome(cast: Cast, state: str) -> None:
    visit = shared(cast) if state == "shared" else commented(cast, head=True)
    other = person("Cato Wyndham", "cato@marlshire.example", Role.CONSULTANT, subjects=("music",))
    reads_it = {cast.coordinator, cast.consultant, cast.ast} | ({cast.home_head} if state == "agreed" else set())
    for user in (cast.coordinator, cast.consultant, cast.ast, cast.home_head):
        said = Reader(user).text("qa_visit", visit.pk)
        assert (GOOD in said, TODO in said) == (user in reads_it, user in reads_it), user
    for user in (cast.host_head, cast.outsider, other):
        assert Reader(user).status("qa_visit", visit.pk) == 404, user
        assert visit.post.name not in Reader(user).text("qa_visits")
    for user in (cast.administrator, cast.officer, cast.chair):
        assert Reader(user).status("qa_visit", visit.pk) == 403, user
        assert Reader(user).status("qa_visits") == 403


def test_r_3_8_the_own_head_reads_the_plan_and_not_the_report_unless_the_ast_agrees(cast: Cast) -> None:
    visit = commented(cast, head=False)
    said = Reader(cast.home_head).text("qa_visit", visit.pk)
    assert cast.consultant.name in said
    assert "if the AST agrees" in said
    assert [words for words in (GOOD, TODO, SAID) if words in said] == []


def test_r_3_8_no_outcome_on_an_ast_profile(cast: Cast) -> None:
    """Given a host headteacher, when an AST's profile is opened, then no outcome is shown; nor to anybody else."""
    placement = cast.placement()
    visit = commented(cast, head=True)
    QaVisit.objects.filter(pk=visit.pk).update(outcome="Marked outcome")
    host = Reader(cast.host_head)
    assert host.status("post", cast.post.pk) == 404
    shown = host.client.get(placement.get_absolute_url()).content.decode()
    assert cast.post.name in shown
    assert "Marked outcome" not in shown + host.text("expertise")
    assert "QA visit" not in shown
    for user in (cast.home_head, cast.administrator, cast.officer, cast.coordinator, cast.ast):
        assert "Marked outcome" not in Reader(user).text("post", cast.post.pk), user
    assert "QA visits" in Reader(cast.coordinator).text("post", cast.post.pk)
    assert "QA visit" not in Reader(cast.administrator).text("post", cast.post.pk)


def test_r_3_7_somebody_outside_the_group_enters_nothing(cast: Cast) -> None:
    other = person("Cato Wyndham", "cato@marlshire.example", Role.CONSULTANT, subjects=("music",))
    for user in (other, cast.host_head, cast.home_head, cast.administrator, cast.ast):
        with pytest.raises(PermissionDenied):
            plan(cast, by=user)
    with pytest.raises(Refused, match="Select the co-ordinator or a consultant"):
        plan(cast, visitor=other)
    assert Reader(other).status("qa_visit_plan", cast.post.pk) == 404
    visit = plan(cast)
    refused: list[Callable[..., Any]] = [actions.record_done, actions.share, actions.close]
    for action in refused:
        with pytest.raises(PermissionDenied):
            action(visit=visit, by=other)
    with pytest.raises(PermissionDenied):
        actions.write_up(visit=visit, by=other, **REPORT)
    with pytest.raises(PermissionDenied):
        actions.comment(visit=shared(cast, kind="outreach"), comment="", head_may_read=True, by=cast.home_head)


def test_r_3_7_nobody_visits_themselves(cast: Cast) -> None:
    person_of_both = cast.ast
    person_of_both.roles.create(role=Role.CONSULTANT, subjects=("mathematics",), starts_on=date(2026, 9, 1))
    fresh = User.objects.get(pk=person_of_both.pk)
    with pytest.raises(PermissionDenied):
        plan(cast, by=fresh, visitor=fresh)
    with pytest.raises(Refused):
        plan(cast, by=cast.coordinator, visitor=fresh)


@pytest.mark.parametrize(("ahead", "words"), [(-1, "today or later"), (400, "more than a year ahead")])
def test_r_3_7_a_wrong_day_is_refused(cast: Cast, ahead: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        plan(cast, on=today() + timedelta(days=ahead))


def test_r_3_7_a_visit_to_come_is_not_done_and_not_written_up(cast: Cast) -> None:
    visit = plan(cast, on=today() + timedelta(days=3))
    with pytest.raises(Refused, match="still to come"):
        actions.record_done(visit=visit, by=cast.consultant)
    with pytest.raises(Refused, match="no longer possible"):
        actions.write_up(visit=visit, by=cast.consultant, **REPORT)


def test_r_3_7_a_visit_is_moved_or_cancelled_and_both_are_told(cast: Cast) -> None:
    visit = plan(cast)
    group = Reader(cast.consultant)
    moved = {"visitor": cast.coordinator.pk, **day("on", today() + timedelta(days=7))}
    assert group.send("qa_visit_change", visit.pk, **moved) == ""
    visit.refresh_from_db()
    assert (visit.on, visit.visitor) == (today() + timedelta(days=7), cast.coordinator)
    assert "Enter" in group.send("qa_visit_cancel", visit.pk, reason="")
    assert group.send("qa_visit_cancel", visit.pk, reason="Snow") == ""
    told = set(Message.objects.filter(kind="qa-cancelled").values_list("to_email", flat=True))
    assert told == {cast.ast.email, cast.home_head.email}
    assert plan(cast, on=visit.on).status == S.PLANNED, "planned anew for the same day"


def test_r_3_8_the_outcome_is_of_the_authoritys_scale(cast: Cast) -> None:
    cast.policy.qa_outcomes = "Secure\nDeveloping"
    cast.policy.full_clean()
    cast.policy.save()
    visit = actions.record_done(visit=plan(cast), by=cast.consultant)
    with pytest.raises(Refused, match="Select the outcome"):
        actions.write_up(visit=visit, by=cast.consultant, **REPORT)
    done = actions.write_up(visit=visit, by=cast.consultant, **{**REPORT, "outcome": "Secure"})
    cast.policy.qa_outcomes = "Met\nNot met"
    cast.policy.save()
    assert actions.scale_for(done) == ["Secure", "Met", "Not met"], "what a report says stays sayable"
    for wrong in ("", "Good", "Good\ngood", "x" * 61 + "\nGood"):
        cast.policy.qa_outcomes = wrong
        with pytest.raises(ValidationError):
            cast.policy.full_clean()


def test_r_3_7_eight_secondary_asts_five_visited_for_both_three_listed(cast: Cast) -> None:
    posts = [cast.post, *PostFactory.create_batch(7)]
    primary = PostFactory(home=SchoolFactory(phase="primary"))
    for post in posts[:5]:
        for kind in ("teaching", "outreach"):
            visited(post, kind, cast.coordinator)
    visited(posts[5], "teaching", cast.coordinator)
    plan(cast, post=posts[6], kind="outreach", by=cast.coordinator, visitor=cast.coordinator)
    found = reads.coverage(cast.coordinator, SINCE, today())
    assert set(found.posts) == set(posts[5:])
    assert (found.visited, found.asts) == (5, 8)
    said = Reader(cast.coordinator).text("qa_coverage")
    assert "5 of 8 ASTs" in said
    assert primary.name not in said
    for post, kind in ((posts[5], "outreach"), *((p, k) for p in posts[6:] for k in ("teaching", "outreach"))):
        visited(post, kind, cast.coordinator)
    found = reads.coverage(cast.coordinator, SINCE, today())
    assert [*found.posts] == [primary], "then the others"
    said = Reader(cast.coordinator).get("qa_coverage", export="csv").getvalue().decode()
    assert primary.name in said
    assert "Not visited" in said


def test_r_3_7_visits_of_earlier_years_do_not_count_and_a_consultant_sees_the_group(cast: Cast) -> None:
    old = visited(cast.post, "teaching", cast.coordinator)
    QaVisit.objects.filter(pk=old.pk).update(on=date(2026, 6, 1))
    music = PostFactory(subjects=("music",))
    listed = reads.coverage(cast.consultant, SINCE, today()).posts
    assert [(post, post.teaching) for post in listed] == [(cast.post, False)]
    assert music.name not in Reader(cast.consultant).text("qa_coverage")
    for user in (cast.administrator, cast.officer, cast.home_head, cast.ast, cast.chair):
        assert Reader(user).status("qa_coverage") == 403


def test_no_ast_to_visit_says_so(cast: Cast) -> None:
    Post.objects.update(ends_on=date(2026, 9, 2))
    assert "There is no AST to visit" in Reader(cast.coordinator).text("qa_coverage")


def test_r_3_7_lists_cost_the_same_with_thirty_rows(cast: Cast) -> None:
    reader, costs = Reader(cast.coordinator), []
    for more in (1, 29):
        for post in PostFactory.create_batch(more):
            visited(post, "teaching", cast.consultant)
        for page in ("qa_visits", "qa_coverage"):
            reader.get(page)
            with CaptureQueriesContext(connection) as queries:
                reader.get(page)
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 12, costs
    visit = shared(cast)
    reader.get("qa_visit", visit.pk)
    with CaptureQueriesContext(connection) as queries:
        reader.get("qa_visit", visit.pk)
    assert len(queries) <= 15


def test_r_16_3_a_look_at_a_report_is_recorded_and_its_words_stand_in_no_trail(cast: Cast) -> None:
    visit = commented(cast, head=True)
    for user in (cast.coordinator, cast.home_head, cast.ast):
        Reader(user).get("qa_visit", visit.pk)
    looks = AuditEvent.objects.about(visit).filter(verb="Viewed: QA visit report")
    assert {each.by for each in looks} == {cast.coordinator, cast.home_head}
    trail = " ".join(f"{each.before} {each.after} {each.reason}" for each in AuditEvent.objects.about(visit))
    assert [words for words in (GOOD, TODO, SAID, "'Good'") if words in trail] == []


def test_a_visit_is_written_up_anew_until_it_is_shared_and_two_people_share_once(cast: Cast) -> None:
    visit = written_up(cast)
    actions.write_up(visit=visit, by=cast.consultant, **{**REPORT, "strengths": "Ålesund, Ωmega, 好"})
    actions.share(visit=visit, by=cast.consultant)
    with pytest.raises(Refused):
        actions.share(visit=visit, by=cast.coordinator)
    with pytest.raises(Refused):
        actions.write_up(visit=visit, by=cast.consultant, **REPORT)
    assert "Ålesund, Ωmega, 好" in Reader(cast.ast).text("qa_visit", visit.pk)
    assert Message.objects.filter(kind="qa-shared").count() == 1


def test_r_17_7_the_visitor_of_merged_accounts_is_the_one_that_goes_on(cast: Cast) -> None:
    second = person("Orla Thistlethwaite", "orla.t@marlshire.example", Role.CONSULTANT, subjects=("mathematics",))
    visit = plan(cast, visitor=second)
    merge(keep=cast.consultant, other=second, reason="Rang.", by=cast.coordinator)
    visit.refresh_from_db()
    assert visit.visitor == cast.consultant


def test_where_the_policy_has_none_there_are_no_pages_and_no_card(cast: Cast) -> None:
    visit = plan(cast)
    cast.policy.qa_visits = False
    cast.policy.save()
    office = Reader(cast.coordinator)
    assert [office.status(*page) for page in (("qa_visits",), ("qa_coverage",), ("qa_visit", visit.pk))] == [404] * 3
    assert "QA visit" not in office.text("post", cast.post.pk)


def test_bradford_has_qa_visits() -> None:
    on = {name for name in presets.NAMES if presets.settings_of(name).get("qa_visits")}
    assert on == {"bradford"}


def test_r_3_6_asts_by_phase_service_and_outcome_for_those_who_may_read_it(cast: Cast) -> None:
    """The third dimension: row totals agree; administrators have none, officers no groups under 3."""
    posts = [cast.post, *PostFactory.create_batch(9)]
    for post in posts[:7]:
        visit = visited(post, "teaching", cast.coordinator)
        QaVisit.objects.filter(pk=visit.pk).update(status=S.WRITTEN_UP, outcome="Good" if post != cast.post else "Old")
    chosen = Chosen(rows="phase", columns="outcome")
    found = sheet(cast.coordinator, chosen, today()).tables[0]
    assert found.header == ("Phase", "Good", "Old", "Not observed", "All")
    assert found.rows == (("Secondary", 6, 1, 3, 10),)
    split = sheet(cast.coordinator, Chosen(rows="phase", columns="service", split="outcome"), today())
    assert [table.total[-1] for table in split.tables] == [6, 1, 3]
    sums = sheet(cast.officer, chosen, today()).tables[0]
    assert 1 not in sums.rows[0], "none under 3"
    assert "outcome" not in dimensions_for(cast.administrator, today())
    page = Reader(cast.administrator).get("ast_figures", rows="phase", columns="outcome").content.decode()
    assert "Outcome of observation" not in page
    assert "Outcome of observation" in Reader(cast.consultant).get("ast_figures").content.decode()


def test_r_17_7_the_head_of_a_new_school_reads_no_report_and_hears_of_what_is_planned(cast: Cast) -> None:
    old = commented(cast, head=True)
    ahead = plan(cast, kind="outreach", on=today() + timedelta(days=9))
    cast.post.home = cast.elsewhere
    cast.post.save()
    event = Moving(cast.post, left=cast.home, home=cast.elsewhere, on=today(), today=today())
    assert [hanging.what for hanging in consequences.of_moving(event)] == [f"QA visit: {ahead}", f"QA visit: {old}"]
    consequences.carry_moving(event, cast.coordinator)
    assert GOOD not in Reader(cast.outsider).text("qa_visit", old.pk)
    assert Message.objects.filter(kind="qa-planned", to_email=cast.outsider.email).exists()


def test_r_17_7_visits_after_the_last_day_are_cancelled(cast: Cast) -> None:
    visit = plan(cast, on=today() + timedelta(days=9))
    event = Leaving(cast.post, last_day=today() + timedelta(days=3), today=today())
    assert len(list(consequences.of_leaving(event))) == 1
    consequences.carry_leaving(event, cast.coordinator)
    visit.refresh_from_db()
    assert visit.status == S.CANCELLED


def test_r_2_1_a_first_day_taken_back_cancels_the_visits_that_are_planned(cast: Cast) -> None:
    visit = plan(cast)
    event = TakenBack(cast.post, today=today())
    assert [hanging.fate for hanging in consequences.of_taken_back(event)] == ["Is cancelled"]
    consequences.carry_taken_back(event, cast.coordinator)
    visit.refresh_from_db()
    assert visit.status == "cancelled"
