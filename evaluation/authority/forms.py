"""Of which school year the annual report is issued."""

from collections.abc import Sequence
from typing import Any

from django import forms

from astcoord.ui.forms import GovForm
from placements.deployment.reads.periods import Period


class IssueForm(GovForm):
    """One of the years that have begun."""

    submit_label = "Issue"

    year = forms.ChoiceField(label="School year", widget=forms.RadioSelect)

    def __init__(self, *args: Any, years: Sequence[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        self.fields["year"].choices = [(each.slug, str(each.year)) for each in years]  # type: ignore[attr-defined]

    @property
    def period(self) -> Period:
        return next(each for each in self.years if each.slug == self.cleaned_data["year"])
