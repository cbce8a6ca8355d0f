"""An estimate entered by hand, and the answer to an offer (R-11.12)."""

from typing import Any, ClassVar

from django import forms

from astcoord.core.roles import Role
from astcoord.ui.forms import GovForm
from astcoord.ui.registers import RegisterForm
from evaluation.estimates.lifecycle import Because
from evaluation.estimates.models import Estimate
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import is_office

SHORT: dict[str, Any] = {"classes": "govuk-input--width-5"}


class EstimateForm(RegisterForm):
    """One estimate; a head chooses among the own schools, and a change keeps the school."""

    school = SchoolField(label="School")
    submit_label = "Save the estimate"
    drawn: ClassVar[Any] = dict.fromkeys(("year", "value", "actual", "pupils"), SHORT)
    nouns: ClassVar[Any] = {"value": "the estimate", "year": "the year"}

    class Meta:
        model = Estimate
        fields = ["school", "subject", "measure", "year", "value", "actual", "pupils"]
        labels = {
            "year": "Year",
            "value": "Estimate",
            "actual": "Actual result",
            "pupils": "Number of pupils",
        }
        help_texts = {
            "year": "The summer of the results, such as 2009 for 2008-09",
            "value": "As the Fischer Family Trust gives it, in the unit of the measure",
            "actual": "If you know it. What is entered among the school’s results counts before it.",
            "pupils": "Leave out groups of fewer than 3",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["school"]
            return
        schools = School.objects.open()
        if not is_office(user):
            schools = schools.filter(pk__in=user.schools_as(Role.HEADTEACHER))
            self.initial.setdefault("school", schools.first())
        self.fields["school"].queryset = schools.by_name()


class DeclineForm(GovForm):
    """Why, for who wishes to say it."""

    submit_label = "Decline the offer"
    because = forms.ChoiceField(
        label="Why do you do without it?",
        help_text="You need not say.",
        choices=Because.choices,
        widget=forms.RadioSelect,
        required=False,
    )
