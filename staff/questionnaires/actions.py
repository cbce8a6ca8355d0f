"""Questionnaires: written, sent, answered, closed, opened again, withdrawn (R-3.10, R-3.23)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from schools.calendar.reads import year_on
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.posts.models import Post
from staff.questionnaires import emails, permissions, rules
from staff.questionnaires.lifecycle import QuestionKind, QuestionnaireKind, QuestionnaireStatus
from staff.questionnaires.models import Answer, Question, Questionnaire, QuestionnaireInvitation
from staff.questionnaires.reads import audience, balance_of

SAID = ("title", "intro", "closes_on", "subject", "phase", "years")


@transaction.atomic
def save(*, questionnaire: Questionnaire | None = None, by: User, **said: Any) -> Questionnaire:
    """Begin one, or change one that is not sent yet."""
    require(is_coordinator(by), "keep questionnaires")
    row = _draft(questionnaire, "Change") if questionnaire else Questionnaire()
    before = {name: getattr(row, name) for name in SAID} if questionnaire else {}
    given = {name: said[name].strip() if isinstance(said[name], str) else said[name] for name in SAID}
    changed = [name for name in SAID if not before or before[name] != given[name]]
    if not changed:
        return row
    refuse(rules.closing_problems(given["closes_on"], today=today()))
    for name in changed:
        setattr(row, name, given[name])
    row.save()
    audit.record(
        "questionnaire: changed" if questionnaire else "questionnaire: added",
        row,
        by=by,
        before={name: before[name] for name in changed if before},
        after={name: given[name] for name in changed},
    )
    return row


@transaction.atomic
def save_question(
    *, questionnaire: Questionnaire, question: Question | None = None, text: str, kind: str, choices: str, by: User
) -> Question:
    """Ask one thing more, or ask it differently, while nobody has been asked."""
    require(permissions.can_keep(by, questionnaire), "keep questionnaires")
    held = _draft(questionnaire, "Change")
    row = question or Question(questionnaire=held)
    lines = [" ".join(line.split()) for line in choices.splitlines() if line.strip()]
    refuse(rules.question_problems(kind, lines))
    before = {"question": question.text, "answers": question.answers} if question else {}
    row.text, row.kind, row.choices = " ".join(text.split()), kind, "\n".join(lines)
    row.save()
    verb = "questionnaire: question changed" if question else "questionnaire: question added"
    audit.record(verb, held, by=by, before=before, after={"question": row.text, "answers": lines})
    return row


@transaction.atomic
def remove_question(*, question: Question, by: User) -> None:
    """It is not asked."""
    require(permissions.can_keep(by, question.questionnaire), "keep questionnaires")
    held = _draft(question.questionnaire, "Change")
    audit.record("questionnaire: question removed", held, by=by, before={"question": question.text})
    question.delete()


@transaction.atomic
def send(*, questionnaire: Questionnaire, by: User) -> Questionnaire:
    """To every AST in post of this kind, once to each person, by e-mail with a link (N26)."""
    now, posts = today(), audience(_locked(questionnaire), today())

    def problems(row: Questionnaire) -> list[Problem]:
        questions = row.questions.count()
        return rules.send_problems(questions=questions, asked=len(posts), closes_on=row.closes_on, today=now)

    moved = gate.move(questionnaire, "send", by=by, may=permissions.can_keep, problems=problems, sent_on=now)
    QuestionnaireInvitation.objects.bulk_create(
        QuestionnaireInvitation(questionnaire=moved, post=post) for post in posts
    )
    emails.sent(moved.invitations.whole())
    return moved


@transaction.atomic
def ask_balance(*, closes_on: date, by: User) -> Questionnaire:
    """R-3.23: every AST is asked about the balance of home and outreach, once a school year."""
    require(is_coordinator(by), "keep questionnaires")
    year = year_on(today())
    if year is None:
        raise Refused([Problem("Enter the school year first", "", "R-3.23", "year")])
    if balance_of(type(year).objects.select_for_update().get(pk=year.pk)):
        raise Refused([Problem(f"{say('ASTs')} were asked in {year} already", "", "R-3.23", "twice")])
    row: Questionnaire = Questionnaire.objects.create(
        kind=QuestionnaireKind.BALANCE, title=f"{rules.BALANCE_TITLE}, {year}", closes_on=closes_on, year=year
    )
    Question.objects.bulk_create(
        Question(questionnaire=row, text=asks.text, kind=asks.kind, choices="\n".join(asks.choices))
        for asks in rules.BALANCE
    )
    return send(questionnaire=row, by=by)


def close(*, questionnaire: Questionnaire, by: User) -> Questionnaire:
    """No more answers; what was said is shown in sums."""
    return _close(questionnaire, by)


@transaction.atomic
def _close(questionnaire: Questionnaire, by: User | None) -> Questionnaire:
    """Of one that was open a second time the results wait for three new answers: one alone would be what differs."""
    row: Questionnaire = gate.move(questionnaire, "close", by=by, may=permissions.can_keep)
    back = row.invitations.exclude(answered_on=None)
    new = back.filter(said_since=True).count()
    if rules.may_show_anew(new=new, before=back.count() - new):
        back.update(said_since=False)
    return row


@transaction.atomic
def keep_open(*, questionnaire: Questionnaire, closes_on: date, by: User) -> Questionnaire:
    """Another last day to answer, of one that is open or closed; those who have not answered are told."""
    require(permissions.can_keep(by, questionnaire), "keep questionnaires")
    refuse(rules.closing_problems(closes_on, today=today()))
    row = _locked(questionnaire)
    before = row.closes_on
    if row.status == QuestionnaireStatus.OPEN and closes_on == before:
        return row
    if row.status == QuestionnaireStatus.OPEN:
        row.closes_on = closes_on
        row.save(update_fields=["closes_on"])
    else:
        row = gate.move(row, "reopen", by=by, may=permissions.can_keep, closes_on=closes_on)
    after = {"closes_on": closes_on}
    event = audit.record("questionnaire: last day moved", row, by=by, before={"closes_on": before}, after=after)
    emails.open_until(_in_post(row.invitations.waiting().whole(), today()), version=event.pk)
    return row


@transaction.atomic
def withdraw(*, questionnaire: Questionnaire, reason: str, by: User) -> Questionnaire:
    """Nobody answers it any more, and what was answered is not shown."""
    if not reason.strip():
        raise Refused([Problem("Enter why it is withdrawn", "reason", rules.RULE, "reason")])
    why = " ".join(reason.split())
    moved = gate.move(questionnaire, "withdraw", by=by, may=permissions.can_keep, reason=why)
    emails.withdrawn(moved)
    return moved


@transaction.atomic
def answer(*, invitation: QuestionnaireInvitation, said: Mapping[int, str], by: User) -> QuestionnaireInvitation:
    """An AST’s answers, by the number of the question; once. Their words stand in no trail."""
    held = _to_answer(invitation, by)
    if held.answered_on is not None:
        words = "You have answered this questionnaire already. Change your answers instead."
        raise Refused([Problem(words, "", rules.RULE, "twice")])
    _store(held, said)
    held.answered_on, held.said_since = today(), True
    held.save(update_fields=["answered_on", "said_since"])
    audit.record("questionnaire: answered", held, by=by)
    return held


@transaction.atomic
def change_answers(
    *, invitation: QuestionnaireInvitation, said: Mapping[int, str], by: User
) -> QuestionnaireInvitation:
    """Until it is closed an AST says something else."""
    held = _to_answer(invitation, by)
    if held.answered_on is None:
        raise Refused([Problem("You have not answered this questionnaire yet", "", rules.RULE, "early")])
    held.answers.all().delete()
    _store(held, said)
    held.said_since = True
    held.save(update_fields=["said_since"])
    audit.record("questionnaire: answers changed", held, by=by)
    return held


def look_after(on: date) -> int:
    """Daily: close what is over, and remind once of what is about to be; how many. Repeat-safe."""
    closed = each(Questionnaire.objects.over(on), lambda row: _close(row, None))
    waiting = _in_post(QuestionnaireInvitation.objects.waiting().filter(reminded_on=None).whole(), on)
    return closed + each(waiting, lambda row: _remind(row, on))


def _remind(invitation: QuestionnaireInvitation, on: date) -> bool:
    row = invitation.questionnaire
    if row.sent_on is None or not rules.reminder_due(sent_on=row.sent_on, closes_on=row.closes_on, today=on):
        return False
    told = QuestionnaireInvitation.objects.filter(pk=invitation.pk, answered_on=None, reminded_on=None).update(
        reminded_on=on
    )
    if told:
        emails.remind(invitation)
    return bool(told)


def _in_post(invitations: Any, on: date) -> Iterable[QuestionnaireInvitation]:
    """Of those who are ASTs on that day: nobody else can sign in and answer."""
    found: Iterable[QuestionnaireInvitation] = invitations.filter(
        post__in=Post.objects.in_post(on).order_by().values("pk")
    )
    return found


def _store(invitation: QuestionnaireInvitation, said: Mapping[int, str]) -> None:
    questions = list(invitation.questionnaire.questions.all())
    given = {question.pk: said.get(question.pk, "").strip() for question in questions}
    refuse(rules.answer_problems(questions, given))
    kept = [question for question in questions if given[question.pk] or question.kind == QuestionKind.CHOICE]
    Answer.objects.bulk_create(Answer(invitation=invitation, question=q, said=given[q.pk]) for q in kept)


def _to_answer(invitation: QuestionnaireInvitation, by: User) -> QuestionnaireInvitation:
    """The questionnaire first, so that nobody answers one that is being closed."""
    row = _locked(invitation.questionnaire)
    held: QuestionnaireInvitation = (
        QuestionnaireInvitation.objects.select_for_update(of=("self",)).whole().get(pk=invitation.pk)
    )
    require(permissions.can_answer(by, held), "answer this questionnaire")
    if row.status != QuestionnaireStatus.OPEN:
        raise Refused([gate.out_of_turn(row, "Answer")])
    return held


def _draft(questionnaire: Questionnaire, label: str) -> Questionnaire:
    row = _locked(questionnaire)
    if row.status != QuestionnaireStatus.DRAFT:
        raise Refused([gate.out_of_turn(row, label)])
    return row


def _locked(questionnaire: Questionnaire) -> Questionnaire:
    found: Questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    return found
