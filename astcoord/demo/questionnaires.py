"""Questionnaires: one that came back, with numbers to read; one that is open; one that was withdrawn, and a draft."""

from datetime import date, timedelta
from typing import Any

from astcoord.demo import days
from astcoord.demo.scene import Scene
from staff.questionnaires import actions
from staff.questionnaires.models import Questionnaire, QuestionnaireInvitation

COURSES = ("Leading other teachers", "A new part of my subject", "Showing what outreach changes")
WORDS = ("Time to watch another AST at work.", "", "Courses in the morning.", "", "Cover that is booked early.")


def tell(scene: Scene) -> None:
    """Most have answered the first; one has answered the second so far."""
    with days.on(scene.today - timedelta(days=30)):
        courses = _written(scene, "What you would like to learn next", scene.today - timedelta(days=10))
        actions.send(questionnaire=courses, by=scene.coordinator)
    with days.on(scene.today - timedelta(days=24)):
        _answer(list(courses.invitations.whole())[:-2])
    with days.on(scene.today - timedelta(days=9), 8):
        actions.look_after(scene.today - timedelta(days=9))
        _written(scene, "Meetings of ASTs next year", scene.today + timedelta(days=40))
        early = _written(scene, "What you would like to learn", scene.today + timedelta(days=21))
        actions.send(questionnaire=early, by=scene.coordinator)
        actions.withdraw(questionnaire=early, reason="Asked twice", by=scene.coordinator)
    with days.on(scene.today - timedelta(days=2)):
        long_serving = _written(scene, "After some years as an AST", scene.today + timedelta(days=14), years=1)
        actions.send(questionnaire=long_serving, by=scene.coordinator)
        _answer(list(long_serving.invitations.whole())[-1:])


def _written(scene: Scene, title: str, closes_on: date, **narrowed: Any) -> Questionnaire:
    said = {"title": title, "intro": "Two questions, two minutes.", "closes_on": closes_on}
    row = actions.save(by=scene.coordinator, **said, **{"subject": "", "phase": "", "years": None, **narrowed})
    ask = {"questionnaire": row, "by": scene.coordinator}
    actions.save_question(text="Which course would help most?", kind="choice", choices="\n".join(COURSES), **ask)
    actions.save_question(text="What else would help?", kind="text", choices="", **ask)
    return row


def _answer(invitations: list[QuestionnaireInvitation]) -> None:
    for number, each in enumerate(invitations):
        course, words = each.questionnaire.questions.all()
        said = {course.pk: COURSES[number % 2], words.pk: WORDS[number % len(WORDS)]}
        actions.answer(invitation=each, said=said, by=each.post.user)
