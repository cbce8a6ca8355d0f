"""A briefing session, and a place at it (R-2.21)."""

from typing import Any

from django import forms

from astcoord.core.addresses import FormField as AddressField
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from schools.register.models import School
from staff.briefings.actions import SAID
from staff.briefings.lifecycle import Attends
from staff.briefings.models import Briefing


class BriefingForm(GovForm):
    """What, when, where, for how many."""

    submit_label = "Save the session"
    drawn = {"places": {"classes": "govuk-input--width-3"}, "hours": {"classes": "govuk-input--width-10"}}
    nouns = {"on": "the day of the session"}

    title = forms.CharField(label="What is it about?", max_length=120)
    on = DateInputField(label="Day")
    hours = forms.CharField(label="Time", help_text="Such as 4pm to 5pm", max_length=40, required=False)
    place = forms.CharField(label="Where is it?", max_length=200)
    places = forms.IntegerField(label="Number of places", min_value=1, max_value=2000)

    def __init__(self, *args: Any, briefing: Briefing | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(briefing, name) for name in SAID} if briefing else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.edits = briefing is not None


class BookForm(GovForm):
    """Who comes."""

    submit_label = "Book the place"
    nouns = {"attends": "who comes", "name": "the name", "email": "the e-mail address"}

    school = forms.ChoiceField(label="School")
    attends = forms.ChoiceField(label="Who comes?", choices=Attends.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Name", max_length=150)
    email = AddressField(label="E-mail address", help_text="We write there about the session, and nothing else.")

    def __init__(self, *args: Any, schools: list[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = schools
        if len(schools) == 1:
            del self.fields["school"]
        else:
            self.fields["school"].choices = [(str(each.pk), each.name) for each in schools]

    def school_chosen(self) -> School:
        chosen = self.cleaned_data.get("school", str(self.schools[0].pk))
        return next(each for each in self.schools if str(each.pk) == chosen)
