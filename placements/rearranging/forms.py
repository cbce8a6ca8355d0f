"""Which days, and where they go (R-20.5)."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from astcoord.core.wording import date_words, days_words
from astcoord.ui.forms import GovForm, RowsField
from placements.days.forms import CancelDayForm
from placements.days.models import OutreachDay
from placements.days.querysets import DayQuerySet
from placements.placement.models import Placement
from staff.expertise.vocabulary import Weekday

WEEKS = [(0, "The same week"), (1, "One week later"), (2, "Two weeks later")]


class DaysToComeField(RowsField):
    """Days to come of one placement, all ticked."""

    def __init__(self, **kwargs: Any) -> None:
        errors = {
            "required": "Select at least one day",
            "invalid_choice": "One of these days has been moved, called off or written up meanwhile. Look again.",
        }
        rows = OutreachDay.objects.none()
        super().__init__(queryset=rows, widget=forms.CheckboxSelectMultiple, error_messages=errors, **kwargs)

    def offer(self, days: DayQuerySet) -> None:
        self.queryset = days
        self.initial = [day.pk for day in days]

    def label_from_instance(self, day: OutreachDay) -> str:
        length = "whole day" if day.days == 1 else days_words(day.days)
        return f"{day.on:%A} {date_words(day.on)}, {length}: {day.get_status_display().lower()}"


class MoveDaysForm(GovForm):
    """Sent twice: `moves` holds what the preview showed."""

    submit_label = "Show the dates"
    drawn = {"reason": {"rows": 2}}
    needed_when = {"reason": "if the contract is changed"}

    days = DaysToComeField(label="Which days?")
    weekday = forms.TypedChoiceField(
        label="To which weekday?", choices=Weekday.choices, coerce=int, widget=forms.RadioSelect
    )
    weeks = forms.TypedChoiceField(label="When?", choices=WEEKS, coerce=int, widget=forms.RadioSelect, initial=0)
    amend = forms.BooleanField(label="Change the weekday of the contract, too", required=False)
    reason = forms.CharField(label="Why is it changed?", required=False, max_length=500, widget=forms.Textarea)

    moves = forms.CharField(required=False, max_length=20000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, placement: Placement, days: DayQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = placement
        fields: Any = self.fields
        fields["days"].offer(days)
        if placement.weekday is None:
            del self.fields["amend"], self.fields["reason"]
        else:
            now = Weekday(placement.weekday).label
            fields[
                "amend"
            ].help_text = (
                f"It says {now} now. A change of the contract is prepared, for you to send to everybody who signs."
            )

    def clean_moves(self) -> dict[int, date]:
        """What the preview showed, as it wrote it: "7:2026-11-12 8:2026-11-19"."""
        try:
            pairs = [pair.split(":", 1) for pair in self.cleaned_data["moves"].split()]
            return {int(pk): date.fromisoformat(on) for pk, on in pairs}
        except ValueError:
            raise ValidationError("The dates could not be read. Choose them again.") from None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("amend"):
            if data.get("weekday") == self.placement.weekday:
                self.add_error("amend", "The contract names that weekday already. Leave this box empty.")
            if not data.get("reason", "").strip():
                self.add_error("reason", "Enter why the contract is changed")
        return data


class CancelDaysForm(CancelDayForm):
    """One side and one reason for all of them."""

    submit_label = "Cancel the ticked days"
    field_order = ("days", "side", "reason")

    days = DaysToComeField(label="Which days?")

    def __init__(self, *args: Any, days: DayQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["days"]
        field.offer(days)
        self.fields["reason"].label = "Why can the days not happen?"
