"""The words of the e-mails around requests (N2, N3). Never a supported person's name, never what was declared."""

from collections.abc import Iterable

from django.urls import reverse

from astcoord.core import outbox, policy
from astcoord.core.models.history import Transition
from astcoord.core.models.messages import Message
from astcoord.core.wording import date_words, days_words
from placements.requests.models import OutreachRequest
from placements.requests.rules import found_words
from staff.accounts.models import User

KIND = "request"
SIGNED = "AST co-ordinator"


def sent(request: OutreachRequest, heads: Iterable[User]) -> None:
    """To the head: it arrived. To the office: there is one to read (N2)."""
    subject = f"We have your request for AST support, {request.reference}"
    body = (
        f"Your request for help with {_subject(request)} has reached the AST co-ordinator. Its reference is "
        f"{request.reference}.\n\nYou have nothing to do now. The co-ordinator will either look for an AST or write to "
        "you with questions.\n\n"
        f"See where it stands, or withdraw it:\n{_page(request)}"
    )
    _to_heads(request, heads, "sent", subject, body)
    _to_office(
        request,
        "sent",
        f"Request {request.reference} from {request.host.name}",
        f"{request.host.name} asks for help with {_subject(request)}, {days_words(request.days)}.\n\n"
        f"Read it and decide what to do:\n{_page(request)}",
    )


def confirm_asked(request: OutreachRequest, heads: Iterable[User]) -> list[Message]:
    """N3: a request was written down for the school, and only its head can make it the school's own (R-5.7)."""
    subject = f"Please confirm a request for AST support, {request.reference}"
    body = (
        f"We have written down a request for help with {_subject(request)} at {request.host.name}, as you or a "
        "colleague told us. Nothing happens until you have confirmed it.\n\n"
        "Sign in to read it, change what is not right, and confirm it:\n"
        f"{_link('placements:request_check', request)}\n\n"
        "If you did not ask for this, you can withdraw it on the same page."
    )
    return _to_heads(request, heads, "confirm", subject, body)


def finish_asked(request: OutreachRequest, heads: Iterable[User], *, told_by: str) -> list[Message]:
    """N3, earlier: what is known so far is a draft, and the head fills in the rest."""
    subject = f"Your request for AST support is ready to finish, {request.reference}"
    body = (
        f"{told_by} told us that {request.host.name} would like help with {_subject(request)}. We have started a "
        "request for you. It takes a few minutes to finish, and nothing happens until you send it.\n\n"
        f"Sign in to finish and send it:\n{_link('placements:request_check', request)}\n\n"
        "If you did not ask for this, you can withdraw it on the same page."
    )
    return _to_heads(request, heads, "finish", subject, body)


def passed_on(request: OutreachRequest, *, told_by: str, head_told: bool) -> None:
    """To the office: an AST was asked directly (R-5.7)."""
    next_ = (
        "The headteacher has been asked to finish and send the request."
        if head_told
        else "The school has no headteacher account. Invite the headteacher, who can then finish and send the request."
    )
    _to_office(
        request,
        "passed-on",
        f"{request.host.name} asked an AST directly, {request.reference}",
        f"{told_by} was asked for help with {_subject(request)} by {request.host.name}.\n\n{next_}\n\n{_page(request)}",
    )


def returned(request: OutreachRequest, heads: Iterable[User]) -> None:
    """To the head: the co-ordinator's questions (R-6.2)."""
    subject = f"Questions about your request for AST support, {request.reference}"
    body = (
        f"The AST co-ordinator has read your request for help with {_subject(request)} and asks:\n\n"
        f"{request.questions}\n\n"
        f"Sign in to change your answers and send the request again:\n{_link('placements:request_check', request)}"
    )
    _to_heads(request, heads, "returned", subject, body)


def waiting(request: OutreachRequest, heads: Iterable[User]) -> None:
    """To the head: it waits, why, and until when it will be looked at again (R-6.15)."""
    until = f" They will look again on {date_words(request.look_again_on)}." if request.look_again_on else ""
    subject = f"Your request for AST support is on the waiting list, {request.reference}"
    body = (
        f"The AST co-ordinator cannot take up your request for help with {_subject(request)} yet: "
        f"{_reason(request)}.{until}\n\n{_note(request)}You have nothing to do.\n\n"
        f"See where it stands, or withdraw it:\n{_page(request)}"
    )
    _to_heads(request, heads, "waiting", subject, body)


def declined(request: OutreachRequest, heads: Iterable[User]) -> None:
    """To the head: no, and why."""
    subject = f"Your request for AST support cannot be met, {request.reference}"
    body = (
        f"The AST co-ordinator cannot meet your request for help with {_subject(request)}: {_reason(request)}.\n\n"
        f"{_note(request)}You can ask again, starting from the same answers:\n{_page(request)}"
    )
    _to_heads(request, heads, "declined", subject, body)


def referred(request: OutreachRequest, heads: Iterable[User]) -> None:
    """To the head: somebody else can help better."""
    subject = f"Another source of help for your request, {request.reference}"
    body = (
        f"The AST co-ordinator has read your request for help with {_subject(request)}. Another source of help suits "
        f"it better:\n\n{request.ending_note}\n\nYou can read the decision here:\n{_page(request)}"
    )
    _to_heads(request, heads, "referred", subject, body)


def withdrawn(request: OutreachRequest) -> None:
    """To the office: the school took it back."""
    _to_office(
        request,
        "withdrawn",
        f"Request {request.reference} was withdrawn",
        f"{request.host.name} has withdrawn its request for help with {_subject(request)}: {_reason(request)}.\n\n"
        f"{_page(request)}",
    )


def settled(request: OutreachRequest, heads: Iterable[User]) -> None:
    """To the head: it stays at the days that have an AST, and why (R-7.8)."""
    found = found_words(request.days_found, request.days)
    subject = f"Your request for AST support stays at the days agreed, {request.reference}"
    body = (
        f"{found} for your request for help with {_subject(request)}. The AST co-ordinator does not look for the rest "
        f"any more: {_reason(request)}.\n\n{_note(request)}What has been agreed goes ahead.\n\n"
        f"Read the decision, or ask again:\n{_page(request)}"
    )
    _to_heads(request, heads, "settled", subject, body)


def rest_withdrawn(request: OutreachRequest) -> None:
    """To the office: the school no longer wants the days still open; its placement stays (R-7.8)."""
    found = found_words(request.days_found, request.days)
    _to_office(
        request,
        "rest-withdrawn",
        f"The days still open of request {request.reference} were withdrawn",
        f"{found} for {request.host.name}, help with {_subject(request)}. That placement stays. The school has "
        f"withdrawn the rest: {_reason(request)}.\n\n{_page(request)}",
    )


def _subject(request: OutreachRequest) -> str:
    """In a sentence: only English keeps its capital."""
    words = str(request.get_subject_display())
    return words if words.startswith("English") else f"{words[:1].lower()}{words[1:]}"


def _reason(request: OutreachRequest) -> str:
    words = request.get_ending_display()
    return f"{words[:1].lower()}{words[1:]}"


def _note(request: OutreachRequest) -> str:
    return f"{request.ending_note}\n\n" if request.ending_note else ""


def _page(request: OutreachRequest) -> str:
    return _link("placements:request_detail", request)


def _link(name: str, request: OutreachRequest) -> str:
    return outbox.link(reverse(name, args=[request.pk]))


def _turn(request: OutreachRequest) -> int:
    """How many moves there have been: a request sent twice is told of twice, a page sent twice once."""
    return Transition.objects.about(request).count()


def _to_heads(request: OutreachRequest, heads: Iterable[User], what: str, subject: str, body: str) -> list[Message]:
    turn = _turn(request)
    return [
        outbox.queue(
            key=f"request:{request.pk}:{what}:{turn}:head:{head.pk}",
            kind=f"{KIND}-{what}",
            to=(head.name, head.email),
            subject=subject,
            body=f"Dear {head.name}\n\n{body}\n\n{SIGNED}\n{policy.in_force().authority_name}\n",
            about=request,
        )
        for head in heads
    ]


def _to_office(request: OutreachRequest, what: str, subject: str, body: str) -> Message | None:
    office = policy.in_force().office_email
    if not office:
        return None
    return outbox.queue(
        key=f"request:{request.pk}:{what}:{_turn(request)}:office",
        kind=f"{KIND}-{what}-office",
        to=office,
        subject=subject,
        body=f"{body}\n",
        about=request,
    )
