"""Rounds of availability letters: built once, approved once, and no school gets a second copy (R-5.1 to R-5.4)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q

from astcoord.core import audit, gate, outbox, policy
from astcoord.core.clock import today
from astcoord.core.documents import own_words
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from astcoord.core.words import say
from placements.letters import documents, emails, rules
from placements.letters.lifecycle import RoundStatus
from placements.letters.models import Letter, LetterRound
from schools.calendar import reads as calendar
from schools.calendar.models import Term
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator, is_office
from staff.posts.models import Post

AT_ONCE = 500
"""Rows in one statement: SQLite has an upper limit on values."""

UNDER_WAY = (RoundStatus.BUILT, RoundStatus.SENDING)
APPROVED = (RoundStatus.SENDING, RoundStatus.SENT)


@transaction.atomic
def build_round(*, term: Term, by: User | None, number: int = 0) -> LetterRound:
    """The term's round of letters with one letter for each school served; a second call returns the first's (R-5.3).

    The facts are frozen here, once for all schools. Two clocks at once build one round: the loser of the unique key
    gets the winner's. Schools that open later are not added: they get the next round's letter. Refused without the
    office's address, somebody to sign, and an AST (R-17.1).
    """
    _require(by, is_coordinator)
    existing = LetterRound.objects.filter(term=term, number=number).first()
    if existing is not None:
        return existing
    refuse(problems_now(by=by))
    facts, signed_by = documents.round_facts(term), documents.signatory(by)
    built, created = LetterRound.objects.get_or_create(
        term=term, number=number, defaults={"facts": facts, "created_by": by}
    )
    if created:
        served = School.objects.served(policy.in_force()).by_name()
        count = _write_letters(built, served, by=by, signed_by=signed_by)
        audit.record(
            "Letters built", built, by=by, after={"letters": count, say("ASTs in post"): facts["asts_in_post"]}
        )
    return built


@transaction.atomic
def issue_early(*, term: Term, by: User) -> LetterRound:
    """Another round in the same term, because an AST has become available since (R-5.2).

    Refused while a round of the term is still on its way, so that two clicks do not make two.
    """
    _require(by, is_coordinator)
    Term.objects.select_for_update().get(pk=term.pk)
    if LetterRound.objects.filter(term=term, status__in=UNDER_WAY).exists():
        raise _refusal(
            "Letters of this term are still being prepared or sent. Wait until they are out, or cancel them.", "R-5.2"
        )
    last = LetterRound.objects.filter(term=term).aggregate(last=Max("number"))["last"]
    return build_round(term=term, by=by, number=0 if last is None else last + 1)


@transaction.atomic
def write_for(*, letter_round: LetterRound, school: School, by: User | None) -> Letter | None:
    """One more school's letter in a round that is not out, as it follows a school that closed (R-17.6).

    It is sent with the others, or at once where they are on their way. None where the school has its letter already,
    or is not written to (R-5.3).
    """
    locked = LetterRound.objects.select_for_update(of=("self",)).get(pk=letter_round.pk)
    if not is_served(school) or locked.letters.filter(school=school).exists():
        return None
    _write_letters(locked, [school], by=by, signed_by=documents.signatory(by))
    letter = locked.letters.select_related("school", "document").get(school=school)
    if locked.status == RoundStatus.SENDING and school.email:
        reply_to = locked.facts["letterhead"]["email"]
        letter.message = emails.queue_letter(letter, facts=locked.facts, reply_to=reply_to)
        letter.save(update_fields=["message"])
    return letter


def is_served(school: School) -> bool:
    """Whether availability letters go to this school."""
    return bool(School.objects.served(policy.in_force()).filter(pk=school.pk).exists())


@transaction.atomic
def approve_round(*, letter_round: LetterRound, by: User | None) -> LetterRound:
    """Send the round on its way: a message to each school that has an address; the others are printed and posted.

    Refused where the letters, which an earlier version may have prepared, lack an address or an AST (R-17.1).
    """
    refuse(problems_of(letter_round))
    gate.move(letter_round, "approve", by=by, may=is_coordinator)
    _queue(letter_round)
    return letter_round


def problems_now(*, by: User | None) -> list[Problem]:
    """Why letters cannot be prepared today. Three queries."""
    address = policy.in_force().office_address.splitlines()
    asts = Post.objects.in_post_from(today()).count()
    return rules.unfit_problems(address=address, asts=asts, signatory=documents.signatory(by))


def problems_of(letter_round: LetterRound) -> list[Problem]:
    """Why letters that are prepared cannot be approved: what they say is frozen."""
    facts = letter_round.facts
    found = rules.unfit_problems(address=facts["letterhead"]["address"], asts=facts["asts_in_post"], signatory=None)
    if not found:
        return []
    again = "What prepared letters say does not change: cancel these, then prepare them again."
    return [*found, Problem(again, rule="R-17.1", code="prepare-again")]


def cancel_round(*, letter_round: LetterRound, by: User, reason: str = "") -> LetterRound:
    """Drop a round before anything of it was sent. Its letters stay on file, unsent."""
    return gate.move(letter_round, "cancel", by=by, may=is_coordinator, reason=reason)


@transaction.atomic
def retry_round(*, letter_round: LetterRound, by: User) -> int:
    """Try again what failed, to the school's present address, and e-mail schools that have an address by now.

    How many letters were queued. What was sent or posted is never touched (R-5.3).
    """
    _require(by, is_coordinator)
    locked = LetterRound.objects.select_for_update(of=("self",)).get(pk=letter_round.pk)
    _require_approved(locked)
    failed = locked.letters.select_related("school", "message").filter(message__status=MessageStatus.FAILED)
    again = sum(_try_again(letter, by=by) for letter in failed) + _queue(locked)
    if again and locked.status == RoundStatus.SENT:
        gate.move(locked, "reopen", by=by, may=is_coordinator)
    letter_round.refresh_from_db()
    return again


@transaction.atomic
def post_instead(*, letter: Letter, by: User) -> Letter:
    """Give up e-mailing one failed letter: it joins those to print and post."""
    _require(by, is_office)
    locked = Letter.objects.select_for_update(of=("self",)).select_related("message").get(pk=letter.pk)
    if locked.message is None or not outbox.cancel(key=locked.message.key):
        raise _refusal("This letter has not failed. Reload the page to see where it stands.", "R-5.3")
    audit.record("Letter to be posted instead of e-mailed", locked, by=by, before={"e-mail": locked.message.error})
    locked.message = None
    locked.save(update_fields=["message"])
    return locked


@transaction.atomic
def mark_posted(*, letter_round: LetterRound, letter_ids: Iterable[int], on: date, by: User) -> int:
    """Note that letters without an e-mail address were printed and posted; how many were not noted before."""
    _require(by, is_office)
    _require_approved(letter_round)
    chosen = letter_round.letters.filter(pk__in=list(letter_ids), message=None, posted_on=None)
    count = chosen.update(posted_on=on)
    if count:
        audit.record("Letters posted", letter_round, by=by, after={"letters": count, "on": on})
    return count


def build_due(today: date) -> int:
    """The hourly check: build the round of a term that has just opened; approve it where policy says so (R-5.1, R-5.4).
    How many were built.

    Safe to repeat, and follows edits to the calendar: a term that already has a round, even a cancelled one, is left
    alone, and a check that was missed is caught up for a fortnight.
    """
    need_approval = policy.in_force(today).letters_need_approval
    return each(due_terms(today), lambda term: _build_for_term(term, need_approval=need_approval))


def due_terms(today: date) -> list[Term]:
    """Terms that have just opened and whose letters are not prepared yet (R-5.1)."""
    terms = Term.objects.touching(today - 2 * rules.CATCH_UP, today).filter(letter_rounds=None)
    wanted = policy.in_force(today)
    return [
        term
        for term in terms.select_related("year")
        if rules.season_is_served(term.season, wanted.letter_terms)
        and rules.is_due(first_working_day=calendar.first_working_day(term), today=today)
    ]


def finish_rounds() -> int:
    """Close the rounds of which nothing is left to send; how many. Failed letters stay listed on the round's page."""
    under_way = Q(letters__message__status__in=[MessageStatus.QUEUED, MessageStatus.SENDING])
    sending = LetterRound.objects.filter(status=RoundStatus.SENDING)
    done = sending.exclude(pk__in=sending.filter(under_way).values("pk"))
    return each(done, lambda letter_round: gate.move(letter_round, "finish", by=None))


@transaction.atomic
def _build_for_term(term: Term, *, need_approval: bool) -> LetterRound:
    built = build_round(term=term, by=None)
    if built.status != RoundStatus.BUILT:
        return built
    if not need_approval:
        return approve_round(letter_round=built, by=None)
    roles = RoleAssignment.objects.in_force(_built_on(built)).filter(role=Role.COORDINATOR)
    coordinators = User.objects.filter(is_active=True, pk__in=roles.values("user"))
    emails.tell_built(built, coordinators=list(coordinators), letters=built.letters.count())
    return built


def _built_on(letter_round: LetterRound) -> date:
    """The day on which a round was built."""
    return date.fromisoformat(letter_round.facts["as_of"])


def _write_letters(built: LetterRound, schools: Iterable[School], *, by: User | None, signed_by: str) -> int:
    """One frozen document and one letter per school, in a few statements whatever the number of schools."""
    everyone = list(schools)
    ways = documents.ways_in()
    title, said = documents.title(built.term), own_words()
    papers = [
        Document(
            kind=documents.KIND,
            title=title,
            facts={
                **built.facts,
                **said,
                **documents.school_facts(school, signed_by=signed_by, sign_in_as=ways.get(school.pk, "")),
            },
            about=school,
            by=by,
        )
        for school in everyone
    ]
    stored = Document.objects.bulk_create(papers, batch_size=AT_ONCE)
    Letter.objects.bulk_create(
        (
            Letter(round=built, school=school, document=document)
            for school, document in zip(everyone, stored, strict=True)
        ),
        batch_size=AT_ONCE,
    )
    return len(everyone)


def _queue(letter_round: LetterRound) -> int:
    """Queue the letters that can be e-mailed and are not yet: to schools that are still open and have an address."""
    waiting = letter_round.letters.filter(message=None, posted_on=None, school__in=School.objects.open())
    letters = list(waiting.exclude(school__email="").select_related("school", "document"))
    reply_to = letter_round.facts["letterhead"]["email"]
    for letter in letters:
        letter.message = emails.queue_letter(letter, facts=letter_round.facts, reply_to=reply_to)
    Letter.objects.bulk_update(letters, ["message"], batch_size=AT_ONCE)
    return len(letters)


def _try_again(letter: Letter, *, by: User) -> bool:
    message = letter.message
    if message is None or message.is_removed:
        return False
    address = letter.school.email
    if address and address != message.to_email:
        Message.objects.filter(pk=message.pk, status=MessageStatus.FAILED).update(to_email=address)
    return outbox.retry(message, by=by)


def _require(by: User | None, may: Any) -> None:
    """People need the right; the system (None) has it."""
    if by is not None and not may(by):
        raise PermissionDenied


def _require_approved(letter_round: LetterRound) -> None:
    if letter_round.status not in APPROVED:
        raise _refusal("Approve the letters first: nothing of this round has been sent.", "R-5.4")


def _refusal(message: str, rule: str) -> Refused:
    return Refused([Problem(message, rule=rule)])
