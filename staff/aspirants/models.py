"""Teachers who may become ASTs: the authority's list (R-2.22)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.name_keys import Named
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from schools.register.models import School
from staff.aspirants.lifecycle import OffReason, Readiness
from staff.aspirants.querysets import AspirantQuerySet
from staff.expertise.vocabulary import Subject
from staff.posts.models import Post

LINE = say_later("Teachers who may become ASTs")
"""Of the retention schedule."""


class Aspirant(Named):
    """One teacher of one school. A head may put one forward; the co-ordinator puts the name on the list.

    Whoever became a candidate leads on to the `post`; the candidature itself is there.
    """

    name = models.CharField(max_length=150)
    school = models.ForeignKey(School, models.PROTECT, related_name="aspirants")
    subject = models.CharField(max_length=20, choices=Subject)
    readiness = models.CharField(max_length=10, choices=Readiness)
    since = models.DateField("aspirant since")
    note = models.CharField(max_length=500, blank=True)
    confirmed_on = models.DateField("put on the list on", null=True, blank=True)
    off_on = models.DateField("taken off the list on", null=True, blank=True)
    off_because = models.CharField("taken off because", max_length=10, choices=OffReason, blank=True)
    off_note = models.CharField("what else was said of it", max_length=300, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="aspirants")

    objects = AspirantQuerySet.as_manager()

    personal_data = PersonalData(own=(Own(("name", "name_key", "note", "off_note"), "the teacher", LINE),)).shows(
        58,
        say_later("List of teachers who may become ASTs"),
        "name; school: school.name; subject: get_subject_display; readiness: get_readiness_display; since; "
        "note; put on the list: confirmed_on; taken off: off_on; because: get_off_because_display; "
        "what else was said: off_note",
        accounts=("post__user",),
        found=lambda subject: Q(name__iexact=subject.name) if subject.name else Q(pk__in=[]),
        by_name=True,
    )

    class Meta:
        ordering = ["name_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="aspirant_off_when_and_why",
                condition=Q(off_on__isnull=True, off_because="", off_note="", post__isnull=True)
                | Q(off_on__isnull=False) & ~Q(off_because=""),
            ),
            models.CheckConstraint(
                name="aspirant_post_of_a_candidate",
                condition=Q(post__isnull=True) | Q(off_because=OffReason.CANDIDATE),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("staff:aspirant", args=[self.pk])

    @property
    def waits(self) -> bool:
        """Put forward by the head, and nothing decided."""
        return self.confirmed_on is None and self.off_on is None
