"""Network meetings: planned, called, changed, answered, held, cancelled; who reads what; and that none is planned."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core import calendars
from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from schools.register.models import Cluster
from staff.accounts.actions.merging import merge
from staff.accounts.models import User
from staff.networks import actions, consequences
from staff.networks.lifecycle import MeetingStatus, Reply
from staff.networks.models import Invitation, NetworkMeeting
from staff.networks.reads.figures import sheet
from staff.networks.rules import Item
from staff.networks.tasks import look_for_network_meetings
from staff.posts.events import Leaving, TakenBack
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory, person
from tests.staff.secondments.telling import Reader, day

pytestmark = pytest.mark.django_db
S = MeetingStatus
AGENDA = [Item("Marking in mixed classes", "practice"), Item("What outreach has changed", "impact")]
ASKED = {
    "kind": "cross_phase",
    "hours": "1.30pm to 4pm",
    "place": "Shire Hall",
    "what_1": "Marking in mixed classes",
    "purpose_1": "practice",
}


def plan(cast: Cast, **said: Any) -> NetworkMeeting:
    given = {
        **{"kind": "cross_phase", "phase": "", "subject": "", "cluster": None},
        **{"on": today(), "hours": "1.30pm to 4pm", "place": "Shire Hall", "led_by": cast.coordinator},
        **{"items": AGENDA, "by": cast.coordinator},
    }
    return actions.save(**{**given, **said})


def called(cast: Cast, *posts: Post, **said: Any) -> NetworkMeeting:
    meeting = plan(cast, **said)
    actions.invite(meeting=meeting, posts=posts or [cast.post], by=cast.coordinator)
    meeting.refresh_from_db()
    return meeting


def held(cast: Cast, *posts: Post, **said: Any) -> NetworkMeeting:
    meeting = called(cast, *posts, **said)
    everybody = list(meeting.invitations.values_list("pk", flat=True))
    return actions.hold(meeting=meeting, present=everybody, sorry=[], notes="We agreed.", by=cast.coordinator)


def told(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=kind).values_list("to_email", flat=True))


def waits(user: User) -> list[str]:
    return [task.title for task in tasks_for(User.objects.get(pk=user.pk), today())]


def test_r_3_13_a_meeting_goes_its_whole_way_through_the_pages(cast: Cast) -> None:
    office, ast = Reader(cast.coordinator), Reader(cast.ast)
    other = PostFactory(home=cast.elsewhere)
    asked = {**ASKED, "led_by": cast.coordinator.pk, **day("on", today())}
    assert "Select what item 1 is for" in office.send("network_add", **{**asked, "purpose_1": ""})
    assert office.send("network_add", **asked) == ""
    meeting = NetworkMeeting.objects.get()
    assert ast.status("network", meeting.pk) == 404, "nobody hears of a draft"
    assert "checked" in office.get("network_invite", meeting.pk).content.decode(), "those it is meant for are ticked"
    assert office.send("network_invite", meeting.pk, posts=[cast.post.pk, other.pk]) == ""
    said = ast.text("network", meeting.pk)
    assert "Marking in mixed classes" in said
    assert "Sharing practice" in said
    assert [title for title in waits(cast.ast) if "Say whether you come" in title]
    mine = Invitation.objects.get(post=cast.post)
    assert "Select whether you will come" in ast.send("network_answer", mine.pk, reason="x")
    assert ast.send("network_answer", mine.pk, reply="coming", reason="By bike") == ""
    assert [title for title in waits(cast.ast) if "Say whether you come" in title] == []
    assert [title for title in waits(cast.coordinator) if "Record who was there" in title]
    assert "Select who was there" in office.send("network_record", meeting.pk, notes="x")
    absent = Invitation.objects.get(post=other)
    record = {"present": [mine.pk], "sorry": [absent.pk], "notes": "Ålesund, Ωmega, 好: we meet again."}
    assert office.send("network_record", meeting.pk, **record) == ""
    said = ast.text("network", meeting.pk)
    assert "You were there" in said
    assert "Ωmega, 好" in said
    assert other.name not in said, "who else came is not for everybody"
    absent.refresh_from_db()
    assert (absent.attended, absent.reply) == (False, Reply.APOLOGIES)
    assert office.send("network_reopen", meeting.pk) == ""
    meeting.refresh_from_db()
    mine.refresh_from_db()
    assert (meeting.status, mine.attended) == (S.INVITED, None)
    assert "Enter" in office.send("network_cancel", meeting.pk, reason=" ")
    assert office.send("network_cancel", meeting.pk, reason="Snow") == ""
    assert "Snow" in ast.text("network", meeting.pk)
    assert told("network-cancelled") == sorted([cast.ast.email, other.user.email])


def test_n25_asts_get_the_agenda_and_the_day_once_and_hear_of_changes(cast: Cast) -> None:
    late = PostFactory(home=cast.elsewhere)
    meeting = called(cast)
    message = Message.objects.get(kind="network-invitation")
    assert message.to_email == cast.ast.email
    for words in ("Marking in mixed classes (Sharing practice)", "Shire Hall", "1.30pm to 4pm", cast.coordinator.name):
        assert words in message.body
    assert "METHOD:PUBLISH" in message.calendar
    with pytest.raises(Refused, match="not invited yet"):
        actions.invite(meeting=meeting, posts=[cast.post], by=cast.coordinator)
    actions.invite(meeting=meeting, posts=[cast.post, late], by=cast.coordinator)
    assert told("network-invitation") == sorted([cast.ast.email, late.user.email])
    same = {name: getattr(meeting, name) for name in actions.SAID}
    actions.save(meeting=meeting, items=AGENDA, by=cast.coordinator, **same)
    assert told("network-changed") == [], "nothing has changed"
    moved = {**same, "place": "Marlbridge Library"}
    actions.save(meeting=meeting, items=[*AGENDA, Item("Budgets", "national")], by=cast.coordinator, **moved)
    assert told("network-changed") == sorted([cast.ast.email, late.user.email])
    body = Message.objects.filter(kind="network-changed")[0].body
    assert "Marlbridge Library" in body
    assert "Budgets (National initiatives)" in body
    actions.uninvite(invitation=Invitation.objects.get(post=late), by=cast.coordinator)
    gone = Message.objects.get(kind="network-uninvited")
    assert gone.to_email == late.user.email
    assert "METHOD:CANCEL" in gone.calendar
    actions.invite(meeting=meeting, posts=[late], by=cast.coordinator)
    assert told("network-invitation").count(late.user.email) == 2, "invited anew"


@pytest.mark.parametrize(
    ("interval", "on", "late"),
    [
        ("term", date(2026, 10, 23), False),
        ("term", date(2026, 10, 27), True),
        ("term", date(2026, 12, 1), True),
        ("term", date(2026, 12, 29), False),  # between terms
        ("half_term", date(2026, 9, 20), False),
        ("half_term", date(2026, 10, 12), True),
        ("half_term", date(2026, 11, 5), False),
        ("half_term", date(2026, 12, 1), True),
    ],
)
def test_r_3_13_none_by_half_term_alerts_the_co_ordinator_once(
    cast: Cast, interval: str, on: date, late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given none in a term by its half-term, when the job runs, then the co-ordinator is alerted (N25)."""
    cast.policy.network_interval = interval
    cast.policy.save()
    assert actions.alert(on) == int(late)
    actions.alert(on + timedelta(days=1) if late else on)
    assert told("network-none") == [cast.policy.office_email] * int(late), "once"
    if late:
        assert str(on.year) in Message.objects.get(kind="network-none").body
    titles = [task.title for task in tasks_for(cast.coordinator, on) if "No network meeting" in task.title]
    assert bool(titles) is late


def test_r_3_13_the_job_runs_twice_and_a_meeting_that_is_called_stills_it(cast: Cast) -> None:
    draft = plan(cast, on=date(2026, 11, 20))
    assert actions.alert(date(2026, 10, 28)) == 1, "a draft is no meeting"
    actions.invite(meeting=draft, posts=[cast.post], by=cast.coordinator)
    assert actions.alert(date(2026, 10, 28)) == 0
    actions.cancel(meeting=draft, reason="Snow", by=cast.coordinator)
    assert actions.alert(date(2026, 10, 28)) == 1
    assert len(told("network-none")) == 1
    Post.objects.update(ends_on=date(2026, 9, 2))
    assert actions.alert(date(2026, 10, 28)) == 0, "no AST, no meeting"
    assert look_for_network_meetings() == look_for_network_meetings()


@pytest.mark.parametrize("kind", ["phase", "subject", "cluster", "cross_phase"])
def test_r_3_13_each_kind_means_its_own_asts(cast: Cast, kind: str) -> None:
    families = Cluster.objects.create(name="Marl valley", slug="marl")
    primary = PostFactory(home=SchoolFactory(phase="primary", cluster=families), subjects=("music",))
    given = {"phase": {"phase": "primary"}, "subject": {"subject": "music"}, "cluster": {"cluster": families}}
    meeting = plan(cast, kind=kind, **given.get(kind, {}))
    page = Reader(cast.coordinator).get("network_invite", meeting.pk).content.decode()
    ticked = {post for post in (primary, cast.post) if f'value="{post.pk}" checked' in " ".join(page.split())}
    assert ticked == ({primary, cast.post} if kind == "cross_phase" else {primary})
    assert meeting.whom in {"Primary", "Music", "Marl valley", "Cross-phase"}


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"on": date(2026, 1, 5)}, "today or later"),
        ({"on": date(2028, 1, 5)}, "more than a year ahead"),
        ({"place": " "}, "Enter where the meeting is"),
        ({"kind": "phase"}, "Select the phase"),
        ({"kind": "subject"}, "Select the subject"),
        ({"kind": "cluster"}, "Select the cluster"),
        ({"items": [Item("", "")]}, "at least one item"),
        ({"items": [Item("", "impact")]}, "Enter what item 1 is about"),
        ({"items": [Item("Talk", "")]}, "Select what item 1 is for"),
    ],
)
def test_r_3_13_what_a_meeting_needs(cast: Cast, wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        plan(cast, **wrong)


def test_r_3_13_the_co_ordinator_leads_or_a_consultant_of_the_subject(cast: Cast) -> None:
    for wrong in (cast.ast, cast.administrator, cast.consultant):
        with pytest.raises(Refused, match="Select the co-ordinator"):
            plan(cast, led_by=wrong)
    assert plan(cast, kind="subject", subject="mathematics", led_by=cast.consultant, by=cast.consultant)
    assert plan(cast, by=cast.administrator).led_by == cast.coordinator


def test_g_a_consultant_calls_meetings_of_the_group_alone(cast: Cast) -> None:
    music = PostFactory(subjects=("music",))
    for wrong in ({}, {"kind": "subject", "subject": "music"}):
        with pytest.raises(PermissionDenied):
            plan(cast, by=cast.consultant, **wrong)
    group = Reader(cast.consultant)
    asked = {**ASKED, "kind": "subject", "subject": "mathematics", "led_by": cast.consultant.pk, **day("on", today())}
    assert group.send("network_add", **asked) == ""
    meeting = NetworkMeeting.objects.get()
    page = group.text("network_invite", meeting.pk)
    assert cast.post.name in page
    assert music.name not in page
    with pytest.raises(Refused):
        actions.invite(meeting=meeting, posts=[music], by=cast.consultant)
    everybody = called(cast, cast.post, music)
    said = group.text("network", everybody.pk)
    assert cast.post.name in said
    assert music.name not in said
    assert group.status("network_change", everybody.pk) == 403


def test_g_heads_read_their_own_asts_part_and_others_nothing(cast: Cast) -> None:
    other = PostFactory(home=cast.elsewhere)
    meeting = called(cast, cast.post, other)
    mine = Invitation.objects.get(post=cast.post)
    actions.answer(invitation=mine, reply="apologies", reason="A school trip", by=cast.ast)
    said = Reader(cast.home_head).text("network", meeting.pk)
    assert "A school trip" in said
    assert other.name not in said
    assert other.name in Reader(cast.outsider).text("network", meeting.pk)
    assert Reader(cast.host_head).status("network", meeting.pk) == 404
    assert "Shire Hall" not in Reader(cast.host_head).text("networks")
    for user in (cast.officer, cast.chair):
        assert Reader(user).status("network", meeting.pk) == 403
    for user in (cast.home_head, other.user):
        with pytest.raises(PermissionDenied):
            actions.answer(invitation=mine, reply="coming", reason="", by=user)
    for user in (cast.ast, cast.home_head, cast.officer):
        for act in (
            lambda by: actions.cancel(meeting=meeting, reason="x", by=by),
            lambda by: actions.uninvite(invitation=mine, by=by),
            lambda by: actions.hold(meeting=meeting, present=[mine.pk], sorry=[], notes="", by=by),
            lambda by: plan(cast, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(user)
    assert Reader(other.user).status("network_answer", mine.pk) == 404


def test_r_3_13_what_is_sent_twice_or_too_late_changes_nothing(cast: Cast) -> None:
    meeting = called(cast, on=today() + timedelta(days=3))
    mine = meeting.invitations.get()
    with pytest.raises(Refused, match="still to come"):
        actions.hold(meeting=meeting, present=[mine.pk], sorry=[], notes="", by=cast.coordinator)
    whom = {name: getattr(meeting, name) for name in actions.SAID} | {"kind": "subject", "subject": "music"}
    with pytest.raises(Refused, match="Cancel this meeting and plan another"):
        actions.save(meeting=meeting, items=AGENDA, by=cast.coordinator, **whom)
    NetworkMeeting.objects.filter(pk=meeting.pk).update(on=today() - timedelta(days=1))
    with pytest.raises(Refused, match="has passed"):
        actions.answer(invitation=mine, reply="coming", reason="", by=cast.ast)
    with pytest.raises(Refused, match="cannot have been there and"):
        actions.hold(meeting=meeting, present=[mine.pk], sorry=[mine.pk], notes="", by=cast.coordinator)
    walked_in = PostFactory()
    actions.invite(meeting=meeting, posts=[walked_in], by=cast.coordinator)
    assert walked_in.user.email not in told("network-invitation"), "the day has passed"
    done = actions.hold(meeting=meeting, present=[mine.pk], sorry=[], notes="One", by=cast.coordinator)
    actions.hold(meeting=done, present=[mine.pk], sorry=[], notes="Two", by=cast.coordinator)
    done.refresh_from_db()
    assert (done.status, done.notes) == (S.HELD, "Two")
    for act in (
        lambda: actions.cancel(meeting=done, reason="x", by=cast.coordinator),
        lambda: actions.uninvite(invitation=mine, by=cast.coordinator),
        lambda: actions.answer(invitation=mine, reply="coming", reason="", by=cast.ast),
        lambda: actions.invite(meeting=done, posts=[PostFactory()], by=cast.coordinator),
    ):
        with pytest.raises(Refused, match="no longer possible"):
            act()


def test_r_18_3_the_day_is_in_the_calendars_of_who_comes_and_who_leads(cast: Cast) -> None:
    meeting = called(cast)
    assert [entry.about for entry in calendars.of(cast.ast, today())] == [meeting]
    assert [entry.about for entry in calendars.of(cast.coordinator, today())] == [meeting]
    assert calendars.of(cast.home_head, today()) == []
    actions.answer(invitation=meeting.invitations.get(), reply="apologies", reason="", by=cast.ast)
    assert calendars.of(cast.ast, today()) == []


def test_r_17_7_whoever_leaves_before_is_not_invited_any_more(cast: Cast) -> None:
    meeting = called(cast, on=today() + timedelta(days=9))
    event = Leaving(cast.post, last_day=today() + timedelta(days=3), today=today())
    assert [hanging.what for hanging in consequences.of_leaving(event)] == [meeting.title]
    consequences.carry_leaving(event, cast.coordinator)
    assert not meeting.invitations.exists()
    assert told("network-uninvited") == [cast.ast.email]


def test_r_2_1_a_first_day_taken_back_takes_its_invitations_with_it(cast: Cast) -> None:
    meeting = held(cast)
    event = TakenBack(cast.post, today=today())
    assert [hanging.what for hanging in consequences.of_taken_back(event)] == [str(meeting)]
    consequences.carry_taken_back(event, cast.coordinator)
    assert not meeting.invitations.exists()


def test_r_17_7_the_leader_of_merged_accounts_is_the_one_that_goes_on(cast: Cast) -> None:
    second = person("Bryony Quill-Marsh", "bryony.q@marlshire.example", Role.COORDINATOR)
    meeting = plan(cast, led_by=second)
    merge(
        keep=cast.coordinator,
        other=second,
        reason="Rang.",
        by=person("Una Farrow", "una@marlshire.example", Role.COORDINATOR),
    )
    meeting.refresh_from_db()
    assert meeting.led_by == cast.coordinator


def test_r_3_13_the_year_in_numbers_and_officers_read_no_small_groups(cast: Cast) -> None:
    posts = [cast.post, *PostFactory.create_batch(3, subjects=("music",))]
    held(cast, *posts)
    few = called(cast, cast.post, kind="subject", subject="mathematics", on=today() + timedelta(days=40))
    actions.answer(invitation=few.invitations.get(), reply="apologies", reason="", by=cast.ast)
    terms, kinds, purposes = sheet(cast.coordinator, cast.year).tables
    assert terms.rows[0] == ("Autumn term 2026", 2, 1, 5, 1, 4)
    assert terms.total == ("All", 2, 1, 5, 1, 4)
    assert kinds.rows[2] == ("One subject", 1, 0, 1, 1, 0)
    assert dict(purposes.rows)["Sharing practice"] == 2
    sums = sheet(cast.officer, cast.year).tables[0]
    assert 1 not in sums.rows[0][3:], "none under 3"
    assert sheet(cast.consultant, cast.year).tables[0].total == ("All", 2, 1, 2, 1, 1), "the group"
    for user in (cast.officer, cast.coordinator):
        assert "Autumn term 2026" in Reader(user).text("network_figures")
    assert Reader(cast.ast).status("network_figures") == 403


def test_r_3_13_list_and_page_cost_the_same_with_thirty_rows(cast: Cast) -> None:
    costs: list[int] = []
    for count in (1, 29):
        for post in PostFactory.create_batch(count):
            meeting = called(cast, cast.post, post)
        for user in (cast.coordinator, cast.ast):
            reader = Reader(user)
            for page in (("networks",), ("network", meeting.pk), ("network_record", meeting.pk)):
                if user == cast.ast and page[0] == "network_record":
                    continue
                reader.get(*page)
                with CaptureQueriesContext(connection) as queries:
                    reader.get(*page)
                costs.append(len(queries))
    half = len(costs) // 2
    assert costs[:half] == costs[half:]
    assert max(costs) <= 12, costs
    assert "Marking" not in Reader(cast.coordinator).get("networks", export="csv").getvalue().decode()


def test_r_16_3_what_an_ast_says_stands_in_no_trail(cast: Cast) -> None:
    meeting = called(cast)
    actions.answer(invitation=meeting.invitations.get(), reply="apologies", reason="A hospital visit", by=cast.ast)
    trail = " ".join(f"{each.before} {each.after} {each.reason}" for each in AuditEvent.objects.all())
    assert "hospital" not in trail
