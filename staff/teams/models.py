"""Teams of ASTs at one school, with a lead and an aim that they share (R-3.18)."""

from datetime import date

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from schools.register.models import School
from staff.posts.models import Post
from staff.teams.querysets import TeamQuerySet


class Team(models.Model):
    """One record shows all: who leads, who belongs to it, what for. The lead is one of the members."""

    school = models.ForeignKey(School, models.PROTECT, related_name="ast_teams")
    name = models.CharField("team", max_length=100)
    aim = models.TextField("shared aim", max_length=500)
    lead = models.ForeignKey(Post, models.PROTECT, related_name="teams_led")
    members = models.ManyToManyField(Post, related_name="teams")

    objects = TeamQuerySet.as_manager()

    personal_data = PersonalData(
        own=(
            Own(
                ("name", "aim"),
                say_later("the ASTs of the team"),
                say_later("An AST’s post, assessment, profile and time"),
            ),
        )
    ).shows(
        98,
        "Teams that you belong to",
        "team: name; school: school.name; aim; lead: lead.name",
        accounts=("members__user",),
    )

    class Meta:
        ordering = ["school__name_key", "name", "pk"]
        constraints = [models.UniqueConstraint("school", Lower("name"), name="team_name_once_a_school")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("staff:team", args=[self.pk])

    def holds(self, post: Post, on: date) -> bool:
        """Whether that AST holds a post at the team's school on a day."""
        return post.home_id == self.school_id and post.is_in_post(on)
