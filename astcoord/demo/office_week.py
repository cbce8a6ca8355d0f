"""What an office does between the stories: notes, a view of a list, a message to several, an AST away (section 20)."""

from datetime import timedelta

from astcoord.core.models.saved_views import SavedView
from astcoord.core.words import say
from astcoord.demo import days
from astcoord.demo.scene import Scene
from evaluation.feedback import actions as feedback
from evaluation.feedback.lifecycle import Said
from evaluation.feedback.reads import own_sessions
from placements.days.models import OutreachDay
from placements.notes.actions import NOTES
from placements.requests.models import OutreachRequest
from placements.supported.models import SupportedStaff
from staff.expertise.vocabulary import Subject
from staff.mailings import actions as mailings
from staff.mailings.reads import SOURCES, addressees
from staff.posts.actions import absence
from staff.posts.lifecycle import AbsenceKind
from staff.posts.models import Post


def tell(scene: Scene) -> None:
    """In this order, all in the last days."""
    _notes(scene)
    _view(scene)
    _message(scene)
    _away(scene)
    _feedback(scene)


def _notes(scene: Scene) -> None:
    """One about a request, for today; one about a school, overdue; one without a day."""
    waiting = OutreachRequest.objects.in_queue().order_by("pk").first()
    school = scene.schools[990204]
    before = days.school_days_before(scene.today, 3)[0]
    asked, visited = say("Ask the head which weekday suits before an AST is asked."), "Send the notes of the visit."
    with days.on(before, 15):
        NOTES.save(request=waiting, text=asked, due_on=scene.today, owner=scene.coordinator, by=scene.coordinator)
        later = before + timedelta(days=1)
        NOTES.save(school=school, text=visited, due_on=later, owner=scene.coordinator, by=scene.coordinator)
        NOTES.save(text="Book the hall for the spring meeting.", owner=scene.coordinator, by=scene.coordinator)


def _view(scene: Scene) -> None:
    """The office keeps one for all: requests of primary schools, those that wait longest first."""
    SavedView.objects.create(
        by_pk=scene.coordinator.pk, page="placements:queue", name="Primary schools", query="phase=primary", for_all=True
    )


def _message(scene: Scene) -> None:
    """To those who have mathematics as an expertise."""
    posts = Post.objects.in_post(scene.today).expert_in(Subject.MATHEMATICS).order_by("pk")
    people = addressees(SOURCES["asts"], list(posts.values_list("pk", flat=True)))
    text = (
        "The new calculation policy is with every primary school from January. Please read it before your next visit."
    )
    with days.on(days.school_days_before(scene.today, 2)[0], 12):
        readers = [each.reader for each in people.reached]
        mailings.write(
            subject="The calculation policy", text=text, whom=say("ASTs"), readers=readers, by=scene.coordinator
        )


def _away(scene: Scene) -> None:
    """Somebody with a day to come is at a course on it: the day is called off, and the host school told."""
    day = OutreachDay.objects.to_come(scene.today).order_by("-on", "-pk").first()
    if day is None:
        return
    with days.on(days.school_days_before(scene.today, 1)[0], 14):
        post = day.placement.post
        absence.record(post=post, kind=AbsenceKind.TRAINING, starts_on=day.on, ends_on=day.on, by=scene.administrator)


def _feedback(scene: Scene) -> None:
    """Whoever has had a session lately says how it went; the second of each pair in part."""
    for number, person in enumerate(SupportedStaff.objects.order_by("pk")):
        for session in own_sessions(person, scene.today):
            later = Said.PARTLY if number % 2 else Said.YES
            answers = {"useful": Said.YES, "next_step": later, "enough_time": Said.YES}
            feedback.say(day=session.day, person=person, answers=answers)
