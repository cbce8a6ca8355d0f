"""Which priorities go on for another year."""

from typing import Any

from django import forms

from astcoord.ui.forms import GovForm
from placements.priorities.models import Priority
from placements.year_end.reads import Opening


class OpenYearForm(GovForm):
    """One box for each priority that would end; without any, only the button."""

    go_on = forms.MultipleChoiceField(
        label="Which of the priorities that end should go on for another year?",
        help_text="Leave a box empty where a priority has been reached.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "One of these priorities has been changed meanwhile. Look at the list again."
        },
    )

    def __init__(self, *args: Any, found: Opening, **kwargs: Any) -> None:
        self.submit_label = f"Open {found.name}"
        super().__init__(*args, **kwargs)
        self.ending = found.ending
        fields: Any = self.fields
        if found.ending:
            fields["go_on"].choices = [(str(each.pk), str(each)) for each in found.ending]
        else:
            del fields["go_on"]

    @property
    def chosen(self) -> list[Priority]:
        return [each for each in self.ending if str(each.pk) in self.cleaned_data.get("go_on", ())]
