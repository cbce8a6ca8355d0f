"""Two placements that know nothing of each other, told through the actions, with a mark in every text that is private.

`OURS` is the placement of the people in the table; `THEIRS` is the neighbour's. A mark is a made-up word such as
ZQOSTAFF: whoever finds it on a page has been shown that text of that side.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.documents import freeze
from astcoord.core.roles import Role
from astcoord.demo import asks, scene
from astcoord.demo.ask import Ask
from astcoord.demo.story import Story
from evaluation.diary.lifecycle import DiaryStatus
from evaluation.diary.models import DiaryEntry
from evaluation.reviews.lifecycle import ReviewStatus
from evaluation.reviews.models import ImpactReview, ObjectiveProgress
from placements.agreement.actions.placements import open_placement
from placements.changes.actions import asking
from placements.days.lifecycle import DayStatus
from placements.days.models import DayPart, OutreachDay
from placements.endings.documents import end_notice_facts
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match, MatchAnswer
from placements.notes.models import CaseNote
from placements.offers.models import HelpOffer
from placements.papers import actions as papers
from placements.placement.lifecycle import EndReason, PlacementStatus
from placements.placement.models import Meeting, Placement
from placements.requests.lifecycle import RequestStatus, Selection
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.supported import actions as supported
from placements.supported.rules import COMMITMENTS, Part
from placements.taken_in import actions as taken_in
from placements.taken_in.rules import Agreed
from schools.calendar.models import Term
from staff.accounts.models import RoleAssignment, User
from staff.feeds.actions import open_feed
from staff.posts.models import Post
from tests.access import careers, evaluated, money, office, pieces
from tests.access.sides import NOW, OURS, THEIRS, Side, World, ask_of
from tests.factories import MatchFactory, PlacementFactory, RequestFactory, person


def build() -> World:
    """Everything, in some ten seconds."""
    stage = scene.build(today(), "croydon")
    office.send_letters(stage)
    ours = _side(stage, OURS, asks.MATHS, "Wren Castellow")
    theirs = _side(stage, THEIRS, asks.READING, "Linnet Farraday")
    governor = {
        school: RoleAssignment.objects.get(role=Role.GOVERNOR, school__urn=school).user for school in (990101, 990103)
    }
    users = {
        "coordinator": stage.coordinator,
        "administrator": stage.administrator,
        "officer": User.objects.get(roles__role=Role.OFFICER),
        "consultant": User.objects.get(roles__role=Role.CONSULTANT),
        "other_consultant": person("Ludo Varley", "ludo@marlshire.example", Role.CONSULTANT, subjects=("music", "art")),
        "host_head": ours.host_head,
        "home_head": ours.home_head,
        "outsider_head": stage.heads[990116],
        "ast": ours.ast,
        "other_ast": stage.posts["Hazel Montrose"].user,
        "host_chair": governor[990101],
        "other_governor": governor[990103],
    }
    for side in (ours, theirs):
        office.things_of(side)
        careers.written_of(side, by=stage.coordinator)
        careers.developed(side, by=stage.coordinator)
        money.pay_of(side)
    ours.things["consultant role"] = users["consultant"].roles.get()
    theirs.things["consultant role"] = users["other_consultant"].roles.get()
    ours.things["plan"] = theirs.things["plan"] = office.made_plan(stage.coordinator)
    ours.things["annual report"] = theirs.things["annual report"] = office.issued_report(stage.coordinator)
    office.keep_uploads(ours, users["coordinator"])
    office.keep_uploads(theirs, users["officer"])
    for user in users.values():
        open_feed(by=user)
    return World(ours, theirs, users)


def _side(stage: scene.Scene, mark: str, base: Ask, teacher: str) -> Side:
    post = stage.posts[teacher]
    story = stage.story(ask_of(mark, base), 95).draft().send().take_up().propose(post).agree()
    story.meet().settle()
    _everybody_confirms(story, mark)
    story.confirm().issue().sign_all().plan(stage.today).work(stage.today)
    placement = story.fresh()
    side = Side(
        mark=mark,
        host=placement.host,
        host_head=story.head,
        home=placement.home,
        home_head=story.home_heads[placement.home_id],
        ast=post.user,
        post=post,
        placement=placement,
    )
    _mark(side)
    _requests(side, stage)
    _preparing(side, stage)
    _changes(side)
    _over(side, stage)
    _agreed_before(side, stage)
    _days(side)
    _reviews(side)
    evaluated.evaluations(side)
    return side


def _everybody_confirms(story: Story, mark: str) -> None:
    """The people supported say, through their links, what they hope to gain."""
    with story.at(18):
        for someone in story.spell().supported.all():
            goals = f"{mark}GOALS"
            part = Part(tuple(COMMITMENTS), goals, goals, yes=True, seen=someone.concerned)
            supported.confirm(person=someone, part=part)


def _mark(side: Side) -> None:
    """Marks in the texts that the story itself does not write."""
    mark, placement = side.mark, side.placement
    Placement.objects.filter(pk=placement.pk).update(
        override_reason=f"{mark}OVERRIDE",
        cover_note=f"{mark}COVER",
        meeting_place=f"{mark}PLACE",
        ends_on=date(2026, 12, 18),  # it goes on: the AST still opens the papers
    )
    Match.objects.filter(pk=placement.match_id).update(lower_choice_reason=f"{mark}CHOICE", rank=2)
    Meeting.objects.filter(placement=placement).update(notes=f"{mark}MEETING", absence_consent=f"{mark}CONSENT")
    placement.protocol.filter(number=7).update(note=f"{mark}ITEM")
    placement.papers.update(owner=f"{mark}PAPER")
    side.things["paper file"] = papers.add_file(
        paper=placement.papers.get(kind="behaviour_policy"),
        name=f"{mark}FILE.txt",
        data=f"{mark}BYTES".encode(),
        by=side.host_head,
    )
    Post.objects.filter(pk=side.post.pk).update(assessor=f"{mark}ASSESSOR", about=f"{mark}ABOUT")
    entries = DiaryEntry.objects.filter(day__placement=placement)
    entries.update(evidence=f"{mark}EVIDENCE", next_steps=f"{mark}NEXT", talk_note=f"{mark}TALK")
    audit.record("protocol: P2 or P3 overridden", placement, by=None, reason=f"{mark}OVERRIDE")
    _declare(mark, placement.request)


def _declare(mark: str, request: OutreachRequest) -> None:
    """A declaration, and the statement that it called for. The column takes ten characters."""
    request.staff.update(situation=f"{mark}DECL")
    OutreachRequest.objects.filter(pk=request.pk).update(realism=f"{mark}REALISM")


def _asked(side: Side, status: str, **fields: Any) -> OutreachRequest:
    found = RequestFactory(
        host=side.host,
        created_by=side.host_head,
        status=status,
        subject=side.placement.subject,
        task=f"{side.mark}REQUEST more of it",
        staff=False,
        **fields,
    )
    RequestedStaff.objects.create(
        request=found, name=f"Alma {side.mark}STAFF9", selection=Selection.SELF, head_agrees=True
    )
    _declare(side.mark, found)
    return found


def _requests(side: Side, stage: scene.Scene) -> None:
    """One of the school's requests in each state that has pages of its own."""
    mark = side.mark
    side.things |= {
        "draft": _asked(side, RequestStatus.DRAFT, submitted_at=None, confirmed_by=None),
        "request": _asked(side, RequestStatus.UNDER_REVIEW),
        "new request": _asked(side, RequestStatus.SUBMITTED),
        "returned request": _asked(side, RequestStatus.RETURNED, questions=f"{mark}QUESTIONS"),
        "ended request": _asked(side, RequestStatus.DECLINED, ending="unrealistic", ending_note=f"{mark}ENDING"),
        "office draft": _asked(side, RequestStatus.DRAFT, submitted_at=None, confirmed_by=None, route="direct"),
    }
    side.things["note"] = CaseNote.objects.create(
        request=side["request"], owner=stage.coordinator, text=f"{mark}CASENOTE", due_on=NOW.date()
    )
    HelpOffer.objects.create(request=side["request"], post=side.post, note=f"{mark}COULD", at=NOW)
    OutreachRequest.objects.filter(pk=side["office draft"].pk).update(created_by=stage.administrator)
    asked = _asked(side, RequestStatus.PROPOSED)
    side.things |= {
        "matched request": asked,
        "match": _match(side, asked, MatchStatus.PROPOSED, stage.coordinator),
    }
    refused = _match(side, _asked(side, RequestStatus.UNDER_REVIEW), MatchStatus.REFUSED, stage.coordinator)
    MatchAnswer.objects.create(match=refused, party="home_head", yes=False, reason=f"{mark}REFUSAL", by=side.home_head)
    side.things["refused match"] = refused


def _match(side: Side, asked: OutreachRequest, status: str, by: User) -> Match:
    reasons = [{"title": "Experience", "text": f"{side.mark}REASON", "points": 10, "most": 20}]
    return MatchFactory(
        request=asked,
        post=side.post,
        status=status,
        rank=2,
        lower_choice_reason=f"{side.mark}CHOICE",
        reasons=reasons,
        proposed_by=by,
    )


def _changes(side: Side) -> None:
    """A change of the contract that the host head has begun."""
    side.things["amendment"] = asking.propose_change(
        placement=side.placement, by=side.host_head, reason=f"{side.mark}CHANGE", focus=f"{side.mark}AIM once more"
    )
    joins = {"name": f"Alma {side.mark}STAFF9", "kind": "teacher", "email": "", "selection": Selection.SELF}
    said = {"willing_to_develop": False, "willing_to_continue": False, "head_agrees": True, "situation": "none"}
    asking.add_person(amendment=side.things["amendment"], by=side.host_head, facts={**joins, **said})


def _preparing(side: Side, stage: scene.Scene) -> None:
    """A second placement, on its way to a contract; a third whose meeting is still to come."""
    for name in ("planned", "preparing"):
        agreed = _match(side, _asked(side, RequestStatus.AGREED), MatchStatus.AGREED, stage.coordinator)
        found = open_placement(match=agreed, by=stage.coordinator)
        Placement.objects.filter(pk=found.pk).update(focus=f"{side.mark}AIM as well", days=Decimal(1))
        found.objectives.create(
            number=1, text=f"{side.mark}AIM", baseline=f"{side.mark}BASELINE", criterion="C", evidence="E"
        )
        side.things[name] = found
    Placement.objects.filter(pk=side["preparing"].pk).update(status=PlacementStatus.PRELIMINARY_HELD)


def _over(side: Side, stage: scene.Scene) -> None:
    """A placement that ended early, with its notice, and an informal link that the AST wishes."""
    over = PlacementFactory(
        match=_match(side, _asked(side, RequestStatus.PLACED), MatchStatus.AGREED, stage.coordinator),
        status=PlacementStatus.ENDED_EARLY,
        subject=side.placement.subject,
        starts_on=date(2026, 3, 3),
        ends_on=date(2026, 6, 30),
        ended_on=date(2026, 5, 19),
        ended_category=EndReason.STAFFING,
        ended_reason=f"{side.mark}ENDED",
    )
    over.supported.create(name=f"Alma {side.mark}STAFF8", kind="teacher", selection=Selection.SELF)
    OutreachDay.objects.create(placement=over, on=date(2026, 3, 3), days=Decimal(1), status=DayStatus.DONE)
    freeze("end-notice", title="x", facts=end_notice_facts(over, used=Decimal(1), by_words="AST"), about=over)
    side.things["ended placement"] = over
    side.things["informal link"] = over.informal_links.create(
        note=f"{side.mark}LINK", noted_by=side.ast, ast_willing_at=NOW
    )


def _agreed_before(side: Side, stage: scene.Scene) -> None:
    """A placement that was agreed before this system, with its signed paper."""
    agreed = Agreed(
        post=side.post,
        host=side.host,
        subject=side.placement.subject,
        starts_on=date(2026, 9, 7),
        ends_on=date(2027, 3, 26),
        days=Decimal(1),
        used=Decimal("0.5"),
        aims=(f"{side.mark}AIM of before",),
    )
    found = taken_in.take_in(agreed=agreed, by=stage.coordinator)
    data = f"%PDF-1.7 {side.mark}PIECE".encode()
    taken_in.attach_paper(placement=found, name=f"{side.mark}PIECE.pdf", data=data, by=stage.coordinator)
    side.things["agreed before"] = found


def _days(side: Side) -> None:
    """A day to come, a day to write up, one called off, and a draft that is its author's own."""
    placement = side.placement

    def day(on: date, status: str = DayStatus.PLANNED, **fields: Any) -> OutreachDay:
        return OutreachDay.objects.create(placement=placement, on=on, days=Decimal("0.5"), status=status, **fields)

    side.things |= {
        "day": day(date(2026, 10, 15), note=f"{side.mark}DAYNOTE"),
        "day to write up": day(date(2026, 9, 30)),
        "entry": DiaryEntry.objects.filter(day__placement=placement).first(),
    }
    pieces.what_came_of(side)
    lesson = DayPart.objects.create(
        day=side["day"],
        number=1,
        kind=DayPart.Kind.MODEL_LESSON,
        minutes=60,
        taught=f"{side.mark}CLASS",
        other_watcher=f"{side.mark}WATCHER",
    )
    lesson.watchers.set(placement.supported.all())
    day(date(2026, 9, 23), DayStatus.CANCELLED, cancelled_by="host", cancelled_reason=f"{side.mark}CANCELLED")
    draft = day(date(2026, 9, 24))
    side.things["draft entry"] = DiaryEntry.objects.create(
        day=draft, author=side.ast, status=DiaryStatus.DRAFT, priorities=f"{side.mark}DRAFTDAY"
    )


def _reviews(side: Side) -> None:
    """Three terms: one to write, one to comment on, one accepted."""
    mark = side.mark
    told = {"summary": f"{mark}REVIEW", "submitted_at": NOW}
    heard = {**told, "head_comment": f"{mark}COMMENT", "commented_by": side.host_head}
    rows = (
        ("review to write", "autumn-2026", ReviewStatus.DRAFT, {"summary": f"{mark}UNSENT"}),
        ("review to comment", "summer-2026", ReviewStatus.SUBMITTED, told),
        ("review", "spring-2026", ReviewStatus.COMMENTED, {**heard, "return_reason": f"{mark}RETURN"}),
    )
    for name, term, status, fields in rows:
        review = ImpactReview.objects.create(
            placement=side.placement,
            term=Term.objects.get(slug=term),
            status=status,
            due_on=date(2026, 10, 20),
            **fields,
        )
        for objective in side.placement.objectives.all():
            ObjectiveProgress.objects.create(
                review=review, objective=objective, progress="some", evidence=f"{mark}PROOF", next_steps=f"{mark}STEPS"
            )
        side.things[name] = review
