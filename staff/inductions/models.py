"""The meeting with a candidate before the assessment (R-3.1); the steps after it are the post’s `InductionItem`s."""

from django.conf import settings
from django.db import models

from astcoord.core.fields import ChoiceSetField
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from staff.inductions.lifecycle import Topic
from staff.inductions.querysets import InductionMeetingQuerySet
from staff.posts.models import Post

KEPT = say_later("An AST’s post, assessment, profile and time")


class InductionMeeting(models.Model):
    """Who met the candidate, when, with whom, and what for. The candidate was there."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="induction_meetings")
    on = models.DateField("day of the meeting")
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    head = models.CharField("headteacher", max_length=150)
    line_manager = models.CharField(max_length=150)
    others = models.CharField("others who were there", max_length=300, blank=True)
    shared = ChoiceSetField("gone through", options=Topic.choices)

    objects = InductionMeetingQuerySet.as_manager()

    personal_data = PersonalData(
        own=(Own(("head", "line_manager", "others"), "those who were at the meeting", KEPT),)
    ).shows(
        87,
        "Meetings with you before the assessment",
        "day: on; led by: led_by.name; headteacher: head; line manager: line_manager; others; gone through",
        accounts=("post__user",),
        made={"gone through": lambda meeting, _: meeting.topics},
    )

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "on"], name="induction_meeting_once_a_day")]

    def __str__(self) -> str:
        return f"Meeting before the assessment, {date_words(self.on)}"

    @property
    def topics(self) -> list[str]:
        return InductionMeeting._meta.get_field("shared").labels(self)
