"""What follows a school that closed: the school that succeeds it, or nobody, and which rows went over (R-17.6)."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from astcoord.core.personal_data import PersonalData
from schools.register.models import School
from schools.succession.querysets import SuccessionQuerySet


class Succession(models.Model):
    """The office's answer for one school. One that was wrong stays on record, `replaced` by the right one."""

    school = models.ForeignKey(School, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="succeeded")
    """None: the school has closed for good."""

    on = models.DateField("first day")
    decided_at = models.DateTimeField(auto_now_add=True)
    replaced = models.BooleanField(default=False)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="school_has_one_answer_to_what_follows", fields=["school"], condition=Q(replaced=False)
            ),
            models.CheckConstraint(
                name="school_does_not_follow_itself",
                condition=Q(successor__isnull=True) | ~Q(successor=F("school")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school.name}: {self.successor.name if self.successor else 'closed for good'}"

    def ids(self, model: type[models.Model], column: str) -> list[int]:
        """Keys of the rows of `model` that went over by `column`. One query."""
        return list(self.rows.filter(thing=model._meta.label_lower, column=column).values_list("row", flat=True))

    def given(self, model: type[models.Model], key: int) -> set[str]:
        """Columns of one row that were written. One query."""
        return set(self.rows.filter(thing=model._meta.label_lower, row=key).values_list("column", flat=True))

    def note(self, model: type[models.Model], column: str, keys: Iterable[int]) -> None:
        """Remember what went over, so that a wrong successor can be put right."""
        thing = model._meta.label_lower
        rows = [SuccessionRow(succession=self, thing=thing, column=column, row=key) for key in keys]
        SuccessionRow.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


class SuccessionRow(models.Model):
    """One row that went over. A foreign key it cannot be: most of them live on the floors above."""

    succession = models.ForeignKey(Succession, models.CASCADE, related_name="rows")
    thing = models.CharField(max_length=60)
    column = models.CharField(max_length=30)
    row = models.BigIntegerField()

    personal_data = PersonalData(not_personal={"names of tables and columns": ("thing", "column")})

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["succession", "thing", "column", "row"], name="succession_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.row}, {self.column}"
