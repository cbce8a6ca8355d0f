"""The words of the e-mails around matches (N4, N5). Never a supported person's name, never what was declared."""

from django.urls import reverse

from astcoord.core import outbox
from astcoord.core import policy as policies
from astcoord.core.clock import today
from astcoord.core.wording import date_words, days_words
from placements.matching.models import Match, MatchAnswer
from schools.register.models import School
from staff.accounts.models import RoleAssignment

ASKED = "match-proposed"
AGREED = "match-agreed"
ENDED = "match-ended"

Party = MatchAnswer.Party
PAGES = {Party.AST: "placements:match_ast", Party.HOME_HEAD: "placements:match_home"}


def proposed(match: Match) -> None:
    """N4: the AST and the AST's own headteacher are asked for a yes or a no."""
    user = match.post.user
    _ask(match, Party.AST, f"user:{user.pk}", (user.name, user.email), "Would you take this on?")
    question = f"Would you let {user.name} take this on?"
    for key, to in _heads(match.post.home):
        _ask(match, Party.HOME_HEAD, key, to, question)


def agreed(match: Match) -> None:
    """N4, its end: the host's headteacher, the AST and the home head hear that there is a placement."""
    host, user = match.request.host, match.post.user
    subject = f"AST support agreed for {host.name}, {match.request.reference}"
    body = (
        f"{user.name} of {match.post.home.name} will support {host.name}: {_subject(match)}, "
        f"{days_words(match.days)}.\n\n"
        "Next comes the preliminary meeting. The co-ordinator will propose a date.\n\n"
        f"See the request:\n{outbox.link(reverse('placements:request_detail', args=[match.request_id]))}\n"
    )
    people = [*_heads(host), (f"user:{user.pk}", (user.name, user.email)), *_heads(match.post.home)]
    for key, to in people:
        outbox.queue(key=f"match:{match.pk}:agreed:{key}", kind=AGREED, to=to, subject=subject, body=body, about=match)


def refused(match: Match, *, party: str, reason: str) -> None:
    """N5: the co-ordinator's office hears who said no and why; the request is with the office again."""
    _tell_office(
        match,
        "refused",
        f"{Party(party).label} said no: {match.request.reference}, {match.request.host.name}",
        f"{Party(party).label} said no to the match of {match.post.user.name} with {match.request.host.name}.\n\n"
        f"Reason given: {reason}",
    )


def expired(match: Match) -> None:
    """N5: nobody refused, and not everybody answered by the day."""
    given = {a.party for a in match.answers.all()}
    missing = [Party(party).label for party in Party.values if party not in given]
    _tell_office(
        match,
        "expired",
        f"A match has lapsed: {match.request.reference}, {match.request.host.name}",
        f"The match of {match.post.user.name} with {match.request.host.name} lapsed "
        f"on {date_words(match.answer_by)}.\n\n"
        f"No answer came from: {', '.join(missing)}",
    )


def _ask(match: Match, party: str, key: str, to: tuple[str, str], question: str) -> None:
    request = match.request
    body = (
        f"{request.host.name} has asked for help with {_subject(match)}.\n\n"
        f"Days: {days_words(match.days)}, between {_dates(match)}\n\n"
        f"What the school asks for: {request.task}\n\n"
        f"{question} Sign in to read the whole request and why the match was proposed, and to say yes or no:\n"
        f"{outbox.link(reverse(PAGES[Party(party)], args=[match.pk]))}\n\n"
        f"Please answer by {date_words(match.answer_by)}. After that the match lapses.\n"
    )
    outbox.queue(
        key=f"match:{match.pk}:asked:{party}:{key}",
        kind=ASKED,
        to=to,
        subject=f"Please answer by {date_words(match.answer_by)}: AST support for {request.host.name}",
        body=body,
        about=match,
    )


def _tell_office(match: Match, what: str, subject: str, body: str) -> None:
    office = policies.in_force().office_email
    if not office:
        return  # the queue and the home page show it all the same
    link = outbox.link(reverse("placements:candidates", args=[match.request_id]))
    outbox.queue(
        key=f"match:{match.pk}:{what}:office",
        kind=ENDED,
        to=("AST co-ordinator", office),
        subject=subject,
        body=f"{body}\n\nThe request is open again. Choose another AST, or decide otherwise:\n{link}\n",
        about=match,
    )


def _heads(school: School) -> list[tuple[str, tuple[str, str]]]:
    """(key, (name, address)) of the school's heads; the school's own address where no head has an account."""
    found = RoleAssignment.objects.heads_of(school, today()).select_related("user").order_by("pk")
    heads = [(f"user:{a.user_id}", (a.user.name, a.user.email)) for a in found]
    if heads or not school.email:
        return heads
    return [(f"school:{school.pk}", (school.head_name or school.name, school.email))]


def _subject(match: Match) -> str:
    subject = match.request.get_subject_display()
    return f"{subject} ({match.request.aspect})" if match.request.aspect else subject


def _dates(match: Match) -> str:
    request = match.request
    if request.wanted_from is None or request.wanted_until is None:
        return "dates to be agreed"
    return f"{date_words(request.wanted_from)} and {date_words(request.wanted_until)}"
