"""What the time report is narrowed to."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from evaluation.time.reads import WAYS

LONGEST = timedelta(days=3 * 366)


class TimeForm(GovForm):
    """From, until, grouped by what, and of which AST."""

    submit_label = "Show"
    use_required_attribute = False

    first = DateInputField(label="From", required=False)
    last = DateInputField(label="Until", required=False)
    by = forms.ChoiceField(label="Group by", choices=list(WAYS.items()), required=False, widget=forms.RadioSelect)
    ast = forms.ModelChoiceField(queryset=None, label=say_later("AST"), required=False, empty_label="All")

    def __init__(self, *args: Any, asts: QuerySet[Any], usual: tuple[date, date], **kwargs: Any) -> None:
        self.usual = usual
        kwargs["initial"] = {"first": usual[0], "last": usual[1], "by": "school"}
        super().__init__(*args, **kwargs)
        self.fields["ast"].queryset = asts
        people = list(asts[:2])
        self.only = people[0] if len(people) == 1 else None
        if len(people) < 2:
            del self.fields["ast"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", "Until must be the same as or after From")
        elif first and last and last - first > LONGEST:
            self.add_error("last", "Until must be within three years of From")
        return data

    @property
    def chosen(self) -> dict[str, Any]:
        """What to count; the year so far wherever nothing (sensible) was chosen."""
        data = getattr(self, "cleaned_data", {}) if self.is_bound and self.is_valid() else {}
        return {
            "first": data.get("first") or self.usual[0],
            "last": data.get("last") or self.usual[1],
            "by": data.get("by") or "school",
            "ast": data.get("ast"),
        }
