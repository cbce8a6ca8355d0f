"""A question: from when until when, by what, and how much of what (R-20.7)."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from evaluation.question.reads.asked import FIGURES, ROWS, Question
from schools.calendar.years import first_year_of, slug_on

ORDER = "The last day must not be before the first"


class QuestionForm(GovForm):
    """In the address, so that a question can be kept and asked again. Unasked: this school year, by priority."""

    first = DateInputField(label="From")
    last = DateInputField(label="Until", help_text="This day counts")
    rows = forms.ChoiceField(label="By", choices=[(code, label) for code, (label, _) in ROWS.items()])
    figures = forms.MultipleChoiceField(
        label="Figures",
        choices=list(FIGURES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one figure"},
    )

    def __init__(self, query: QueryDict, *, today: date) -> None:
        asked = query if any(name.startswith(("first", "last", "rows", "figures")) for name in query) else None
        self.usual = Question(date(first_year_of(slug_on(today)), 9, 1), today, "priority", tuple(FIGURES))
        super().__init__(asked, initial={**asdict(self.usual), "figures": list(FIGURES)})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", ORDER)
        return data

    @property
    def question(self) -> Question | None:
        """None while something is wrong with it."""
        if not self.is_bound:
            return self.usual
        if not self.is_valid():
            return None
        data = self.cleaned_data
        return Question(data["first"], data["last"], data["rows"], tuple(data["figures"]))
