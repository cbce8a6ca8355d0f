"""Outreach judgements: written, issued, acknowledged, replaced, withdrawn; who reads what (R-12.1 to R-12.4)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.home import tasks_for
from astcoord.core.models.documents import Document
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from evaluation.performance import actions, consequences
from evaluation.performance.lifecycle import JudgementStatus
from evaluation.performance.models import OutreachJudgement
from placements.supported.models import SupportedStaff
from schools.calendar.models import AcademicYear
from schools.register.lifecycle import RegisterStatus
from schools.register.models import School
from schools.succession.actions import settle
from schools.succession.reads import what_goes
from staff.accounts.events import NewHead
from staff.accounts.models import User
from staff.posts.events import Leaving, Moving, TakenBack
from tests.cast import Cast
from tests.evaluation.performance.telling import (
    CRITERION,
    JUDGED,
    NEEDS,
    SHOWS,
    TARGET,
    Reader,
    begun,
    issued,
    paper,
    said,
    target,
    with_target,
    written,
)
from tests.factories import PostFactory, SchoolFactory, person

pytestmark = [pytest.mark.django_db]
S = JudgementStatus
WORDS = (JUDGED, NEEDS, SHOWS)
TODAY = date(2026, 10, 5)


def sent(cast: Cast, **other: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    pk = target(cast).pk
    return {f"reached_{pk}": "partly", f"evidence_{pk}": SHOWS, "judgement": JUDGED, "development": NEEDS, **other}


def test_r_12_2_a_judgement_goes_its_whole_way_through_the_pages(cast: Cast) -> None:
    with_target(cast)
    office, head, ast = Reader(cast.coordinator), Reader(cast.home_head), Reader(cast.ast)
    assert TARGET in office.send("judgement_begin", cast.post.pk, cast.year.slug)
    row = OutreachJudgement.objects.get()
    said_again = office.send("judgement_begin", cast.post.pk, cast.year.slug)
    assert "A draft has been begun already" in said_again, "sent twice"
    assert [reader.status("judgement", row.pk) for reader in (head, ast)] == [404, 404], "not issued yet"
    assert "The draft is saved" in office.send("judgement_write", row.pk, **sent(cast))
    assert "told by e-mail" in office.send("judgement_issue", row.pk)
    for reader in (head, ast):
        shown = reader.text("judgement", row.pk)
        assert [words for words in (*WORDS, TARGET, CRITERION, "Reached in part") if words not in shown] == []
    assert "You have acknowledged it" in head.send("judgement_acknowledge", row.pk)
    assert "no longer possible" in head.send("judgement_acknowledge", row.pk), "sent twice"
    row.refresh_from_db()
    assert (row.status, row.home, row.issued_on) == (S.ACKNOWLEDGED, cast.home, row.acknowledged_on)


def test_r_12_4_without_development_needs_it_is_not_issued(cast: Cast) -> None:
    """Given empty, when issued, then refused."""
    with_target(cast)
    row = written(cast, development="  ")
    office = Reader(cast.coordinator)
    wanting = "Enter what the AST needs to develop in the role of an AST"
    assert wanting in office.text("judgement", row.pk)
    assert wanting in office.send("judgement_issue", row.pk)
    with pytest.raises(Refused, match=wanting) as refused:
        actions.issue(row=row, by=cast.coordinator)
    assert [problem.rule for problem in refused.value.problems] == ["R-12.4"]
    row.refresh_from_db()
    assert row.status == S.DRAFT
    assert not Message.objects.filter(kind="judgement-issued").exists()


def test_r_12_2_each_target_is_judged_and_the_whole(cast: Cast) -> None:
    with_target(cast)
    row = written(cast, judgement="", targets={target(cast).pk: ("reached", " ")})
    with pytest.raises(Refused) as refused:
        actions.issue(row=row, by=cast.coordinator)
    assert [problem.code for problem in refused.value.problems] == ["target", "missing"]
    assert TARGET in str(refused.value)


def test_r_12_1_without_a_target_it_says_so_and_can_be_issued(cast: Cast) -> None:
    with_target(cast, outreach=False)
    row = written(cast)
    assert "there is no target to judge against" in Reader(cast.coordinator).text("judgement", row.pk)
    assert actions.issue(row=row, by=cast.coordinator).status == S.ISSUED


@pytest.mark.parametrize("outreach", [False, True])
def test_r_12_1_without_an_outreach_objective_head_and_coordinator_are_warned(cast: Cast, outreach: bool) -> None:
    """Given no outreach objective, when finalised, then a warning to OH and Co."""
    found = with_target(cast, outreach=outreach)
    warned = {
        message.to_email
        for message in Message.objects.filter(kind="description-agreed")
        if "No objective in it is on outreach" in message.body
    }
    told = set(Message.objects.filter(kind="description-agreed").values_list("to_email", flat=True))
    assert told >= {cast.home_head.email, cast.policy.office_email}
    assert warned == (set() if outreach else {cast.home_head.email, cast.policy.office_email})
    for user in (cast.home_head, cast.coordinator):
        client = Reader(user).client
        shown = client.get(found.get_absolute_url()).content.decode()
        assert ("No objective is on outreach" in shown) is not outreach


def test_r_15_13_the_letter_is_addressed_to_the_own_head_and_stored(cast: Cast) -> None:
    with_target(cast)
    row = issued(cast)
    stored = Document.objects.about(row).get()
    assert stored.facts["to"] == ["Mr T Ashgrove, headteacher", "Hollowbrook School"]
    for user in (cast.home_head, cast.ast, cast.coordinator):
        read = paper(Reader(user).get("judgement_letter", row.pk))
        wanted = ("Mr T Ashgrove", "Hollowbrook School", TARGET, CRITERION, *WORDS, "Marlshire County Council")
        assert [words for words in wanted if words not in read] == [], user
    for user in (cast.host_head, cast.outsider, cast.consultant):
        assert Reader(user).status("judgement_letter", row.pk) == 404, user
    for user in (cast.chair, cast.administrator, cast.officer):
        assert Reader(user).status("judgement_letter", row.pk) == 403, user


def test_n23_head_and_ast_are_told_without_a_name_and_without_a_word_of_it(cast: Cast) -> None:
    with_target(cast)
    row = issued(cast)
    messages = Message.objects.filter(kind="judgement-issued")
    assert {each.to_email for each in messages} == {cast.home_head.email, cast.ast.email}
    for each in messages:
        assert row.get_absolute_url() in each.body
        assert not each.attachments.exists()
        assert [words for words in WORDS if words in each.subject + each.body] == []
    to_head = messages.get(to_email=cast.home_head.email)
    assert cast.post.name not in to_head.subject + to_head.body


@pytest.mark.usefixtures("quick_print")
def test_section_g_who_reads_a_judgement(cast: Cast) -> None:
    with_target(cast)
    draft = written(cast)
    assert JUDGED in Reader(cast.consultant).text("judgement", draft.pk), "the group contributes"
    row = actions.issue(row=draft, by=cast.coordinator)
    music = person("Cato Wyndham", "cato@marlshire.example", Role.CONSULTANT, subjects=("music",))
    for user in (cast.consultant, music, cast.host_head, cast.outsider):
        assert Reader(user).status("judgement", row.pk) == 404, user
        assert cast.post.name not in Reader(user).text("judgements")
    for user in (cast.administrator, cast.officer, cast.chair):
        assert Reader(user).status("judgement", row.pk) == 403, user
        assert Reader(user).status("judgements") == 403, user
    for user in (cast.coordinator, cast.home_head, cast.ast):
        assert cast.post.name in Reader(user).text("judgements")
        page = Reader(user).client.get(reverse("staff:post", args=[cast.post.pk])).content.decode()
        assert row.get_absolute_url() in page


def test_each_step_belongs_to_one_person(cast: Cast) -> None:
    for user in (cast.home_head, cast.ast, cast.host_head, cast.administrator, cast.officer, cast.chair):
        with pytest.raises(PermissionDenied):
            begun(cast, by=user)
    row = written(cast, by=cast.consultant)
    for user in (cast.consultant, cast.home_head, cast.ast, cast.administrator):
        with pytest.raises(PermissionDenied):
            actions.issue(row=row, by=user)
        with pytest.raises(PermissionDenied):
            actions.withdraw(row=row, reason="x", by=user)
    done = actions.issue(row=row, by=cast.coordinator)
    for user in (cast.coordinator, cast.ast, cast.host_head, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.acknowledge(row=done, by=user)
    with pytest.raises(Refused, match="The co-ordinator can begin another version"):
        begun(cast, by=cast.consultant)
    with pytest.raises(Refused, match="no longer possible"):
        actions.write(row=done, written=said(cast), by=cast.coordinator)


def test_nobody_is_judged_by_themselves(cast: Cast) -> None:
    cast.ast.roles.create(role=Role.COORDINATOR, starts_on=date(2026, 9, 1))
    fresh = type(cast.ast).objects.get(pk=cast.ast.pk)
    with pytest.raises(PermissionDenied):
        begun(cast, by=fresh)
    row = written(cast)
    with pytest.raises(PermissionDenied):
        actions.issue(row=row, by=fresh)


def test_r_12_2_issued_wrongly_it_is_withdrawn_and_the_head_is_told(cast: Cast) -> None:
    with_target(cast)
    row = issued(cast)
    office, head = Reader(cast.coordinator), Reader(cast.home_head)
    assert "Enter" in office.send("judgement_withdraw", row.pk, reason="")
    assert "It is withdrawn" in office.send("judgement_withdraw", row.pk, reason="It mixes up two ASTs")
    told = Message.objects.filter(kind="judgement-withdrawn")
    assert {each.to_email for each in told} == {cast.home_head.email, cast.ast.email}
    for reader in (head, Reader(cast.ast)):
        shown = reader.text("judgement", row.pk)
        assert "It mixes up two ASTs" in shown
        assert [words for words in WORDS if words in shown] == []
        assert reader.status("judgement_letter", row.pk) == 403
    assert JUDGED in office.text("judgement", row.pk)
    assert begun(cast).version == 2, "and written anew"


def test_a_draft_is_withdrawn_and_nobody_is_told(cast: Cast) -> None:
    row = actions.withdraw(row=begun(cast), reason="Begun by mistake", by=cast.coordinator)
    assert row.status == S.WITHDRAWN
    assert not Message.objects.filter(kind__startswith="judgement").exists()
    assert Reader(cast.home_head).status("judgement", row.pk) == 404


def test_a_new_version_takes_over_the_words_and_replaces_what_stands(cast: Cast) -> None:
    with_target(cast)
    first = issued(cast)
    actions.acknowledge(row=first, by=cast.home_head)
    second = begun(cast)
    assert (second.version, second.judgement, second.development) == (2, JUDGED, NEEDS)
    assert [str(each) for each in second.targets.all()] == [f"{TARGET}: Reached"]
    first.refresh_from_db()
    assert first.status == S.ACKNOWLEDGED, "stands until the new one is issued"
    actions.issue(row=second, by=cast.coordinator)
    first.refresh_from_db()
    assert first.status == S.SUPERSEDED
    assert JUDGED in Reader(cast.home_head).text("judgement", first.pk)
    new = Message.objects.filter(kind="judgement-issued", to_email=cast.home_head.email).order_by("-pk")[0]
    assert "It replaces the version before it" in new.body
    assert Document.objects.about(first).count() == Document.objects.about(second).count() == 1


def test_two_people_issue_once(cast: Cast) -> None:
    with_target(cast)
    row = written(cast)
    stale = OutreachJudgement.objects.get(pk=row.pk)
    actions.issue(row=row, by=cast.coordinator)
    with pytest.raises(Refused, match="no longer possible"):
        actions.issue(row=stale, by=cast.coordinator)
    stale.refresh_from_db()
    assert stale.status == S.ISSUED, "and it is not replaced by itself"
    assert Message.objects.filter(kind="judgement-issued").count() == 2


def test_r_12_3_no_text_of_it_keeps_the_name_of_somebody_supported(cast: Cast) -> None:
    with_target(cast)
    placement = cast.placement()
    SupportedStaff.objects.create(placement=placement, name="Juno Pettifer", kind="teacher", selection="self")
    named = "Juno Pettifer plans alone now"
    row = written(cast, judgement=named, development=named, targets={target(cast).pk: ("reached", named)})
    SupportedStaff.objects.create(placement=placement, name="Ébba Łukasz", kind="teacher", selection="self")
    OutreachJudgement.objects.filter(pk=row.pk).update(judgement="Ébba Łukasz and 好 came")
    done = actions.issue(row=row, by=cast.coordinator)
    assert done.judgement == "A colleague and 好 came", "named to the placement since"
    held = str(Document.objects.about(done).get().facts) + done.development + str(done.targets.get().evidence)
    assert [name for name in ("Juno", "Pettifer", "Łukasz") if name in held] == []
    assert done.development == "A colleague plans alone now"


def test_r_16_3_a_look_is_recorded_and_no_word_stands_in_the_trail(cast: Cast) -> None:
    with_target(cast)
    row = issued(cast)
    for user in (cast.coordinator, cast.home_head, cast.ast):
        Reader(user).get("judgement", row.pk)
        Reader(user).get("judgement_letter", row.pk)
    looks = AuditEvent.objects.about(row).filter(verb__startswith="Viewed: outreach judgement")
    assert sorted((each.by.name, each.verb) for each in looks if each.by) == [
        (user.name, f"Viewed: outreach judgement{paper}")
        for user in (cast.coordinator, cast.home_head)
        for paper in ("", " on paper")
    ]
    trail = " ".join(f"{each.before} {each.after} {each.reason}" for each in AuditEvent.objects.about(row))
    assert [words for words in WORDS if words in trail] == []


def test_first_page_says_what_is_to_be_done(cast: Cast, clock: Any) -> None:
    def titles(user: Any, on: date) -> list[str]:
        return [task.title for task in tasks_for(user, on) if "outreach judgement" in task.title]

    assert titles(cast.coordinator, TODAY) == []
    summer = date(2027, 6, 1)
    assert titles(cast.coordinator, summer) == ["ASTs without an outreach judgement this school year"]
    row = written(cast)
    assert titles(cast.coordinator, TODAY) == [f"Finish and issue the outreach judgement of {cast.post.name}, 2026/27"]
    actions.issue(row=row, by=cast.coordinator)
    assert titles(cast.coordinator, summer) == []
    words = f"Read and acknowledge the outreach judgement of {cast.post.name}"
    assert titles(cast.home_head, TODAY) == [words]
    actions.acknowledge(row=row, by=cast.home_head)
    assert titles(cast.home_head, TODAY) == []


def test_r_12_2_a_cycle_begins_with_the_school_year_and_not_before(cast: Cast) -> None:
    ahead = AcademicYear.objects.create(slug="2027-28", starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31))
    with pytest.raises(Refused, match="has not begun"):
        actions.begin(post=cast.post, year=ahead, by=cast.coordinator)
    behind = AcademicYear.objects.create(slug="2020-21", starts_on=date(2020, 9, 1), ends_on=date(2021, 8, 31))
    with pytest.raises(Refused, match="not in post in that school year"):
        actions.begin(post=PostFactory(starts_on=date(2026, 9, 1)), year=behind, by=cast.coordinator)


def test_r_17_7_another_head_another_school_a_last_day(cast: Cast) -> None:
    with_target(cast)
    row = issued(cast)
    assert [each.fate for each in consequences.of_new_head(NewHead(cast.home))] == [
        "The new headteacher acknowledges it"
    ]
    draft = begun(cast)
    leaving = Leaving(cast.post, last_day=date(2026, 12, 18), today=TODAY)
    assert [each.what for each in consequences.of_leaving(leaving)] == [str(draft)]
    assert list(consequences.of_leaving(Leaving(cast.post, last_day=None, today=TODAY))) == []
    moving = Moving(cast.post, left=cast.home, home=cast.elsewhere, on=TODAY, today=TODAY)
    fates = {each.what: each.fate for each in consequences.of_moving(moving)}
    assert "Stays with the headteacher of Hollowbrook School" in fates[str(row)]
    assert "Goes to the headteacher of Stonecross Primary School" in fates[str(draft)]
    assert [each.code for each in consequences.held_by_judgement(TakenBack(cast.post, TODAY))] == ["judgement"]
    cast.post.home = cast.elsewhere
    cast.post.save()
    assert Reader(cast.home_head).status("judgement", row.pk) == 200, "it was addressed to this head"
    assert Reader(cast.outsider).status("judgement", row.pk) == 404
    again = actions.issue(row=draft, by=cast.coordinator)
    assert again.home == cast.elsewhere
    assert Reader(cast.outsider).status("judgement", again.pk) == 200
    assert Reader(cast.home_head).status("judgement", again.pk) == 404


def test_who_has_left_can_still_be_judged_of_the_year_in_which_they_were_in_post(cast: Cast) -> None:
    with_target(cast)
    type(cast.post).objects.filter(pk=cast.post.pk).update(ends_on=date(2026, 9, 20))
    assert issued(cast).status == S.ISSUED


def test_lists_cost_the_same_with_thirty_rows(cast: Cast) -> None:
    reader, costs = Reader(cast.coordinator), []
    for more in (11, 30):
        for _ in range(more):
            post = PostFactory(home=SchoolFactory(phase="primary"))
            actions.begin(post=post, year=cast.year, by=cast.coordinator)
        for page in ("judgements", "judgement_coverage"):
            reader.get(page)
            with CaptureQueriesContext(connection) as queries:
                reader.get(page)
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 12, costs
    with_target(cast)
    row = issued(cast)
    reader.get("judgement", row.pk)
    with CaptureQueriesContext(connection) as queries:
        reader.get("judgement", row.pk)
    assert len(queries) <= 15


@pytest.mark.parametrize("follows", [True, False])
def test_r_17_6_a_school_that_closes_hands_on_what_it_was_told(cast: Cast, follows: bool) -> None:
    with_target(cast)
    row = issued(cast)
    closed = date(2026, 9, 30)
    School.objects.filter(pk=cast.home.pk).update(status=RegisterStatus.CLOSED, closed_on=closed)
    cast.home.refresh_from_db()
    new = SchoolFactory(name="Hollowbrook Academy", opened_on=date(2026, 10, 1)) if follows else None
    sections = what_goes(cast.home, new, date(2026, 10, 1))
    told = {each.title: [line.fate for line in each.rows] for each in sections}
    words = "The headteacher of Hollowbrook Academy reads what its headteacher was told"
    assert told["Outreach judgements"] == [words if follows else "Stay with the co-ordinator and the AST"]
    settle(school=cast.home, successor=new, on=date(2026, 10, 1), by=cast.coordinator)
    row.refresh_from_db()
    assert row.home == (new or cast.home)
    assert Reader(cast.ast).status("judgement", row.pk) == 200
    if new:
        head = User.objects.get(pk=cast.home_head.pk)
        assert "You have acknowledged it" in Reader(head).send("judgement_acknowledge", row.pk)
