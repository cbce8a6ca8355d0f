"""What this floor holds on a person: requests, answers, signatures, placements, and the rows of supported staff."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from astcoord.core import personal, protected
from astcoord.core.personal import BY_NAME, Row, Section, Subject
from placements.agreement.models import ProtocolItem, Signature
from placements.days.models import DayPart, LedgerEntry, OutreachDay
from placements.matching.models import Match, MatchAnswer
from placements.papers.models import PaperFile
from placements.personal.forgetting import REQUEST_TEXTS
from placements.placement.models import Meeting, Placement
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.supported.models import Confirmation, SupportedStaff
from placements.supported.names import of_request


def register() -> None:
    """Called when the software starts."""
    personal.register(collect)


def collect(subject: Subject) -> Iterator[Section]:
    """As somebody who acts in the service, as an AST, and as somebody who is supported."""
    if subject.user is not None:
        yield from _acted(subject.user)
        yield from _taught(subject.user)
    yield from _supported(subject)


def others(subject: Subject, request_id: int) -> list[str]:
    """Names to leave out of a text that this person is given: everybody's but the person's own."""
    return [name for name in of_request(request_id) if not personal.same_name(name, subject.name)]


def _acted(user: Any) -> Iterator[Section]:
    requests = OutreachRequest.objects.filter(Q(created_by=user) | Q(confirmed_by=user) | Q(realism_by=user))
    yield Section("Requests that you made, confirmed or judged", [_request(r) for r in requests.select_related("host")])
    answers = MatchAnswer.objects.filter(by=user).select_related("match")
    yield Section("Your answers to proposed matches", [_answer(answer) for answer in answers])
    signatures = Signature.objects.filter(user=user).select_related("version__placement")
    yield Section("Contracts that you signed", [_signature(each) for each in signatures])
    items = ProtocolItem.objects.filter(Q(agreed_by=user) | Q(fulfilled_by=user)).select_related("placement")
    yield Section("Protocol items that you recorded", [_item(item, user) for item in items])
    meetings = Meeting.objects.filter(recorded_by=user).select_related("placement")
    yield Section(
        "Meetings that you recorded",
        [{"placement": m.placement.reference, "held": m.held_on, "recorded": m.recorded_at} for m in meetings],
    )
    files = PaperFile.objects.filter(uploaded_by=user).select_related("paper__placement")
    yield Section("Papers that you uploaded", [_paper(file) for file in files])


def _paper(file: PaperFile) -> Row:
    return {
        "placement": file.paper.placement.reference,
        "paper": file.paper.get_kind_display(),
        "name": protected.cleaned(file.name, of_request(file.paper.placement.request_id)),
        "uploaded": file.uploaded_at,
        "removed": file.removed_at,
    }


def _request(request: OutreachRequest) -> Row:
    """The texts too: whoever made the request wrote them."""
    texts = {name: getattr(request, name) for name in REQUEST_TEXTS if getattr(request, name)}
    return {
        "reference": request.reference,
        "school": request.host.name,
        "status": request.get_status_display(),
        "made": request.created_at,
        "sent": request.submitted_at,
        "subject": request.get_subject_display(),
        **protected.cleaned(texts, of_request(request.pk)),
    }


def _answer(answer: MatchAnswer) -> Row:
    return {
        "match": answer.match_id,
        "as": answer.get_party_display(),
        "answer": "Yes" if answer.yes else "No",
        "reason": protected.cleaned(answer.reason, of_request(answer.match.request_id)),
        "when": answer.at,
    }


def _signature(signature: Signature) -> Row:
    return {
        "placement": signature.version.placement.reference,
        "version": signature.version.number,
        "as": signature.get_party_display(),
        "name": signature.name,
        "when": signature.signed_at,
        "SHA-256": signature.sha256,
    }


def _item(item: ProtocolItem, user: Any) -> Row:
    own = item.agreed_by_id == user.pk
    return {
        "placement": item.placement.reference,
        "item": str(item),
        "agreed": item.agreed_at if own else None,
        "note": protected.cleaned(item.note, of_request(item.placement.request_id)) if own else "",
        "done": item.fulfilled_on if item.fulfilled_by_id == user.pk else None,
    }


def _taught(user: Any) -> Iterator[Section]:
    """An AST's matches, placements, days and time account."""
    matches = Match.objects.filter(post__user=user).select_related("request__host")
    yield Section("Matches proposed to you", [_match(match) for match in matches])
    placements = Placement.objects.filter(post__user=user).select_related("host")
    yield Section("Your placements", [_placement(placement) for placement in placements])
    days = OutreachDay.objects.filter(placement__post__user=user).select_related("placement").prefetch_related("parts")
    yield Section("Your outreach days", [_day(day) for day in days])
    entries = LedgerEntry.objects.filter(post__user=user).select_related("year")
    yield Section(
        "Your time account",
        [
            {"year": e.year.slug, "kind": e.get_kind_display(), "days": e.days, "on": e.on, "why": e.reason}
            for e in entries
        ],
    )


def _match(match: Match) -> Row:
    """The reasons too: they say what was thought of the AST's fit."""
    return {
        "school": match.request.host.name,
        "status": match.get_status_display(),
        "days": match.days,
        "rank": match.rank,
        "score": match.score,
        "reasons": protected.cleaned(match.reasons, of_request(match.request_id)),
        "proposed": match.proposed_at,
    }


def _placement(placement: Placement) -> Row:
    return {
        "reference": placement.reference,
        "school": placement.host.name,
        "status": placement.get_status_display(),
        "subject": placement.get_subject_display(),
        "days": placement.days,
        "from": placement.starts_on,
        "until": placement.ends_on,
    }


def _day(day: OutreachDay) -> Row:
    parts = list(day.parts.all())
    names = of_request(day.placement.request_id) if parts or day.note or day.cancelled_reason else []
    return {
        "placement": day.placement.reference,
        "on": day.on,
        "days": day.days,
        "status": day.get_status_display(),
        "note": protected.cleaned(day.note, names),
        "called off because": protected.cleaned(day.cancelled_reason, names),
        "plan": "; ".join(_part(part, names) for part in parts),
    }


def _part(part: DayPart, names: list[str]) -> str:
    """ "Model lesson, 60 minutes, Year 4, watched by the teaching assistant"."""
    watching = f"watched by {part.other_watcher}" if part.other_watcher else ""
    return str(protected.cleaned(", ".join(filter(None, [str(part), part.taught, watching])), names))


def _supported(subject: Subject) -> Iterator[Section]:
    asked = RequestedStaff.objects.filter(subject.rows_named()).select_related("request__host")
    yield Section("Requests for support in which you are named", [_asked(row) for row in asked], BY_NAME)
    placed = SupportedStaff.objects.filter(subject.rows_named()).select_related("placement__host")
    yield Section("Placements in which you are supported", [_placed(row) for row in placed], BY_NAME)
    said = Confirmation.objects.filter(person__in=placed).select_related("person__placement", "recorded_by")
    yield Section("What you confirmed, and your own goals", [_said(row) for row in said], BY_NAME)
    lessons = DayPart.objects.filter(watchers__in=placed).select_related("day__placement").distinct()
    yield Section("Model lessons planned for you to watch", [_watched(part, subject) for part in lessons], BY_NAME)


def _said(row: Confirmation) -> Row:
    return {
        "placement": row.person.placement.reference,
        "when": row.at,
        "you confirmed": "; ".join(Confirmation._meta.get_field("agreed").labels(row)),
        "you want to get better at": row.development,
        "you hope to gain": row.gain,
        "entered from paper by": str(row.recorded_by or ""),
    }


def _watched(part: DayPart, subject: Subject) -> Row:
    placement = part.day.placement
    taught = protected.cleaned(part.taught, others(subject, placement.request_id))
    return {"placement": placement.reference, "on": part.day.on, "class": taught, "minutes": part.minutes}


def _asked(row: RequestedStaff) -> Row:
    """What was declared of the person too: it is about nobody else (section G, “R own”)."""
    return {
        "request": row.request.reference,
        "school": row.request.host.name,
        "name": row.name,
        "e-mail": row.email,
        "role": row.get_kind_display(),
        "how you were chosen": row.get_selection_display(),
        "declared of your situation": row.get_situation_display() if row.situation else "Deleted",
        "headteacher agrees": row.head_agrees,
        "willing to develop": row.willing_to_develop,
        "willing to continue": row.willing_to_continue,
    }


def _placed(row: SupportedStaff) -> Row:
    return {
        "placement": row.placement.reference,
        "school": row.placement.host.name,
        "name": row.name,
        "e-mail": row.email,
        "role": row.get_kind_display(),
        "how you were chosen": row.get_selection_display(),
        "first talk": row.first_met_on,
        "link sent": row.link_sent_at,
        "first confirmed": row.confirmed_at,
        "withdrew": row.withdrew_on,
    }
