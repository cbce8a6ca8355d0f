"""Every e-mail there is, found in the templates' folders: each has a subject, the greeting and the signature."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from astcoord.core import emails, personal_data
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from evaluation.estimates.models import Offer
from evaluation.evaluations.models import Evaluation
from evaluation.half_way.models import HalfWayReview
from evaluation.performance.models import OutreachJudgement
from evaluation.returns.models import ReturnVisit
from evaluation.reviews import emails as reviews
from evaluation.reviews.models import ImpactReview
from placements.agreement import emails as agreement
from placements.balances.rules import Alert
from placements.days import emails as days
from placements.days.models import OutreachDay
from placements.endings.emails import Asked
from placements.matching import emails as matching
from placements.placement.models import Placement
from placements.placement.reads import readers_of
from placements.requests import emails as requests
from placements.supported import emails as supported
from placements.supported.models import SupportedStaff
from placements.variations.models import TimeVariation
from schools.calendar.models import Term
from schools.register.models import School
from staff.accounts.models import RoleAssignment
from staff.accounts.reads import heads_or_school
from staff.aspirants.models import Aspirant
from staff.briefings.models import Booking, Briefing
from staff.cpd.models import CpdEntry, CpdOffer
from staff.descriptions.models import JobDescription
from staff.networks.models import AgendaItem, NetworkMeeting
from staff.notices.models import Notice
from staff.peers.models import PeerObservation
from staff.posts.models import PostMove
from staff.quality.models import QaVisit
from staff.questionnaires.models import Questionnaire, QuestionnaireInvitation
from staff.secondments.models import GrantStatement, Proposal, Secondment, SecondmentRound
from tests import ROOT
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FOLDER = ROOT / "templates"
TEMPLATES = sorted(
    path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*/emails/*.txt") if not path.name.startswith("_")
)
"""What begins with an underscore is a part of others."""
OFF: dict[str, Any] = {
    **dict.fromkeys(
        (
            *("begins_on", "head_told", "joins", "refused_by", "signs", "prepare", "news", "plans", "decides"),
            *("again", "listed", "no_outreach"),
        ),
        False,
    ),
    "proposal": Proposal(pk=1, school=School(name="Fernleigh"), status="returned"),
    "offer": Offer(
        pk=1,
        school=School(name="Fernleigh"),
        subject="music",
        year=2026,
        status="declined",
        because="not_now",
        answer_by=date(2026, 11, 3),
    ),
    "booking": Booking(pk=1, school=School(name="Fernleigh"), status="waiting"),
    "party": "home_head",
    "asked": None,
    "left": 0,
    "version": SimpleNamespace(number=1, policy=SimpleNamespace(contract_word="memorandum")),
    "visit": ReturnVisit(
        pk=1,
        term="Summer term",
        status="cancelled",
        due_on=date(2027, 7, 20),
        visit_on=date(2027, 6, 1),
        proposed_by="ast",
    ),
    "form": Evaluation(pk=1, kind="interim", asked_of="ast", due_on=date(2026, 12, 1)),
    "what": "change",
    "own": {"can_sign_in": False},
    "entry": SimpleNamespace(pk=1, on_board=False),
}
"""The other side of what templates ask."""


def _visit() -> ReturnVisit:
    on = date(2027, 6, 1)
    return ReturnVisit(pk=1, term="Summer term", due_on=on, visit_on=on, days=Decimal(1), proposed_by="host")


@pytest.fixture
def placement(cast: Cast) -> Placement:
    placement = cast.placement(notice_days=5, meeting_place="The library")
    SupportedStaff.objects.create(placement=placement, name="Juno Pettifer", email="juno@marlshire.example")
    return placement


@pytest.fixture
def day(placement: Placement) -> OutreachDay:
    return OutreachDay.objects.create(placement=placement, on=date(2026, 11, 3), days=Decimal(1))


@pytest.fixture
def review(placement: Placement) -> ImpactReview:
    return ImpactReview.objects.create(placement=placement, term=Term.objects.first(), due_on=date(2026, 12, 18))


@pytest.fixture
def facts(cast: Cast, placement: Placement, day: OutreachDay, review: ImpactReview) -> dict[str, Any]:
    """What templates are given, by the names they know it by."""
    round_ = {"term": "Autumn term 2026", "letterhead": {"authority": "Marlshire"}, "asts_in_post": 2}
    return {
        **{"placement": placement, "request": placement.request, "match": placement.match, "review": review},
        **{"schools": [("Fernleigh (P00001)", ["Called off: Tuesday 3 November 2026"])], "cover": False},
        **{"day": day, "days": ["Tuesday 3 November 2026, whole day"], "was": date(2026, 11, 2), "on": day.on},
        **{
            "board": SimpleNamespace(school=cast.host, term=review.term),
            "facts": {**round_, "browse_link": "https://x/"},
        },
        **{
            "built": SimpleNamespace(pk=1, term=review.term),
            "letters": "1,204",
            "several": "2 outreach days are planned",
            "gone": "2 outreach days",
            "news": "changed",
            "plans": True,
        },
        **{
            "version": SimpleNamespace(number=2, change="", policy=cast.policy),
            "signs": True,
            "capacity": "Headteacher",
            "by": cast.ast,
        },
        **{
            "kinds": ["Prospectus", "Staff list"],
            "needed": ["how", "when"],
            "by_words": "AST",
            "asked_by": "Wren Castellow",
            "side": "the AST",
        },
        **{
            "peer": SimpleNamespace(post=cast.post),
            "amendment": SimpleNamespace(pk=1, days=Decimal(9), ends_on=date(2027, 3, 9)),
            "decides": True,
            "again": True,
        },
        **{
            "what": "extension",
            "how": "refused",
            "own": {"can_sign_in": True, "sign_in_as": "rowan@marlshire.example"},
        },
        **{"refused_by": "AST", "reason": "No time", "missing": ["AST"], "party": "ast", "prepare": True, "left": 1},
        **{"topic": "mathematics", "told_by": "Wren Castellow", "head_told": True, "found": "4 of 6 days found"},
        **{"assignment": cast.host_head.roles.first(), "begins_on": day.on, "what": "A passkey has been set up."},
        "deputy": RoleAssignment(user=cast.officer, stands_in_for=cast.coordinator, starts_on=day.on, ends_on=day.on),
        "ends_on": day.on,
        **{
            "link": "https://ast.marlshire.example/your-part/x/",
            "until": day.on,
            "entry": SimpleNamespace(pk=1, on_board=True),
        },
        "before": "rowan.old@marlshire.example",
        **{"other_head": "Ivo Saltmarsh", "other_school": cast.elsewhere, "asks": True},
        "waits": ["Contract to sign, P00001"],
        **{"old": cast.elsewhere, "new": cast.host},
        "variation": TimeVariation(pk=1, post=cast.post, share="0.10", starts_on=day.on, ends_on=day.on),
        "post": cast.post,
        "row": OutreachJudgement(pk=1, post=cast.post, year=cast.year, version=2, home=cast.home),
        "year": cast.year,
        "no_outreach": True,
        "description": JobDescription(pk=1, post=cast.post, version=2),
        "joins": True,
        **{
            "offer": Offer(pk=1, school=cast.host, subject="music", year=2026, status="accepted", answer_by=day.on),
            "grounds": ["GCSE at A* to C in the subject, 2026: Estimate 62, result 55: 7 points under the estimate"],
        },
        "aspirant": Aspirant(pk=1, school=cast.home, subject="music"),
        "listed": True,
        "move": PostMove(post=cast.post, left=cast.home, home=cast.elsewhere, on=day.on),
        **{"alert": Alert("shortfall", "Too little."), "term": "Autumn term 2026", "lines": ["Wren Castellow: late"]},
        "proposal": Proposal(pk=1, school=cast.host, status="extended"),
        "round": SecondmentRound(pk=1, name="Secondments from January", closes_on=day.on),
        "held": Secondment(pk=1, ends_on=day.on),
        "statement": GrantStatement(pk=1, term=review.term, paid_on=day.on),
        "briefing": (session := Briefing(pk=1, title="Becoming an AST", on=day.on, place="Shire Hall")),
        "booking": Booking(pk=1, briefing=session, school=cast.host, status="booked"),
        "to_ast": True,
        "qa": QaVisit(pk=1, post=cast.post, kind="teaching", on=day.on, visitor=cast.consultant),
        "network": NetworkMeeting(
            pk=1, kind="subject", subject="music", on=day.on, place="Shire Hall", led_by=cast.coordinator
        ),
        **{"agenda": [AgendaItem(number=1, what="Marking", purpose="practice")], "span": "Autumn term 2026"},
        **{"notice": Notice(pk=1, title="Algebra in March", ends_on=day.on), "news": "Three days."},
        "cpd": CpdEntry(pk=1, post=cast.post, kind="visit", what="A museum", on=day.on),
        "cpd_offer": CpdOffer(pk=1, title="Leading a department", on=day.on, withdrawn_because="The trainer is ill."),
        "peers": PeerObservation(pk=1, observer=cast.post, observed=cast.post, focus="Questions", on=day.on),
        "other": cast.ast,
        "due": day.on,
        **{"heading": "A day for ASTs", "written": "Please keep 3 November free.", "wrong": cast.home},
        "questionnaire": (asks := Questionnaire(pk=1, title="What you would like to learn", closes_on=day.on)),
        "invitation": QuestionnaireInvitation(pk=1, questionnaire=asks, post=cast.post),
        "half_way": HalfWayReview(pk=1, placement=placement, asked_on=day.on, due_on=day.on, decision="go_on"),
        "correction": SimpleNamespace(pk=1, asked_by=cast.ast, outcome="corrected"),
        "visit": _visit(),
        "was": day.on,
        "asked": Asked("rowan@marlshire.example", day.on, "https://ast.marlshire.example/evaluations/1/"),
        "form": Evaluation(pk=1, placement=placement, kind="final", asked_of="host_head", due_on=day.on),
    }


def test_there_are_templates() -> None:
    assert len(TEMPLATES) >= 40
    assert len({Path(name).stem for name in TEMPLATES}) == len(TEMPLATES), "the name is the message's kind"


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_e_mail_has_subject_greeting_and_signature_and_names_nobody(
    template: str, cast: Cast, facts: dict[str, Any]
) -> None:
    for given in (facts, {**facts, **OFF}):
        subject, body = emails.render(template, to=Reader.of(cast.host_head), authority=cast.policy, **given)
        assert 10 < len(subject) < 200
        assert "\n" not in subject
        assert not subject.startswith("Dear")
        assert body.startswith("Dear Rowan Oakhanger\n\n")
        assert body.endswith("\n\nAST co-ordinator\nMarlshire County Council\nast-office@marlshire.example\n")
        assert "\n\n\n" not in body
        for text in (subject, body, emails.html(subject, body)):
            assert [left for left in ("{{", "{%", "None", "Juno", "Pettifer") if left in text] == []


def test_people_who_are_supported_are_not_named_in_the_greeting(placement: Placement, cast: Cast) -> None:
    placement.meeting_called_for = today()
    agreement.call_meeting(
        placement, readers_of(placement, today()), today(), [Document.objects.create(kind="x", facts={})]
    )
    message = Message.objects.get(to_email="juno@marlshire.example")
    assert message.body.startswith("Dear colleague\n")


ToAHead = Callable[[Placement, OutreachDay, ImpactReview], Any]
TO_A_HEAD: dict[str, ToAHead] = {
    "request-returned": lambda p, d, r: requests.returned(p.request),
    "match-agreed": lambda p, d, r: matching.agreed(p.match),
    "placement-active": lambda p, d, r: agreement.tell_active(p, readers_of(p, today())),
    "supported-withdrew": lambda p, d, r: supported.tell_withdrawn(p.supported.get(), readers_of(p, today()), left=1),
    "day-planned": lambda p, d, r: days.planned([d], by=None),
    "review-submitted": lambda p, d, r: reviews.submitted(r),
}


@pytest.mark.parametrize("kind", TO_A_HEAD)
def test_where_no_head_has_an_account_the_school_is_written_to(
    kind: str, cast: Cast, placement: Placement, day: OutreachDay, review: ImpactReview
) -> None:
    RoleAssignment.objects.filter(user=cast.host_head).delete()
    TO_A_HEAD[kind](placement, day, review)
    message = Message.objects.get(kind=kind, to_email=cast.host.email)
    assert message.to_name == "The headteacher"
    assert message.body.startswith("Dear Headteacher\n")
    assert "no headteacher of the school has an account yet" in message.body
    assert f"school:{cast.host.pk}" in message.key or message.key.endswith(cast.host.email)


def test_a_head_with_an_account_is_written_to_and_not_the_school(cast: Cast) -> None:
    assert heads_or_school(cast.host, today()) == [Reader.of(cast.host_head)]
    cast.host.email = ""
    RoleAssignment.objects.filter(user=cast.host_head).delete()
    assert heads_or_school(cast.host, today()) == [], "nobody to write to, and no error"


BY_ITSELF = re.compile(r"{{\s*(?:\w+\.)*(\w+)[\s|}]")
NOT_TYPED_OF_A_CASE = {"name", "title", "subject", "before"}
"""Of a school, of an alert, of a message: columns of these names mean something else in an e-mail."""


@pytest.mark.parametrize("template", TEMPLATES)
def test_section_g_what_people_typed_of_a_case_goes_through_the_rule_of_names(template: str) -> None:
    """`{% told request.task request %}`, not `{{ request.task }}`: its reader may not know the people supported."""
    typed = {column for model in apps.get_models() for column in personal_data.of(model).may_name}
    bare = set(BY_ITSELF.findall((FOLDER / template).read_text())) & typed - NOT_TYPED_OF_A_CASE
    assert not bare, f"put these through told: {', '.join(bare)}"
