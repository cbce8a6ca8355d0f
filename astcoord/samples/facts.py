"""Invented facts for every e-mail: nothing here is of anybody, nothing is stored, and no row of the database is read.

`facts` are what templates are given, by the names they know it by; `otherwise` is the other side of what they ask.
"""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from astcoord.core import outbox
from astcoord.core.emails import Reader
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import Party
from astcoord.core.wording import date_words
from astcoord.core.words import say
from astcoord.samples import people as who
from evaluation.estimates.models import Offer
from evaluation.evaluations.models import Evaluation
from evaluation.half_way.models import HalfWayReview
from evaluation.performance.models import OutreachJudgement
from evaluation.returns.models import ReturnVisit
from evaluation.reviews.models import ImpactReview
from placements.balances.rules import Alert
from placements.endings.emails import Asked
from placements.variations.models import TimeVariation
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

NO = (
    "begins_on",
    "head_told",
    "joins",
    "refused_by",
    "signs",
    "prepare",
    "plans",
    "decides",
    "again",
    "listed",
    "ended",
)


def reader() -> Reader:
    """To whom each is shown as going."""
    return Reader.of(who.HOST_HEAD)


def facts(today: date, authority: Policy) -> dict[str, Any]:
    """One side of each message, as of a day, under the policy in force."""
    on = today + timedelta(days=28)
    return _placements(today, on, authority) | _evaluation(today, on) | _people(on) | _meetings(today, on)


def otherwise(today: date, authority: Policy) -> dict[str, Any]:
    """The other side: what was yes is no, what was asked is not."""
    on = today + timedelta(days=28)
    years = {"subject": "music", "year": today.year}
    return facts(today, authority) | {
        **dict.fromkeys((*NO, "no_outreach", "confirms", "party", "asked", "left", "to_ast", "asks"), False),
        **{"news": "cancelled", "first": None, "several": "2 outreach days are planned", "gone": "2 outreach days"},
        "proposal": Proposal(pk=1, school=who.HOST, status="returned"),
        "offer": Offer(pk=1, school=who.HOST, **years, status="declined", because="not_now", answer_by=on),
        "booking": Booking(pk=1, school=who.HOST, status="waiting"),
        "version": SimpleNamespace(number=1, change="", policy=authority),
        "visit": ReturnVisit(
            pk=1, term="Summer term", status="cancelled", due_on=on, visit_on=on, proposed_by="ast", asked_by="ast"
        ),
        "form": Evaluation(pk=1, placement=who.placement(today), kind="interim", asked_of="ast", due_on=today),
        "what": "change",
        "own": {"can_sign_in": False},
        "entry": SimpleNamespace(pk=1, on_board=False),
        "correction": SimpleNamespace(pk=1, asked_by=who.AST, outcome="left"),
        "days": [_line(on), _line(on + timedelta(days=7))],
    }


def _placements(today: date, on: date, authority: Policy) -> dict[str, Any]:
    placement = who.placement(today)
    return {
        "placement": placement,
        "request": placement.request,
        "match": placement.match,
        "decide_by": on,
        "schools": [(f"{who.HOST.name} (P00007)", [f"Called off: {_line(on)}"])],
        **{"day": who.day(on), "days": [_line(on)], "was": today, "on": on},
        **{"first": on, "confirms": True, "cover": False, "side": say("the AST or the AST’s own school")},
        **{"several": "An outreach day is planned", "gone": f"The outreach day of {date_words(on)}", "news": "planned"},
        "version": SimpleNamespace(number=2, change="", policy=authority),
        **{"signs": True, "capacity": Party.HOST_HEAD.label, "prepare": True, "plans": True, "decides": True},
        **{"kinds": ["Prospectus", "Staff list"], "needed": [say("how the AST’s classes are covered")]},
        **{"peer": SimpleNamespace(post=who.POST), "by": who.AST, "by_words": say("AST"), "asked_by": who.AST.name},
        "amendment": SimpleNamespace(pk=1, days=Decimal(9), ends_on=placement.ends_on),
        **{"again": True, "what": "extension", "how": "refused", "left": 1, "party": "ast"},
        **{"refused_by": say("AST"), "reason": "No time this term", "missing": [say("AST")]},
        **{
            "topic": "mathematics",
            "told_by": who.AST.name,
            "said_by": who.AST.name,
            "head_told": True,
            "found": "4 of 6 days found",
        },
        **{
            "link": outbox.link("/my-part/x/"),
            "until": on,
            "dates": date_words(placement.ends_on or on),
            "wrong": who.HOME,
            "right": True,
        },
        "variation": TimeVariation(pk=1, post=who.POST, share=Decimal("0.10"), starts_on=on, ends_on=on),
        "wait": SimpleNamespace(
            what="a signature on the contract", wanted="Read and sign it", since=on, by=None, before=False
        ),
        "alert": Alert("shortfall", say("0 days of outreach fall into this term.")),
        **{"term": "Autumn term", "lines": [f"{who.AST.name}: shortfall of outreach"], "reopened": True},
        **{"built": SimpleNamespace(pk=1, term=who.term(on)), "letters": "1,204"},
        "facts": {
            "term": "Autumn term",
            "letterhead": {"authority": authority.authority_name},
            "asts_in_post": 23,
            "browse_link": outbox.link("/requests/new/"),
        },
        "own": {"can_sign_in": True, "sign_in_as": who.HOST_HEAD.email},
    }


def _evaluation(today: date, on: date) -> dict[str, Any]:
    placement, term = who.placement(today), who.term(on)
    years = {"subject": "music", "year": today.year}
    return {
        "review": ImpactReview(pk=1, placement=placement, term=term, due_on=on),
        "board": SimpleNamespace(school=who.HOST, term=term),
        "visit": ReturnVisit(
            pk=1, term="Summer term", due_on=on, visit_on=on, days=Decimal(1), proposed_by="host", asked_by="host"
        ),
        "half_way": HalfWayReview(pk=1, placement=placement, asked_on=today, due_on=on, decision="go_on"),
        "correction": SimpleNamespace(pk=1, asked_by=who.AST, outcome="corrected"),
        "asked": Asked(who.HOST_HEAD.email, on, outbox.link("/evaluations/1/")),
        "form": Evaluation(pk=1, placement=placement, kind="final", asked_of="host_head", due_on=on),
        "paper": True,
        "row": OutreachJudgement(pk=1, post=who.POST, year=who.year(on), version=2, home=who.HOME),
        **{"year": who.year(on), "to_ast": True, "due": on},
        "offer": Offer(pk=1, school=who.HOST, **years, status="accepted", answer_by=on),
        "grounds": ["GCSE at A* to C in the subject: estimate 62, result 55: 7 points under the estimate"],
        "entry": SimpleNamespace(pk=1, on_board=True),
    }


def _people(on: date) -> dict[str, Any]:
    return {
        "assignment": who.HEADSHIP,
        **{"deputy": who.stands_in(on), "ended": True, "ends_on": on},
        **{"begins_on": on, "before": "r.oakhanger@marlshire.example", "post": who.POST, "other": who.AST},
        **{"other_head": "Ivo Saltmarsh", "other_school": who.HOME, "asks": True},
        **{"waits": ["Contract to sign, P00007"], "old": who.HOME, "new": who.HOST},
        "description": JobDescription(pk=1, post=who.POST, version=2),
        **{"joins": True, "no_outreach": True, "listed": True},
        "aspirant": Aspirant(pk=1, school=who.HOME, subject="music"),
        "move": PostMove(post=who.POST, left=who.HOME, home=who.HOST, on=on),
        "proposal": Proposal(pk=1, school=who.HOST, status="extended"),
        "round": SecondmentRound(pk=1, name="Secondments from January", closes_on=on),
        "held": Secondment(pk=1, ends_on=on),
        "statement": GrantStatement(pk=1, term=who.term(on), paid_on=on),
        **{"heading": "A day for teachers", "written": f"Please keep {date_words(on)} free."},
    }


def _meetings(today: date, on: date) -> dict[str, Any]:
    session = Briefing(pk=1, title=say("Becoming an AST"), on=on, place="Shire Hall", cancelled_because="it snows")
    asks = Questionnaire(pk=1, title="What you would like to learn", closes_on=on)
    return {
        "briefing": session,
        "booking": Booking(pk=1, briefing=session, school=who.HOST, status="booked"),
        "qa": QaVisit(pk=1, post=who.POST, kind="teaching", on=on, visitor=who.OFFICE),
        "network": NetworkMeeting(
            pk=1, kind="subject", subject="music", on=on, place="Shire Hall", led_by=who.OFFICE, cancelled_because="ice"
        ),
        **{"agenda": [AgendaItem(number=1, what="Marking", purpose="practice")], "span": "Autumn term"},
        "notice": Notice(pk=1, title="Algebra in March", ends_on=on),
        "cpd": CpdEntry(pk=1, post=who.POST, kind="visit", what="A museum", on=today),
        "cpd_offer": CpdOffer(
            pk=1, title="Leading a department", on=on, closes_on=on, withdrawn_because="The trainer is ill."
        ),
        "peers": PeerObservation(pk=1, observer=who.POST, observed=who.POST, focus="Questions", on=on),
        "questionnaire": asks,
        "invitation": QuestionnaireInvitation(pk=1, questionnaire=asks, post=who.POST),
    }


def _line(on: date) -> str:
    return f"{on:%A} {date_words(on)}, whole day, at the host school"
