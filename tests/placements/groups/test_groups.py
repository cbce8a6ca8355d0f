"""Deployment groups and subject networks: members, meetings, decisions, and what follows from them (R-7.6)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from placements.groups import documents, home, reads
from placements.groups.actions import deciding, meetings
from placements.groups.actions.registers import GROUPS, MEMBERS
from placements.groups.consequences import carry_merged, merged
from placements.groups.models import DecidingGroup, GroupItem, GroupMeeting, GroupMember
from placements.matching import actions as matching
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.placement.models import Placement
from placements.planning.actions.accept import override
from placements.planning.models import Plan
from placements.requests.models import OutreachRequest
from staff.accounts.events import Merging
from tests.cast import Cast
from tests.factories import MatchFactory, PostFactory, RequestFactory, person
from tests.placements.groups.deciding_stories import MET, before, decide, decided_by_group, group, held, meeting
from tests.placements.matching.matching_stories import AST, CO, HOME, codes, propose, say
from tests.placements.planning.plan_stories import asked, colleague, ready
from tests.placements.planning.test_plans_accepting import accept

pytestmark = pytest.mark.django_db

BOXES = {"on": "2026-10-05"}


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """Where a group decides."""
    cast.policy.match_decider = "group"
    cast.policy.save()
    return cast


@pytest.fixture
def match(cast: Cast) -> Match:
    return propose(cast, RequestFactory(host=cast.host, created_by=cast.host_head))


def get(client: Client, user: Any, page: str, *args: Any, status: int = 200) -> str:
    client.force_login(user)
    response = client.get(reverse(f"placements:{page}", args=args))
    assert response.status_code == status, (page, response.status_code)
    return " ".join(response.content.decode().split())


def post(client: Client, user: Any, page: str, *args: Any, **data: Any) -> str:
    client.force_login(user)
    response = client.post(reverse(f"placements:{page}", args=args), data, follow=True)
    assert response.status_code == 200, (page, response.status_code)
    return " ".join(response.content.decode().split())


# the whole story


def test_r_7_6_given_leicester_when_the_co_ordinator_agrees_alone_then_refused_until_the_group_decision(
    cast: Cast, match: Match
) -> None:
    say(match, AST, cast.ast)
    say(match, HOME, cast.home_head)
    with pytest.raises(Refused) as refused:
        say(match, CO, cast.coordinator)
    assert codes(refused) == {"group"}
    decided_by_group(cast, match)
    match.refresh_from_db()
    assert (match.status, Placement.objects.count()) == (MatchStatus.AGREED, 1)
    kept = match.answers.get(party=CO)
    assert kept.by == cast.coordinator
    assert kept.reason == (
        "Deployment group on 5 October 2026: Orla Thistlethwaite (mathematics adviser), Rook Alder (primary heads)."
    )


def test_r_7_6_from_the_page_group_member_meeting_agenda_presence_decision(
    cast: Cast, match: Match, client: Client
) -> None:
    co = cast.coordinator
    client.force_login(co)
    led = client.get(reverse("placements:group_meeting_add"), follow=True)
    assert "Enter a deployment group or a network first" in led.content.decode()
    assert "is saved" in post(client, co, "deciding_group_add", name="Deployment group", kind="group")
    found = DecidingGroup.objects.get()
    seat = {"group": found.pk, "since": "2026-09-01"}
    post(client, co, "group_member_add", name="Łucja Żółw", side="school", represents="heads", account="", **seat)
    post(client, co, "group_member_add", name="Fern Hale", side="authority", account=cast.consultant.pk, **seat)
    assert [each.account for each in GroupMember.objects.order_by("pk")] == [None, cast.consultant]
    assert "Łucja Żółw (heads)" in get(client, co, "deciding_group", found.pk)
    assert "Put on its agenda" in post(client, co, "group_meeting_add", group=found.pk, place="Shire Hall", **BOXES)
    meets = GroupMeeting.objects.get()
    agenda = get(client, co, "group_agenda", meets.pk)
    assert f"{match.request.reference}, Fernleigh Primary School, Mathematics and numeracy: Wren" in agenda
    post(client, co, "group_agenda", meets.pk, items=[f"m{match.pk}"])
    assert "Not decided yet" in get(client, co, "group_meeting", meets.pk)
    members = list(GroupMember.objects.values_list("pk", flat=True))
    assert "Select who was there" in post(client, co, "group_held", meets.pk)
    assert "of both" in post(client, co, "group_held", meets.pk, present=members[:1])
    post(client, co, "group_held", meets.pk, present=members)
    item = GroupItem.objects.get()
    assert "Select what the group decided" in post(client, co, "group_item", item.pk)
    assert "Enter the reason" in post(client, co, "group_item", item.pk, outcome="not_agreed")
    assert "The decision is recorded" in post(client, co, "group_item", item.pk, outcome="agreed")
    assert match.answers.get(party=CO).yes
    assert "Agreed" in get(client, cast.administrator, "group_meeting", meets.pk)
    assert "Deployment group on 5 October 2026: " in get(client, co, "match", match.pk)


def test_r_7_6_not_agreed_is_a_no_and_opens_the_request_again(cast: Cast, match: Match) -> None:
    item = decided_by_group(cast, match, "not_agreed", "The school has had two ASTs this year")
    match.refresh_from_db()
    assert match.status == MatchStatus.REFUSED
    assert match.request.status == "under_review"
    assert match.answers.get(party=CO).reason.endswith("The school has had two ASTs this year")
    with pytest.raises(Refused, match="no longer possible"):
        deciding.decide(item=item, outcome="agreed", reason="", by=cast.coordinator)
    assert propose(cast, match.request).status == MatchStatus.PROPOSED, "so it is proposed again"


def test_r_7_6_put_off_goes_before_the_next_meeting(cast: Cast, match: Match) -> None:
    item = decided_by_group(cast, match, "put_off", "The adviser is to be asked")
    assert not match.answers.exists()
    assert reads.offered(item.meeting).matches == []
    following = meeting(cast, item.meeting.group, on=date(2026, 10, 26))
    before(cast, following, match)
    match.refresh_from_db()
    assert match.answer_by == date(2026, 11, 2), "a match on an agenda does not lapse before the meeting"
    with pytest.raises(Refused, match="later meeting"):
        deciding.decide(item=item, outcome="agreed", reason="", by=cast.coordinator)


def test_r_7_6_all_the_others_are_agreed_at_once(cast: Cast, match: Match, client: Client) -> None:
    post_two = PostFactory()
    others = [MatchFactory(request__host=cast.host, post=post_two) for _ in range(3)]
    meets = held(cast, before(cast, meeting(cast), match, *others))
    decide(cast, others[0], "put_off", "Not today")
    Match.objects.filter(pk=others[1].pk).update(status="expired")
    assert "2 items agreed" in post(client, cast.coordinator, "group_agree_rest", meets.pk)
    assert {m.pk for m in Match.objects.filter(answers__party=CO, answers__yes=True)} == {match.pk, others[2].pk}
    assert "0 items agreed" in post(client, cast.coordinator, "group_agree_rest", meets.pk)


# Corrections


def test_r_7_6_a_yes_recorded_wrongly_is_corrected_while_nothing_has_followed(cast: Cast, match: Match) -> None:
    item = decided_by_group(cast, match)
    deciding.decide(item=item, outcome="put_off", reason="Meant the other school", by=cast.coordinator)
    assert not match.answers.exists()
    say(match, AST, cast.ast)
    say(match, HOME, cast.home_head)
    assert not Placement.objects.exists()
    deciding.decide(item=item, outcome="agreed", reason="", by=cast.coordinator)
    assert Placement.objects.count() == 1
    with pytest.raises(Refused, match="no longer possible"):
        deciding.decide(item=item, outcome="put_off", reason="x", by=cast.coordinator)
    verbs = list(AuditEvent.objects.about(item).order_by("pk").values_list("verb", flat=True))
    assert verbs.count("group meeting: decision corrected") == 2


def test_recording_the_same_twice_changes_nothing(cast: Cast, match: Match) -> None:
    item = decided_by_group(cast, match)
    events = AuditEvent.objects.count()
    deciding.decide(item=item, outcome="agreed", reason="", by=cast.coordinator)
    assert AuditEvent.objects.count() == events
    assert match.answers.count() == 1


def test_who_was_there_is_corrected_until_something_is_decided(cast: Cast, match: Match) -> None:
    meets = held(cast, before(cast, meeting(cast), match))
    late = MEMBERS.save(
        group=meets.group,
        name="Sorrel Vane",
        account=None,
        side="school",
        represents="",
        since=MET,
        by=cast.coordinator,
    )
    held(cast, meets)
    assert late in meets.present.all()
    decide(cast, match)
    with pytest.raises(Refused, match="recorded with who was there"):
        held(cast, meets)


def test_what_is_decided_stays_on_the_agenda_and_the_rest_can_be_taken_off(cast: Cast, match: Match) -> None:
    other = MatchFactory(request__host=cast.host, post=PostFactory())
    meets = held(cast, before(cast, meeting(cast), match, other))
    decide(cast, match)
    meetings.set_agenda(meeting=meets, matches=[], lines=[], by=cast.coordinator)
    assert [item.match for item in meets.items.all()] == [match]


# What is refused


def test_r_7_6_a_network_decides_only_on_its_subjects(cast: Cast, match: Match) -> None:
    network = group(cast, name="Science network", kind="network", subjects=("science",))
    with pytest.raises(Refused, match="can no longer be put on"):
        before(cast, meeting(cast, network), match)
    with pytest.raises(Refused, match="Select the subjects"):
        GROUPS.save(name="English network", kind="network", subjects=(), by=cast.coordinator)


def test_r_7_6_a_match_is_before_one_meeting_at_a_time(cast: Cast, match: Match) -> None:
    before(cast, meeting(cast), match)
    network = group(cast, name="Mathematics network", kind="network", subjects=("mathematics",))
    second = meeting(cast, network)
    with pytest.raises(Refused):
        before(cast, second, match)
    meetings.cancel(meeting=GroupMeeting.objects.get(group__kind="group"), reason="Snow", by=cast.coordinator)
    before(cast, second, match)


@pytest.mark.parametrize(
    ("kind", "sides", "on", "code"),
    [
        ("group", {"school"}, MET, "sides"),
        ("group", {"authority"}, MET, "sides"),
        ("group", set(), MET, "nobody"),
        ("network", {"authority"}, MET, None),
        ("group", {"school", "authority"}, date(2026, 10, 12), "early"),
    ],
)
def test_r_7_6_school_and_authority_members_decide(
    cast: Cast, kind: str, sides: set[str], on: date, code: str | None
) -> None:
    made = group(cast, kind=kind, subjects=("mathematics",))
    meets = meeting(cast, made, on=on)
    there = made.members.filter(side__in=sides)
    if code is None:
        assert meetings.record_held(meeting=meets, present=there, by=cast.coordinator).status == "held"
        return
    with pytest.raises(Refused) as refused:
        meetings.record_held(meeting=meets, present=there, by=cast.coordinator)
    assert codes(refused) == {code}


def test_r_7_6_only_members_of_that_day_were_there(cast: Cast) -> None:
    made = group(cast)
    alder = made.members.get(name="Rook Alder")
    MEMBERS.end(row=alder, by=cast.coordinator)
    assert alder in reads.members_on(meeting(cast, made, on=today())), "the last day counts"
    later = meeting(cast, made, on=date(2026, 10, 12))
    assert alder not in reads.members_on(later)
    MEMBERS.resume(row=alder, by=cast.coordinator)
    assert alder in reads.members_on(later)


def test_a_member_sits_once_and_a_seat_that_was_used_stays(cast: Cast, match: Match) -> None:
    decided_by_group(cast, match)
    made = DecidingGroup.objects.get()
    alder = made.members.get(name="Rook Alder")
    with pytest.raises(Refused, match="member of the group already"):
        MEMBERS.save(group=made, name="rook alder", account=None, side="school", since=MET, by=cast.coordinator)
    with pytest.raises(Refused, match="the seat stays"):
        MEMBERS.remove(row=alder, by=cast.coordinator)
    with pytest.raises(Refused, match="so it stays"):
        GROUPS.remove(row=made, by=cast.coordinator)
    GROUPS.end(row=made, by=cast.coordinator)
    with pytest.raises(Refused, match="has ended"):
        meetings.plan(group=made, on=date(2026, 11, 2), place="", by=cast.coordinator)


def test_a_group_meets_once_a_day_and_a_year_ahead_is_a_slip(cast: Cast, client: Client) -> None:
    meets = meeting(cast)
    co, which = cast.coordinator, {"group": meets.group_id}
    assert "meets on that day already" in post(client, co, "group_meeting_add", **which, **BOXES)
    assert "Check the year" in post(client, co, "group_meeting_add", **which, on="2028-10-05")
    assert "Shire Hall" in get(client, co, "group_meeting_change", meets.pk)
    meetings.move(meeting=meets, on=date(2026, 10, 12), place="Library", by=co)
    meets.refresh_from_db()
    assert (meets.on, meets.place) == (date(2026, 10, 12), "Library")
    assert "Enter a short reason" in post(client, cast.coordinator, "group_meeting_cancel", meets.pk)
    assert "is cancelled" in post(client, cast.coordinator, "group_meeting_cancel", meets.pk, reason="Snow")
    with pytest.raises(Refused, match="no longer possible"):
        held(cast, meets)


# Who reads what (section G)


def test_r_7_6_who_keeps_and_who_reads(cast: Cast, match: Match, client: Client) -> None:
    music = PostFactory(subjects=("music",))
    other = MatchFactory(request__subject="music", request__host=cast.host, post=music)
    meets = before(cast, meeting(cast), match, other)
    for user in (cast.officer, cast.host_head, cast.home_head, cast.ast, cast.chair):
        get(client, user, "group_meetings", status=403)
        get(client, user, "group_meeting", meets.pk, status=403)
    for user in (cast.administrator, cast.consultant):
        get(client, user, "group_agenda", meets.pk, status=403)
        with pytest.raises(PermissionDenied):
            decide_as(user, match)
        with pytest.raises(PermissionDenied):
            meetings.plan(group=meets.group, on=date(2026, 11, 2), place="", by=user)
    mine = get(client, cast.consultant, "group_meeting", meets.pk)
    assert match.post.name in mine
    assert music.user.name not in mine, "a consultant reads the own subjects"
    assert music.user.name in get(client, cast.administrator, "group_meeting", meets.pk)
    stranger = person("Ash Farrow", "ash@marlshire.example", "consultant", subjects=("music",))
    network = group(cast, name="Mathematics network", kind="network", subjects=("mathematics",))
    get(client, stranger, "group_meeting", meeting(cast, network).pk, status=404)


def decide_as(user: Any, match: Match) -> None:
    deciding.decide(item=match.group_items.get(), outcome="agreed", reason="", by=user)


def test_r_7_6_the_paper_names_nobody_who_is_supported_and_nothing_of_the_asts_year(cast: Cast, match: Match) -> None:
    OutreachRequest.objects.filter(pk=match.request_id).update(need="Juno Pettifer and others cannot plan for it.")
    match.request.staff.update(situation="serious")
    meets = before(cast, meeting(cast), match)
    said = str(documents.paper_facts(meets, reads.items_for(meets, cast.coordinator)))
    for words in (
        "Fernleigh Primary School",
        "Wren Castellow, Hollowbrook School",
        "Expertise: Leads others in",
        "6 days",
    ):
        assert words in said
    assert "and others cannot plan for it" in said
    for hidden in ("Juno", "Pettifer", "serious", "days are not promised", "Share of the year"):
        assert hidden not in said
    assert "Rook Alder (primary heads)" in said
    held(cast, meets)
    decide(cast, match, "put_off", "Juno Pettifer’s timetable is not known")
    after = str(documents.paper_facts(meets, reads.items_for(meets, cast.coordinator)))
    assert "Put off to a later meeting" in after
    assert "Juno" not in after


def test_r_7_6_the_paper_is_printed_for_readers(cast: Cast, match: Match, client: Client) -> None:
    meets = before(cast, meeting(cast), match)
    client.force_login(cast.consultant)
    response = client.get(reverse("placements:group_paper", args=[meets.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_there_is_nothing_of_it_where_the_co_ordinator_decides(cast: Cast, client: Client) -> None:
    cast.policy.match_decider = "coordinator"
    cast.policy.save()
    get(client, cast.coordinator, "group_meetings", status=404)
    get(client, cast.coordinator, "deciding_groups", status=404)
    assert list(home.tasks(cast.coordinator, today())) == []


# What it asks and what it costs


def test_the_first_page_asks_who_was_there_and_then_for_the_decisions(cast: Cast, match: Match) -> None:
    def titles() -> list[str]:
        return [task.title for task in home.tasks(cast.coordinator, today())]

    meets = before(cast, meeting(cast), match)
    assert titles() == ["Record who was at the meeting: Deployment group, 5 October 2026"]
    held(cast, meets)
    assert titles() == ["Record the decisions of the meeting: Deployment group, 5 October 2026"]
    decide(cast, match)
    assert titles() == []


def test_a_match_on_an_agenda_does_not_lapse_before_the_meeting(cast: Cast, match: Match, clock: Any) -> None:
    before(cast, meeting(cast, on=date(2026, 11, 9)), match)
    clock.move_to(datetime(2026, 11, 10, 9, tzinfo=UTC))
    assert matching.expire_lapsed(today()) == 0
    clock.move_to(datetime(2026, 11, 17, 9, tzinfo=UTC))
    assert matching.expire_lapsed(today()) == 1


def test_pages_cost_the_same_for_one_item_and_for_thirty(cast: Cast, match: Match, client: Client) -> None:
    meets = before(cast, meeting(cast), match)
    client.force_login(cast.coordinator)
    pages = [reverse("placements:group_meetings"), reverse("placements:group_meeting", args=[meets.pk])]
    counts = []
    for _ in range(2):
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as caught:
                assert client.get(page).status_code == 200
            counts.append(len(caught))
        others = [MatchFactory(request__host=cast.host, post=PostFactory(), days=Decimal(1)) for _ in range(29)]
        before(cast, meets, *others)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15, counts


def test_an_account_that_becomes_another_takes_its_seat_along(cast: Cast) -> None:
    made = group(cast)
    event = Merging(keep=cast.administrator, other=cast.consultant)
    assert [each.what for each in merged(event)] == ["Seat in Deployment group: Orla Thistlethwaite"]
    carry_merged(event, cast.coordinator)
    assert made.members.get(name="Orla Thistlethwaite").account == cast.administrator


# Lines of a plan


def lined(cast: Cast) -> tuple[OutreachRequest, OutreachRequest, Plan]:
    """A plan that gives two requests to two ASTs."""
    colleague(cast)
    first, second = asked(cast), asked(cast)
    return first, second, ready(cast)


def test_r_7_6_a_line_that_the_group_has_agreed_to_has_the_authoritys_yes_when_it_is_accepted(cast: Cast) -> None:
    first, second, plan = lined(cast)
    lines = [plan.lines.get(request=request) for request in (first, second)]
    meets = held(cast, before(cast, meeting(cast), *lines))
    item = decide(cast, lines[0])
    decide(cast, lines[1], "not_agreed", "The school has an AST already")
    done = accept(cast, plan, first, second)
    assert [line.request for line in done.accepted] == [first]
    assert "did not" not in done.refused[0][1]
    assert done.refused[0][1].startswith("Not agreed. Deployment group on 5 October 2026: ")
    kept = Match.objects.get(request=first).answers.get()
    assert kept.reason == reads.decision_words(item)
    with pytest.raises(Refused, match="has been accepted since"):
        deciding.decide(item=item, outcome="put_off", reason="x", by=cast.coordinator)
    deciding.decide(item=meets.items.get(line=lines[1]), outcome="agreed", reason="", by=cast.coordinator)
    accept(cast, plan, second)
    assert Match.objects.get(request=second).answers.get().yes


def test_r_7_6_with_another_ast_than_the_group_agreed_to_the_match_waits(cast: Cast) -> None:
    first, _, plan = lined(cast)
    line = plan.lines.get(request=first)
    held(cast, before(cast, meeting(cast), line))
    decide(cast, line)
    other = next(each.post for each in plan.lines.exclude(pk=line.pk))
    match = override(line=line, post=other, days=Decimal(2), reason="Knows the school", by=cast.coordinator)
    assert not match.answers.exists()
