"""Results that were read, and a questionnaire that is opened again: no single answer is what differs (section G)."""

from datetime import timedelta

import pytest

from astcoord.core.clock import today
from staff.questionnaires import actions, reads
from staff.questionnaires.models import Questionnaire
from staff.questionnaires.tasks import look_after_questionnaires
from tests.cast import Cast
from tests.factories import PostFactory
from tests.staff.questionnaires.asking import asked, invitations, say, say_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(cast: Cast) -> Questionnaire:
    """Of nine ASTs four have answered, it was closed, and the results were read; now it is open again."""
    PostFactory.create_batch(8)
    row = asked(cast)
    say_all(invitations(row)[:4], "Mathematics")
    actions.close(questionnaire=row, by=cast.coordinator)
    assert reads.sheet(fresh(row)).tables, "the first time"
    return opened(row, cast)


def fresh(row: Questionnaire) -> Questionnaire:
    return Questionnaire.objects.get(pk=row.pk)


def opened(row: Questionnaire, cast: Cast) -> Questionnaire:
    later = today() + timedelta(days=20)
    return actions.keep_open(questionnaire=fresh(row), closes_on=later, by=cast.coordinator)


def closed(row: Questionnaire, cast: Cast) -> bool:
    """Whether results are shown."""
    actions.close(questionnaire=fresh(row), by=cast.coordinator)
    return bool(reads.sheet(fresh(row)).tables)


def test_g_one_new_answer_is_not_shown_before_there_are_three(cast: Cast, read: Questionnaire) -> None:
    say(invitations(read)[4], "Leadership")
    assert not closed(read, cast)
    assert "since the results were shown" in reads.sheet(fresh(read)).empty
    opened(read, cast)
    say_all(invitations(read)[5:7], "Leadership")
    assert closed(read, cast), "three more than were read"


def test_g_one_changed_answer_is_not_shown_either(cast: Cast, read: Questionnaire) -> None:
    mine = invitations(read)[0]
    question = read.questions.all()[0]
    actions.change_answers(invitation=mine, said={question.pk: "Leadership"}, by=mine.post.user)
    assert not closed(read, cast)


def test_g_opened_again_and_nothing_said_the_results_are_those_that_were_read(cast: Cast, read: Questionnaire) -> None:
    assert closed(read, cast)


def test_g_what_was_never_shown_is_shown_once_three_have_answered(cast: Cast) -> None:
    PostFactory.create_batch(4)
    row = asked(cast)
    say_all(invitations(row)[:2], "Mathematics")
    assert not closed(row, cast)
    opened(row, cast)
    say(invitations(row)[2], "Leadership")
    assert closed(row, cast)


def test_g_the_nightly_closing_waits_for_three_too(cast: Cast, read: Questionnaire, clock: object) -> None:
    say(invitations(read)[4], "Leadership")
    clock.move_to(f"{fresh(read).closes_on + timedelta(days=1)}T05:00:00+00:00")  # type: ignore[attr-defined]
    look_after_questionnaires()
    assert fresh(read).status == "closed"
    assert not reads.sheet(fresh(read)).tables
