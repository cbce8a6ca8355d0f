"""What a placement has cost, and what the report on value for money is narrowed to (R-11.13)."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from astcoord.core.words import say_later
from astcoord.ui.forms import GovForm, PoundsField
from evaluation.value.models import PlacementCost
from evaluation.value.reads.report import Chosen
from evaluation.value.rules import LONGEST
from schools.calendar.models import AcademicYear
from schools.register.lifecycle import Phase
from schools.register.models import School
from staff.expertise.vocabulary import Subject

ALL = ("", "All")


class CostForm(GovForm):
    """A sum, and what it was for."""

    edits = True
    submit_label = "Save the cost"
    drawn: ClassVar[Any] = {"amount": {"prefix": "£", "classes": "govuk-input--width-10"}}
    nouns: ClassVar[Any] = {"amount": say_later("what the placement cost in pounds"), "covers": "what the cost covers"}

    amount = PoundsField(label=say_later("What did the placement cost?"), help_text="In pounds, such as 2,000")
    covers = forms.CharField(
        label="What does it cover?",
        help_text="Such as cover for 10 days, and travel. Name nobody who is supported.",
        max_length=LONGEST,
    )

    def __init__(self, *args: Any, row: PlacementCost | None, **kwargs: Any) -> None:
        initial = {"amount": row.amount, "covers": row.covers} if row else {}
        super().__init__(*args, initial=initial, **kwargs)


class ValueForm(GovForm):
    """A form in an address: nothing in it is required, and nothing wrong in it is complained of."""

    year = forms.ChoiceField(label="School year", required=False)
    school = forms.ModelChoiceField(
        School.objects.none(), label=say_later("The AST’s own school"), required=False, empty_label="All"
    )
    phase = forms.ChoiceField(label="Phase of the host school", choices=[ALL, *Phase.choices], required=False)
    subject = forms.ChoiceField(label="Subject", choices=[ALL, *Subject.choices], required=False)

    def __init__(self, query: QueryDict, *, years: list[AcademicYear], schools: QuerySet[School], sums: bool) -> None:
        asked = query if {"year", "school", "phase", "subject"} & set(query) else None
        super().__init__(asked, initial={"year": years[0].slug if years else ""})
        self.years = years
        self.fields["year"].choices = [(each.slug, str(each)) for each in years]
        self.fields["school"].queryset = schools
        if sums:  # from a narrower sum and the whole one could work out a small group
            del self.fields["school"], self.fields["phase"], self.fields["subject"]

    @property
    def chosen(self) -> Chosen | None:
        """The newest year that has begun, if none was chosen; None while there is no school year at all."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        year = next((each for each in self.years if each.slug == given.get("year")), next(iter(self.years), None))
        if year is None:
            return None
        return Chosen(year, given.get("school"), given.get("phase", ""), given.get("subject", ""))
