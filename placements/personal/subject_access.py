"""What this floor holds on a person: requests, answers, signatures, placements, and the rows of supported staff."""

from collections.abc import Iterable
from typing import Any

from astcoord.core import protected
from astcoord.core.subject_access import BY_NAME, Mine, Shown, Subject, by_account, by_name
from placements.agreement.models import ProtocolItem, Signature
from placements.days.models import DayPart, LedgerEntry, OutreachDay
from placements.matching.models import Match, MatchAnswer
from placements.papers.models import PaperFile
from placements.placement.models import Meeting, Placement
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.supported.models import Confirmation, SupportedStaff

PERSON = "name; e-mail: email; role: get_kind_display; how you were chosen: get_selection_display"


def _plan(day: OutreachDay, subject: Subject) -> str:
    """ "Model lesson, 60 minutes, Year 4, watched by the teaching assistant"."""
    parts = list(day.parts.all())
    names = protected.names_about(day) if parts else []
    return "; ".join(str(protected.cleaned(_part(part), names)) for part in parts)


def _part(part: DayPart) -> str:
    watching = f"watched by {part.other_watcher}" if part.other_watcher else ""
    return ", ".join(filter(None, [str(part), part.taught, watching]))


def _confirmed(subject: Subject) -> Iterable[Any]:
    return Confirmation.objects.filter(person__in=by_name(SupportedStaff)(subject))


def _watched(subject: Subject) -> Iterable[Any]:
    return DayPart.objects.filter(watchers__in=by_name(SupportedStaff)(subject)).distinct()


def _situation(row: RequestedStaff, _: Subject) -> str:
    """About nobody else, so the person may read it (section G, “R own”)."""
    return row.get_situation_display() if row.situation else "Deleted"


ACTED = (
    Shown(
        "Requests that you made, confirmed or judged",
        by_account(OutreachRequest, "created_by", "confirmed_by", "realism_by"),
        "reference; school: host.name; status: get_status_display; made: created_at; sent: submitted_at; "
        "subject: get_subject_display",
        filled=OutreachRequest.personal_data.may_name,  # whoever made the request wrote them
    ),
    Shown(
        "Your answers to proposed matches",
        by_account(MatchAnswer, "by"),
        "match: match_id; as: get_party_display; answer; reason; when: at",
        {"answer": lambda answer, _: "Yes" if answer.yes else "No"},
    ),
    Shown(
        "Contracts that you signed",
        by_account(Signature, "user"),
        "placement: version.placement.reference; version: version.number; as: get_party_display; name; "
        "when: signed_at; SHA-256: sha256",
    ),
    Shown(
        "Protocol items that you recorded",
        by_account(ProtocolItem, "agreed_by", "fulfilled_by"),
        "placement: placement.reference; item: __str__; agreed; note; done",
        {
            "agreed": Mine("agreed_by", "agreed_at"),
            "note": Mine("agreed_by", "note"),
            "done": Mine("fulfilled_by", "fulfilled_on"),
        },
    ),
    Shown(
        "Meetings that you recorded",
        by_account(Meeting, "recorded_by"),
        "placement: placement.reference; held: held_on; recorded: recorded_at",
    ),
    Shown(
        "Papers that you uploaded",
        by_account(PaperFile, "uploaded_by"),
        "placement: paper.placement.reference; paper: paper.get_kind_display; name; uploaded: uploaded_at; "
        "removed: removed_at",
    ),
)

TAUGHT = (
    Shown(
        "Matches proposed to you",
        by_account(Match, "post__user"),
        # The reasons too: they say what was thought of the AST's fit
        "school: request.host.name; status: get_status_display; days; rank; score; reasons; proposed: proposed_at",
    ),
    Shown(
        "Your placements",
        by_account(Placement, "post__user"),
        "reference; school: host.name; status: get_status_display; subject: get_subject_display; days; "
        "from: starts_on; until: ends_on",
    ),
    Shown(
        "Your outreach days",
        by_account(OutreachDay, "placement__post__user"),
        "placement: placement.reference; on; days; status: get_status_display; note; "
        "called off because: cancelled_reason; plan",
        {"plan": _plan},
    ),
    Shown(
        "Your time account",
        by_account(LedgerEntry, "post__user"),
        "year: year.slug; kind: get_kind_display; days; on; why: reason",
    ),
)

SUPPORTED = (
    Shown(
        "Requests for support in which you are named",
        by_name(RequestedStaff),
        f"request: request.reference; school: request.host.name; {PERSON}; declared of your situation; "
        "headteacher agrees: head_agrees; willing to develop: willing_to_develop; "
        "willing to continue: willing_to_continue",
        {"declared of your situation": _situation},
        note=BY_NAME,
    ),
    Shown(
        "Placements in which you are supported",
        by_name(SupportedStaff),
        f"placement: placement.reference; school: placement.host.name; {PERSON}; first talk: first_met_on; "
        "link sent: link_sent_at; first confirmed: confirmed_at; withdrew: withdrew_on",
        note=BY_NAME,
    ),
    Shown(
        "What you confirmed, and your own goals",
        _confirmed,
        "placement: person.placement.reference; when: at; you confirmed; you want to get better at: development; "
        "you hope to gain: gain; entered from paper by",
        {
            "you confirmed": lambda row, _: "; ".join(row._meta.get_field("agreed").labels(row)),
            "entered from paper by": lambda row, _: str(row.recorded_by or ""),
        },
        note=BY_NAME,
    ),
    Shown(
        "Model lessons planned for you to watch",
        _watched,
        "placement: day.placement.reference; on: day.on; class: taught; minutes",
        note=BY_NAME,
    ),
)

SECTIONS = ACTED + TAUGHT + SUPPORTED
