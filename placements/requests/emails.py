"""The e-mails around requests (N2, N3). Never a supported person's name, never what was declared.

`what` in the key of a message is the end of its kind, and its kind is the name of its template.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from astcoord.core import emails, policy
from astcoord.core.clock import today
from astcoord.core.models.history import Transition
from astcoord.core.models.messages import Message
from placements.requests.models import OutreachRequest
from placements.requests.rules import found_words
from schools.register.models import School
from staff.accounts.reads import heads_or_school


def sent(request: OutreachRequest) -> None:
    """To the head: it arrived. To the office: there is one to read (N2)."""
    _to_heads(request, "sent")
    since = timezone.localdate(request.submitted_at) if request.submitted_at else today()
    _to_office(request, "sent", decide_by=since + timedelta(days=policy.in_force().request_days_to_decide))


def confirm_asked(request: OutreachRequest) -> None:
    """N3: a request was written down for the school, and only its head can make it the school's own (R-5.7)."""
    _to_heads(request, "confirm")


def finish_asked(request: OutreachRequest, *, told_by: str) -> list[Message]:
    """N3, earlier: what is known so far is a draft, and the head fills in the rest."""
    return _to_heads(request, "finish", told_by=told_by)


def passed_on(request: OutreachRequest, *, told_by: str, head_told: bool) -> None:
    """To the office: an AST was asked directly (R-5.7)."""
    _to_office(request, "passed-on", told_by=told_by, head_told=head_told)


def returned(request: OutreachRequest) -> None:
    """To the head: the co-ordinator's questions (R-6.2)."""
    _to_heads(request, "returned")


def waiting(request: OutreachRequest) -> None:
    """To the head: it waits, why, and until when it will be looked at again (R-6.15)."""
    _to_heads(request, "waiting")


def declined(request: OutreachRequest) -> None:
    """To the head: no, and why."""
    _to_heads(request, "declined")


def referred(request: OutreachRequest) -> None:
    """To the head: somebody else can help better."""
    _to_heads(request, "referred")


def withdrawn(request: OutreachRequest) -> None:
    """To the office: the school took it back."""
    _to_office(request, "withdrawn")


def taken_back(request: OutreachRequest) -> None:
    """To the office: the head changes it and sends it again."""
    _to_office(request, "taken-back")


def school_corrected(request: OutreachRequest, was: School) -> None:
    """To the heads of both schools: it stood under the wrong one. The right one's may have to confirm it (R-20.3)."""
    key = f"request:{request.pk}:school-corrected:{_turn(request)}:{was.pk}"
    for school, right in ((was, False), (request.host, True)):
        for head in heads_or_school(school, today()):
            _send(request, "request-school-corrected", head, f"{key}:{head.key}", wrong=was, right=right)


def settled(request: OutreachRequest) -> None:
    """To the head: it stays at the days that have an AST, and why (R-7.8)."""
    _to_heads(request, "settled", found=found_words(request.days_found, request.days))


def rest_withdrawn(request: OutreachRequest) -> None:
    """To the office: the school no longer wants the days still open; its placement stays (R-7.8)."""
    _to_office(request, "rest-withdrawn", found=found_words(request.days_found, request.days))


def _to_heads(request: OutreachRequest, what: str, **facts: Any) -> list[Message]:
    key = f"request:{request.pk}:{what}:{_turn(request)}:head"
    heads = heads_or_school(request.host, today())
    return [_send(request, f"request-{what}", head, f"{key}:{head.key}", **facts) for head in heads]


def _to_office(request: OutreachRequest, what: str, **facts: Any) -> None:
    if office := emails.office():
        key = f"request:{request.pk}:{what}:{_turn(request)}:office"
        _send(request, f"request-{what}-office", office, key, **facts)


def _send(request: OutreachRequest, kind: str, to: emails.Reader, key: str, **facts: Any) -> Message:
    template = f"placements/requests/emails/{kind}.txt"
    return emails.send(template, to=to, key=key, about=request, request=request, topic=_topic(request), **facts)


def _turn(request: OutreachRequest) -> int:
    """How many moves there have been: a request sent twice is told of twice, a page sent twice once."""
    return Transition.objects.about(request).count()


def _topic(request: OutreachRequest) -> str:
    """The subject in a sentence: only English keeps its capital."""
    words = str(request.get_subject_display())
    return words if words.startswith("English") else f"{words[:1].lower()}{words[1:]}"
