"""Former ASTs who wish to be found, with what they agreed to show and nothing else (R-3.17)."""

from django.db import models
from django.db.models import Q

from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say, say_later
from staff.alumni.querysets import AlumniQuerySet
from staff.posts.models import Post

NOTHING = Q(with_name=False, reach="", now="", offers="")


class AlumniEntry(models.Model):
    """What somebody who leaves has answered: yes, with what may be shown, or no. What is not shown is not kept.

    Only links of the present version work. The row stays when somebody is taken off the board, without any words.
    """

    post = models.OneToOneField(Post, models.PROTECT, related_name="alumni_entry", verbose_name=say_later("former AST"))
    on_board = models.BooleanField("stands on the board", default=False)
    with_name = models.BooleanField("with the name", default=False)
    reach = models.CharField("how to reach the person", max_length=200, blank=True)
    now = models.CharField("what the person does now", max_length=200, blank=True)
    offers = models.CharField("what the person offers", max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    link_version = models.PositiveIntegerField(default=1)
    link_sent_on = models.DateField(null=True, blank=True)

    objects = AlumniQuerySet.as_manager()

    personal_data = PersonalData(
        own=(
            Own(
                ("reach", "now", "offers"),
                say_later("the former AST"),
                "until the person, or the office, takes it away",
            ),
        )
    ).shows(
        97,
        say_later("What you let the board of former ASTs show"),
        "on the board: on_board; with your name: with_name; how to reach you: reach; what you do now: now; "
        "what you offer: offers; answered: answered_on",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "alumni entries"
        constraints = [
            models.CheckConstraint(
                name="alumni_only_what_was_agreed",
                condition=Q(on_board=False) & NOTHING | Q(on_board=True, answered_on__isnull=False) & ~NOTHING,
            ),
        ]

    def __str__(self) -> str:
        """The name only where its owner agreed."""
        return self.post.name if self.with_name else say("A former AST")
