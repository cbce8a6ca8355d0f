"""Recording role training, and naming the training co-ordinator (R-3.11, R-3.21)."""

from typing import Any

from django import forms

from astcoord.core.words import say, say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from staff.accounts.models import User


class RecordForm(GovForm):
    """One training: what it was about, and when."""

    submit_label = "Record the training"
    nouns = {"on": "the day of the training"}

    topics = forms.MultipleChoiceField(
        label="What was the training about?",
        help_text="Tick all that apply.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Select what the training was about",
            "invalid_choice": "One of these is on the checklist already. Choose from the list.",
        },
    )
    on = DateInputField(label="Day", help_text="For training of several days, the last.")

    def __init__(self, *args: Any, wanting: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["topics"].choices = wanting


class NameForm(GovForm):
    """Who is training co-ordinator from today."""

    submit_label = say_later("Name the training co-ordinator")

    user = forms.ChoiceField(
        label=say_later("Who is training co-ordinator?"), error_messages={"required": "Select a person"}
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        named = [(str(each.pk), each.name) for each in people]
        fields["user"].choices = [("", say("Choose a consultant or an AST")), *named]
        self.people = people

    def chosen(self) -> User:
        return next(each for each in self.people if str(each.pk) == self.cleaned_data["user"])
