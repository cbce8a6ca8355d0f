"""What is paid for a secondment (R-2.18)."""

from django.conf import settings
from django.db import models

from astcoord.core.fields import pounds_field
from astcoord.core.models.documents import Document
from astcoord.core.personal_data import PersonalData
from schools.calendar.models import Term
from staff.secondments.models.running import Secondment


class GrantStatement(models.Model):
    """What is paid for one term, by element, as it was worked out that day; `paid_on` when the co-ordinator paid."""

    secondment = models.ForeignKey(Secondment, models.PROTECT, related_name="statements")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    amount = pounds_field()
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    paid_on = models.DateField(null=True, blank=True)
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    personal_data = PersonalData().shows(
        124,
        "Grants for your secondment",
        "term: term.name; amount; paid: paid_on",
        accounts=("secondment__post__user",),
    )

    class Meta:
        ordering = ["term__starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="grant_statement_once_a_term", fields=["secondment", "term"]),
            models.CheckConstraint(
                name="grant_statement_paid_by",
                condition=models.Q(paid_on__isnull=True, paid_by__isnull=True)
                | models.Q(paid_on__isnull=False, paid_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Grant for {self.secondment.post.name}, {self.term.name}"
