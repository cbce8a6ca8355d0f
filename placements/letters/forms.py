from typing import Any

from django import forms
from django.utils.html import format_html

from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from placements.letters.models import Letter


class EarlyIssueForm(GovForm):
    """For which term letters are to be prepared now."""

    term = forms.ModelChoiceField(queryset=None, label="For which term?", widget=forms.RadioSelect, empty_label=None)
    nouns = {"term": "the term that the letters are for"}
    submit_label = "Prepare the letters"

    def __init__(self, *args: Any, terms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = terms


class PostedForm(GovForm):
    """Which letters were printed and posted, and when."""

    letter = forms.MultipleChoiceField(label="Letters", widget=forms.CheckboxSelectMultiple)
    on = DateInputField(label="When did you post them?")
    nouns = {"letter": "the letters", "on": "the date on which you posted them"}

    def __init__(self, *args: Any, letters: list[Letter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter"].choices = [(str(each.pk), _label(each)) for each in letters]
        self.fields["letter"].initial = [str(each.pk) for each in letters]


def _label(letter: Letter) -> str:
    town = letter.school.town or letter.school.postcode
    return format_html("{}{}", letter.school.name, f", {town}" if town else "")
