"""How somebody came into an AST post: named by the school, assessed by an external body (R-2.1, R-2.2, R-2.4)."""

from django.db import models
from django.db.models import Q

from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from staff.accounts.models import User
from staff.appointing.lifecycle import Ended, Result, Route
from staff.posts.models import Post

KEPT = say_later("An AST’s post, assessment, profile and time")


class Candidature(models.Model):
    """Of a post whose candidate was named in this service: how, by whom, and why it ended if it did."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="candidature")
    route = models.CharField("recruited", max_length=10, choices=Route)
    consulted = models.BooleanField(say_later("the authority was consulted"), default=False)
    named_on = models.DateField()
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended = models.CharField("why it ended", max_length=10, choices=Ended, blank=True)

    personal_data = PersonalData().shows(
        85,
        say_later("Your candidature for an AST post"),
        "school: post.home.name; recruited: get_route_display; the authority was consulted: consulted; named on: "
        "named_on; ended: get_ended_display",
        accounts=("post__user",),
    )

    def __str__(self) -> str:
        return f"Candidature of {self.post}"


class Assessment(models.Model):
    """An assessment by an external body, booked or held. After a pass no other is ever asked for (R-2.2)."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="assessments")
    on = models.DateField("date of the assessment")
    body = models.CharField("assessment body", max_length=120)
    result = models.CharField(max_length=10, choices=Result, blank=True)
    note = models.CharField(max_length=300, blank=True)

    personal_data = PersonalData(own=(Own(("body", "note"), say_later("the AST"), KEPT),)).shows(
        86,
        "Your assessments",
        "on; by: body; result: get_result_display; note",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post"], name="one_assessment_to_come", condition=Q(result="")),
        ]

    def __str__(self) -> str:
        result = self.get_result_display() if self.result else "Booked"
        return f"{date_words(self.on)}, {self.body}: {result.lower()}"
