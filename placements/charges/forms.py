"""What the statement of charges is narrowed to. A value that does not exist narrows nothing."""

from datetime import date

from django import forms
from django.http import QueryDict

from astcoord.ui.forms import GovForm
from placements.deployment.reads.periods import Period, periods
from schools.register.models import School


class ChargesForm(GovForm):
    """A period, the term of today if none is chosen; and a school, for those who read of several."""

    period = forms.ChoiceField(label="Period", required=False)
    school = forms.ChoiceField(label="School", required=False)

    def __init__(self, query: QueryDict, *, today: date) -> None:
        self.periods = periods()
        now = next((each for each in self.periods if not each.whole and each.first <= today <= each.last), None)
        self.usual = now or next(iter(self.periods), None)
        super().__init__(query if {"period", "school"} & set(query) else None)
        fields = self.fields
        fields["period"].choices = [(each.slug, each.name) for each in self.periods]  # type: ignore[attr-defined]
        fields["period"].initial = self.usual.slug if self.usual else ""

    def offer(self, schools: list[School]) -> None:
        """Those of the chosen period; one alone needs no choice."""
        if len(schools) < 2:
            del self.fields["school"]
            return
        choices = [("", "All"), *((str(each.pk), each.name) for each in schools)]
        self.fields["school"].choices = choices  # type: ignore[attr-defined]

    @property
    def period_chosen(self) -> Period | None:
        slug = self.data.get("period") if self.is_bound else ""
        return next((each for each in self.periods if each.slug == slug), self.usual)

    @property
    def school_chosen(self) -> int | None:
        """Its id, one of those offered; None for all."""
        asked = self.data.get("school", "") if self.is_bound and "school" in self.fields else ""
        field: forms.ChoiceField | None = self.fields.get("school")  # type: ignore[assignment]
        return int(asked) if asked and field and asked in dict(field.choices) else None
