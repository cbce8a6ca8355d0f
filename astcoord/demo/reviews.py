"""This term's review of a placement, as far as its story has come."""

from astcoord.demo import days
from astcoord.demo.scene import Scene
from astcoord.demo.story import Story
from evaluation.reviews.actions import accept, comment, open_review, submit
from evaluation.reviews.models import ImpactReview
from evaluation.reviews.rules import Answer
from placements.placement.models import Placement
from schools.calendar import reads as calendar


def review(
    scene: Scene, story: Story, *, opened: int, submitted: int = 0, commented: int = 0, accepted: int = 0
) -> None:
    """Each stage so many school days ago; 0 for a stage still to come."""
    past = days.school_days_before(scene.today, opened)
    placement = story.fresh()
    term = calendar.term_on(past[-opened])
    if term is None or placement.starts_on is None or placement.starts_on > past[-opened]:
        return
    with days.on(past[-opened], 8):
        opened_review = open_review(placement=placement, term=term, today=past[-opened])
    if submitted:
        story.now = past[-submitted]
        _submit(story, placement, opened_review)
    if commented:
        story.now = past[-commented]
        with story.at(12):
            comment(
                review=opened_review,
                text="We see the difference in lessons, and other staff have asked to join.",
                by=story.head,
            )
    if accepted:
        story.now = past[-accepted]
        with story.at(10):
            accept(review=opened_review, by=scene.coordinator)


def _submit(story: Story, placement: Placement, opened_review: ImpactReview) -> None:
    answers = [
        Answer(
            number=objective.number,
            progress="good" if objective.number == 1 else "some",
            evidence=story.ask.shows,
            next_steps="Carry on as planned, and bring in the parallel class.",
        )
        for objective in placement.objectives.all()
    ]
    with story.at(16):
        submit(
            review=opened_review,
            answers=answers,
            summary="The staff supported plan in a new way, and pupils’ books begin to show it.",
            by=placement.post.user,
        )
