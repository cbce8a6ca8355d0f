"""Working groups of ASTs: members, the needs that they found, and their actions (R-3.15)."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from staff.posts.models import Post
from staff.working_groups.querysets import GroupActionQuerySet, WorkingGroupQuerySet

LINE = say_later("Working groups of ASTs")
"""Of the retention schedule."""


class WorkingGroup(models.Model):
    """ASTs of any schools who look into something together."""

    name = models.CharField("group", max_length=100)
    aim = models.TextField("what it is for", max_length=500)
    needs = models.TextField("needs found", max_length=2000, blank=True)
    members = models.ManyToManyField(Post, related_name="working_groups")
    ended_on = models.DateField(null=True, blank=True, editable=False)

    objects = WorkingGroupQuerySet.as_manager()

    personal_data = PersonalData(own=(Own(("name", "aim", "needs"), say_later("the ASTs of the group"), LINE),)).shows(
        106,
        "Working groups that you belong to",
        "group: name; what it is for: aim; needs found: needs; ended on: ended_on",
        accounts=("members__user",),
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="working_group_name_once", condition=models.Q(ended_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("staff:working_group", args=[self.pk])


class GroupAction(models.Model):
    """Something that one of the group does by a day."""

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="actions")
    text = models.CharField("what is to be done", max_length=300)
    owner = models.ForeignKey(Post, models.PROTECT, related_name="group_actions", verbose_name="by whom")
    due_on = models.DateField("by when")
    done_on = models.DateField(null=True, blank=True, editable=False)

    objects = GroupActionQuerySet.as_manager()

    personal_data = PersonalData(own=(Own(("text",), say_later("the ASTs of the group"), LINE),)).shows(
        107,
        "Your actions in working groups",
        "group: group.name; what: text; by when: due_on; done on: done_on",
        accounts=("owner__user",),
    )

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79].rstrip()}…"

    def get_absolute_url(self) -> str:
        return reverse("staff:group_action", args=[self.pk])
