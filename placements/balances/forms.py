"""Moving days between the uses of an AST's year (R-4.2)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from astcoord.core.wording import days_words
from astcoord.core.words import say_later
from astcoord.ui.forms import DaysField, GovForm
from placements.days.rules.balance import UNALLOCATED, Category


class MoveForm(GovForm):
    """From one use to another, and why."""

    submit_label = "Move the days"
    nouns = {"source": "where the days come from", "target": "what the days are for"}
    drawn = {"reason": {"rows": 3}}

    source = forms.ChoiceField(label="From", widget=forms.RadioSelect)
    target = forms.ChoiceField(label="To", widget=forms.RadioSelect)
    days = DaysField(label="How many days?", least=Decimal("0.25"))
    reason = forms.CharField(
        label="Why?",
        help_text=say_later("The AST and the home headteacher read this."),
        max_length=250,
        widget=forms.Textarea,
        error_messages={"required": "Say why the days are moved"},
    )

    def __init__(self, *args: Any, uses: Sequence[Category], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"source": UNALLOCATED})
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["source"].choices = [(u.name, f"{u.name}: {days_words(u.budget)}") for u in uses if u.budget > 0]
        fields["target"].choices = [(u.name, f"{u.name}: {days_words(u.budget)}") for u in uses]


class UseForm(GovForm):
    """Which use of the year a placement draws on."""

    edits = True
    submit_label = "Save"

    use = forms.ChoiceField(
        label=say_later("Which part of the AST’s year does this placement draw on?"),
        widget=forms.RadioSelect,
        error_messages={"required": "Select one of the uses of the year"},
    )

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["use"].choices = [(name, name) for name in names]
