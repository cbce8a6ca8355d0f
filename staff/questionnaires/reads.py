"""Whom a questionnaire goes to, what its page says, and what came back in sums (R-3.10, R-3.23)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from astcoord.core.suppression import SMALLEST_GROUP, count_words
from astcoord.core.words import say, say_later
from schools.calendar.models import AcademicYear, Term
from staff.figures.reads.asts import DIMENSIONS
from staff.figures.reads.sheets import Cell, Sheet, Table
from staff.posts.models import Post
from staff.questionnaires.lifecycle import QuestionKind, QuestionnaireKind, QuestionnaireStatus
from staff.questionnaires.models import Answer, Question, Questionnaire, QuestionnaireInvitation
from staff.questionnaires.rules import Group, joined, response_words

Rows = list[tuple[str, Any]]
BY = {QuestionnaireKind.OWN.value: DIMENSIONS["service"], QuestionnaireKind.BALANCE.value: DIMENSIONS["phase"]}
"""By what answers are counted: years tell what those say who have been ASTs for long (R-3.10), phases are R-3.23’s."""
FEW = say_later(f"{count_words(1).capitalize()} ASTs have answered, so nothing of what they said is shown.")
FEW_NEW = say_later(
    f"{count_words(1).capitalize()} ASTs have answered, or changed their answers, since the results were shown, so "
    "they are not shown anew. Open the questionnaire again to ask more ASTs."
)
FEW_WORDS = f"{count_words(1).capitalize()} have written something here, so it is not shown."
NOTES = (
    say_later(
        f"Numbers of {count_words(1)} are kept back, and so is what would give them away; smaller groups are counted "
        f"together. What ASTs wrote themselves is in alphabetical order, where {SMALLEST_GROUP} or "
        "more wrote something."
    ),
)


def audience(questionnaire: Questionnaire, today: date) -> list[Post]:
    """ASTs in post and not away, as far as the questionnaire is narrowed; each person once. One query."""
    posts = Post.objects.present(today).with_first_start().select_related("user", "home")
    if questionnaire.subject:
        posts = posts.expert_in(questionnaire.subject).distinct()
    if questionnaire.phase:
        posts = posts.filter(home__phase=questionnaire.phase)
    least = questionnaire.years or 0
    found = [post for post in posts.order_by("pk") if (post.years_as_ast(today) or 0) >= least]
    return list({post.user_id: post for post in reversed(found)}.values())[::-1]


def whom(questionnaire: Questionnaire) -> str:
    """In words: what narrows it."""
    years = questionnaire.years
    parts = [
        questionnaire.get_subject_display() if questionnaire.subject else "",
        f"{questionnaire.get_phase_display()} schools" if questionnaire.phase else "",
        f"{years} year{'s' if years != 1 else ''} or more as {say('an AST')}" if years else "",
    ]
    return "; ".join(part for part in parts if part) or say("All ASTs in post, without those who are away")


@dataclass(frozen=True)
class QuestionnairePage:
    """One questionnaire, for the co-ordinator."""

    facts: Rows
    questions: list[Question]
    asked: int
    """How many it was sent to, or would be sent to now."""


def page_of(questionnaire: Questionnaire, today: date) -> QuestionnairePage:
    """Three queries at most."""
    row: Any = questionnaire
    draft = row.status == QuestionnaireStatus.DRAFT
    asked = len(audience(row, today)) if draft else row.asked
    facts: Rows = [("For", whom(row))]
    if draft:
        facts.append((say("ASTs of this kind today"), asked))
    elif row.sent_on:
        facts += [("Sent", row.sent_on), ("Answers", response_words(row.asked, row.back))]
    facts.append(("Last day to answer", row.closes_on))
    if row.intro:
        facts.append(("What to know before answering", row.intro))
    return QuestionnairePage(facts, list(row.questions.all()), asked)


def own_answers(invitation: QuestionnaireInvitation) -> Rows:
    """What the AST has said, question by question. Two queries."""
    said = {answer.question_id: answer.said for answer in invitation.answers.all()}
    return [(question.text, said.get(question.pk, "Nothing")) for question in invitation.questionnaire.questions.all()]


def balance_of(year: AcademicYear) -> Questionnaire | None:
    """R-3.23: that of a school year, if ASTs were asked. One query."""
    asked = Questionnaire.objects.filter(kind=QuestionnaireKind.BALANCE, year=year)
    return asked.exclude(status=QuestionnaireStatus.WITHDRAWN).first()


def balance_is_due(today: date) -> bool:
    """The last term of the school year has begun, and ASTs were not asked in it. Two queries."""
    year = AcademicYear.objects.on(today).first()
    if year is None:
        return False
    last = Term.objects.filter(year=year).order_by("-starts_on").first()
    return last is not None and last.starts_on <= today and balance_of(year) is None


def sheet(questionnaire: Questionnaire) -> Sheet:
    """What came back; once it is closed, so that no answer is seen to come in. Six queries.

    There is one sheet, by one dimension: of two that cut the same answers differently, one would tell what the other
    keeps back. Phases and years are those of the last day to answer.
    """
    sent = questionnaire.invitations.count()
    back = list(questionnaire.invitations.exclude(answered_on=None))
    closed = questionnaire.status == QuestionnaireStatus.CLOSED
    few_new = any(each.said_since for each in back)
    tables: list[Table] = []
    if closed and not few_new and len(back) >= SMALLEST_GROUP:
        response = (say("All ASTs who were asked"), sent, len(back), f"{round(100 * len(back) / sent)}%")
        tables = [Table("csv", "Response", ("Of", "Sent", "Back", "Response"), (response,))]
        tables += _questions(questionnaire, back)
    return Sheet(
        name=f"questionnaire-{questionnaire.pk}",
        title=questionnaire.title,
        tables=tuple(tables),
        lead=response_words(sent, len(back)),
        notes=NOTES if tables else (),
        empty=(FEW_NEW if few_new else FEW)
        if closed
        else say("What ASTs said is shown once the questionnaire is closed."),
    )


def _questions(questionnaire: Questionnaire, back: Sequence[QuestionnaireInvitation]) -> list[Table]:
    answers = list(Answer.objects.filter(invitation__in=[each.pk for each in back]))
    groups = _groups(questionnaire, back)
    found = []
    for number, question in enumerate(questionnaire.questions.all(), start=1):
        given = {answer.invitation_id: answer.said for answer in answers if answer.question_id == question.pk}
        code, title = f"q{number}", f"{number}. {question.text}"
        if question.kind == QuestionKind.TEXT:
            found.append(_texts(code, title, sorted(given.values(), key=str.casefold)))
        else:
            found.append(_counts(Table(code, title, ("Answer",), ()), question.answers, given, groups))
    return found


def _groups(questionnaire: Questionnaire, back: Sequence[QuestionnaireInvitation]) -> list[Group]:
    """Who has answered, by the numbers of their invitations; none where there would be one group only."""
    dimension, on = BY[questionnaire.kind], questionnaire.closes_on
    posts = Post.objects.filter(questionnaires__in=[each.pk for each in back]).with_first_start()
    of = {post.pk: dimension.of(post, on) for post in posts.select_related("home")}
    found = [(str(words), [each.pk for each in back if of[each.post_id] == code]) for code, words in dimension.values]
    groups = joined([(words, members) for words, members in found if members])
    return groups if len(groups) > 1 else []


def _texts(code: str, title: str, said: Sequence[str]) -> Table:
    enough = len(said) >= SMALLEST_GROUP
    note = "" if enough else FEW_WORDS if said else "Nobody has written anything here."
    return Table(code, title, ("In their own words",), tuple((each,) for each in said) if enough else (), note=note)


def _counts(table: Table, choices: Sequence[str], given: dict[int, str], groups: Sequence[Group]) -> Table:
    """Each answer with how many gave it, in every group and in all; small numbers are kept back.

    How many each group has is not told: it would give away a number that is kept back where the others are nought.
    """
    columns: list[Counter[str]] = [Counter(given[pk] for pk in members if pk in given) for _, members in groups]
    columns.append(Counter(given.values()))
    header = ("Answer", *(label for label, _ in groups), "All")
    rows: tuple[tuple[Cell, ...], ...] = tuple((choice, *(column[choice] for column in columns)) for choice in choices)
    total: tuple[Cell, ...] = ("All answers", *(0 for _ in groups), len(given))
    counted = replace(table, header=header, rows=rows, total=total)
    shown = counted.for_officers(sums=[(len(header) - 1, *range(1, len(header) - 1))] if groups else [])
    return replace(shown, total=(shown.total[0], *("" for _ in groups), shown.total[-1]))
