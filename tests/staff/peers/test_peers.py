"""Observations between ASTs: by consent of both, for the two of them alone, and ungraded (R-3.14)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core import retention, subject_access
from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from staff.accounts.actions.merging import merge
from staff.accounts.models import User
from staff.peers import actions, consequences
from staff.peers.lifecycle import PeerStatus
from staff.peers.models import LINE, PeerObservation
from staff.posts.events import Leaving, TakenBack
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory
from tests.staff.secondments.telling import Reader, day

pytestmark = pytest.mark.django_db
S = PeerStatus
FOCUS, SEEN, FELT = "How questions are asked", "Everybody had time to think", "I forgot the back row"
SOON = timedelta(days=7)


@pytest.fixture
def other(cast: Cast) -> Post:
    """Another AST for mathematics."""
    return PostFactory(user__name="Linnet Farraday", user__email="linnet@marlshire.example")


def propose(cast: Cast, other: Post, **said: Any) -> PeerObservation:
    given = {"email": other.user.email, "watches": True, "focus": FOCUS, "by": cast.ast}
    return actions.propose(**{**given, **said})


def agreed(cast: Cast, other: Post) -> PeerObservation:
    return actions.agree(row=propose(cast, other), by=other.user)


def booked(cast: Cast, other: Post, on: date | None = None) -> PeerObservation:
    return actions.book(row=agreed(cast, other), on=on or today(), by=cast.ast)


def done(cast: Cast, other: Post) -> PeerObservation:
    row = actions.record_done(row=booked(cast, other), by=other.user)
    actions.note(row=row, notes=SEEN, by=cast.ast)
    return actions.note(row=row, notes=FELT, by=other.user)


def told(kind: str) -> list[str]:
    return list(Message.objects.filter(kind=kind).order_by("pk").values_list("to_email", flat=True))


def test_r_3_14_an_observation_goes_its_whole_way_through_the_pages(cast: Cast, other: Post) -> None:
    one, two = Reader(cast.ast), Reader(other.user)
    asked = {"email": other.user.email, "watches": "yes", "focus": FOCUS}
    assert "Select who watches" in one.send("peer_propose", email=other.user.email, focus=FOCUS)
    assert one.send("peer_propose", **asked) == ""
    assert "proposed, agreed or booked already" in one.send("peer_propose", **asked), "sent twice"
    row = PeerObservation.objects.get()
    assert [task.title for task in tasks_for(other.user, today())][-1:] == [
        "Answer Wren Castellow, who proposes an observation"
    ]
    assert one.client.post(f"/observations/{row.pk}/agree/").status_code in (403, 404)
    assert two.send("peer_agree", row.pk) == ""
    assert one.send("peer_book", row.pk, **day("on", today())) == ""
    assert "Record the observation: Wren Castellow watches Linnet Farraday" in [
        task.title for task in tasks_for(cast.ast, today())
    ]
    assert two.send("peer_done", row.pk) == ""
    assert one.send("peer_note", row.pk, notes=SEEN) == ""
    assert two.send("peer_note", row.pk, notes="Ålesund, Ωmega, 好") == ""
    for reader in (one, two):
        page = reader.text("peer_observation", row.pk)
        assert SEEN in page
        assert "Ålesund, Ωmega, 好" in page
    assert one.send("peer_note", row.pk, notes="") == "", "notes can be taken back"
    assert SEEN not in two.text("peer_observation", row.pk)


def test_r_3_14_consent_refused_blocks_the_booking(cast: Cast, other: Post) -> None:
    """Given consent refused, when booked, then blocked; nor is it booked before there is consent."""
    row, one = propose(cast, other), Reader(cast.ast)
    assert "has not agreed yet" in one.send("peer_book", row.pk, **day("on", today() + SOON))
    Reader(other.user).send("peer_refuse", row.pk)
    assert "Consent was refused" in one.send("peer_book", row.pk, **day("on", today() + SOON))
    row.refresh_from_db()
    assert (row.status, row.on) == (S.REFUSED, None)
    assert "has not agreed" in Message.objects.get(kind="peers-answered", to_email=cast.ast.email).body
    assert propose(cast, other, watches=False).observer == other, "another one may be proposed"


def test_r_3_14_nobody_consents_for_somebody_else(cast: Cast, other: Post) -> None:
    row = propose(cast, other)
    for user in (cast.ast, cast.coordinator, cast.home_head, PostFactory().user):
        for action in (actions.agree, actions.refuse_consent):
            with pytest.raises(PermissionDenied):
                action(row=row, by=user)
    for user in (cast.coordinator, cast.home_head):
        with pytest.raises(PermissionDenied):
            propose(cast, other, by=user)


def test_r_3_14_the_same_subject_or_another_phase(cast: Cast, other: Post) -> None:
    assert propose(cast, other).kind == "subject"
    primary = PostFactory(home=SchoolFactory(phase="primary"), subjects=("art",))
    assert propose(cast, primary).kind == "phase"
    stranger = PostFactory(subjects=("art",))
    with pytest.raises(Refused, match="other subjects in the same phase"):
        propose(cast, stranger)
    with pytest.raises(Refused, match="address of another AST"):
        propose(cast, cast.post)
    for nobody in ("nobody@marlshire.example", cast.home_head.email, ""):
        with pytest.raises(Refused, match="No other AST in post has this address"):
            propose(cast, other, email=nobody)
    with pytest.raises(Refused, match="what is to be looked at"):
        propose(cast, other, focus=" ")


def test_r_3_14_of_several_posts_those_are_taken_that_fit(cast: Cast) -> None:
    art = PostFactory(subjects=("art",))
    maths = PostFactory(user=art.user, home=SchoolFactory(phase="primary"))
    row = propose(cast, art)
    assert (row.observed, row.kind) == (maths, "subject")


def test_r_3_14_notes_are_for_the_two_alone_and_there_is_no_grade(cast: Cast, other: Post) -> None:
    row = done(cast, other)
    third = PostFactory()
    assert Reader(third.user).status("peer_observation", row.pk) == 404
    assert str(row) not in Reader(third.user).text("peer_observations")
    people = (cast.coordinator, cast.administrator, cast.officer, cast.consultant, cast.home_head, cast.chair)
    for user in people:
        assert Reader(user).status("peer_observation", row.pk) == 403, user
    with pytest.raises(PermissionDenied):
        actions.note(row=row, notes="x", by=third.user)
    trail = " ".join(f"{each.before} {each.after} {each.reason}" for each in AuditEvent.objects.about(row))
    assert [words for words in (SEEN, FELT, FOCUS) if words in trail] == []
    mails = " ".join(Message.objects.values_list("body", flat=True))
    assert [words for words in (SEEN, FELT) if words in mails] == []
    graded = [f.name for f in PeerObservation._meta.fields if any(w in f.name for w in ("grade", "outcome", "level"))]
    assert graded == []
    for email in (cast.ast.email, other.user.email):
        assert SEEN in str([section.rows for section in subject_access.collect(subject_access.find(email))])


@pytest.mark.parametrize(("ahead", "words"), [(-1, "today or later"), (400, "more than a year"), (40, "not in post")])
def test_r_3_14_a_wrong_day_is_refused(cast: Cast, other: Post, ahead: int, words: str) -> None:
    Post.objects.filter(pk=other.pk).update(ends_on=today() + timedelta(days=30))
    with pytest.raises(Refused, match=words):
        actions.book(row=agreed(cast, other), on=today() + timedelta(days=ahead), by=cast.ast)


def test_r_3_14_the_day_is_moved_and_what_lies_ahead_is_not_done(cast: Cast, other: Post) -> None:
    row = booked(cast, other, today() + SOON)
    assert told("peers-booked") == [other.user.email]
    with pytest.raises(Refused, match="still to come"):
        actions.record_done(row=row, by=cast.ast)
    with pytest.raises(Refused, match="Record first"):
        actions.note(row=row, notes="x", by=cast.ast)
    actions.book(row=row, on=today() + SOON, by=other.user)
    assert told("peers-booked") == [other.user.email], "the same day tells nobody"
    moved = actions.book(row=row, on=today(), by=other.user)
    assert (moved.status, moved.on) == (S.BOOKED, today())
    assert told("peers-booked") == [other.user.email, cast.ast.email]


@pytest.mark.parametrize("state", ["proposed", "agreed", "booked"])
def test_r_3_14_either_takes_the_consent_back(cast: Cast, other: Post, state: str) -> None:
    row = {"proposed": propose, "agreed": agreed, "booked": booked}[state](cast, other)
    assert Reader(other.user).send("peer_cancel", row.pk) == ""
    row.refresh_from_db()
    assert row.status == S.CANCELLED
    assert told("peers-cancelled") == [cast.ast.email]
    with pytest.raises(Refused, match="no longer possible"):
        actions.cancel(row=row, by=cast.ast)
    with pytest.raises(Refused):
        actions.book(row=row, on=today() + SOON, by=cast.ast)


def test_r_17_7_what_lies_after_the_last_day_of_a_post_is_cancelled(cast: Cast, other: Post) -> None:
    row = booked(cast, other, today() + timedelta(days=20))
    event = Leaving(cast.post, last_day=today() + timedelta(days=10), today=today())
    assert [each.what for each in consequences.of_leaving(event)] == ["An observation with another AST"]
    consequences.carry_leaving(event, cast.coordinator)
    row.refresh_from_db()
    assert row.status == S.CANCELLED
    assert told("peers-cancelled") == [other.user.email]
    assert not list(consequences.of_leaving(Leaving(cast.post, last_day=None, today=today())))


def test_r_17_7_two_accounts_of_one_person_observe_nobody(cast: Cast, other: Post) -> None:
    third = PostFactory(user__name="Juniper Vale")
    between, with_third = propose(cast, other), propose(cast, third, by=other.user)
    merge(keep=cast.ast, other=other.user, reason="Married.", by=cast.coordinator)
    between.refresh_from_db()
    with_third.refresh_from_db()
    assert between.status == S.CANCELLED
    assert (with_third.status, with_third.asked_by) == (S.PROPOSED, cast.ast)


def test_observations_are_deleted_two_years_later_and_not_while_they_are_open(cast: Cast, other: Post) -> None:
    done(cast, other)
    still = propose(cast, other, watches=False)
    line = next(each for each in retention.schedule() if each.what == LINE)
    assert line.due
    assert line.apply
    assert line.due(date(2028, 10, 6)) == 0
    assert line.apply(date(2028, 10, 7)) == 1
    assert list(PeerObservation.objects.all()) == [still]


def test_the_list_and_the_page_cost_the_same_with_thirty_rows(cast: Cast) -> None:
    costs = []
    for more in (1, 29):
        for post in PostFactory.create_batch(more):
            row = propose(cast, post)
        reader = Reader(User.objects.get(pk=cast.ast.pk))
        for page, *args in (("peer_observations",), ("peer_observation", row.pk)):
            reader.get(page, *args)
            with CaptureQueriesContext(connection) as queries:
                reader.get(page, *args)
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 12, costs


def test_r_2_1_a_first_day_taken_back_cancels_what_is_open_between_the_two(cast: Cast, other: Post) -> None:
    row = agreed(cast, other)
    event = TakenBack(cast.post, today=today())
    assert len(list(consequences.of_taken_back(event))) == 1
    consequences.carry_taken_back(event, cast.coordinator)
    row.refresh_from_db()
    assert row.status == "cancelled"
    assert told("peers-cancelled") == [other.user.email]
