"""What the browser sends about outreach days."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from astcoord.ui.forms import DateInputField, GovForm
from placements.models import OutreachDay, Placement
from staff.vocabulary import Weekday

SHARES = [("1", "Whole day"), ("0.5", "Half a day")]
QUARTERS = [("0.25", "A quarter of a day"), ("0.75", "Three quarters of a day")]


def share_of(days: Decimal) -> str:
    """The choice that stands for a number of days: Decimal("0.50") → "0.5"."""
    return f"{days.normalize():f}"


def as_days(value: str) -> Decimal:
    """A choice as days."""
    return Decimal(value)


class ShareField(forms.TypedChoiceField):
    """A whole day or half of one; a quarter only where the day already is one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "How long?")
        kwargs.setdefault("error_messages", {"required": "Select half a day or a whole day"})
        super().__init__(choices=SHARES, coerce=as_days, widget=forms.RadioSelect, **kwargs)

    def allow(self, days: Decimal) -> None:
        """Keep an odd length that somebody entered on purpose."""
        self.choices = [*SHARES, *(q for q in QUARTERS if q[0] == share_of(days))]


class VenueField(forms.ChoiceField):
    """At the host school, or at the AST's own."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Where?")
        kwargs.setdefault("error_messages", {"required": "Select where the day takes place"})
        super().__init__(choices=OutreachDay.Venue.choices, widget=forms.RadioSelect, **kwargs)


class DayForm(GovForm):
    """One day to come."""

    submit_label = "Plan this day"

    on = DateInputField(label="Date", help_text="For example, 17 11 2026")
    days = ShareField()
    venue = VenueField()
    note = forms.CharField(
        label="Anything the school should know",
        required=False,
        max_length=250,
        help_text="For example, which year groups, or when you arrive. Do not name staff.",
    )


class ChangeDayForm(DayForm):
    """Another date, length or place for a day that has not happened."""

    submit_label = "Save changes"


class SeriesForm(GovForm):
    """The same weekday, week after week."""

    submit_label = "Show the dates"
    nouns = {"first": "the first date", "last": "the last date"}

    first = DateInputField(label="From")
    last = DateInputField(label="Until")
    weekday = forms.TypedChoiceField(label="Weekday", choices=Weekday.choices, coerce=int, widget=forms.RadioSelect)
    days = ShareField()
    venue = VenueField()

    dates = forms.CharField(required=False, max_length=5000, widget=forms.HiddenInput)

    LONGEST = 366

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "last"):
            self.fields[name].earliest = placement.starts_on
            self.fields[name].latest = placement.ends_on

    def clean_dates(self) -> list[date]:
        """The dates that the preview offered, as it wrote them."""
        try:
            return [date.fromisoformat(text) for text in self.cleaned_data["dates"].split()]
        except ValueError:
            raise ValidationError("The dates could not be read. Choose them again.") from None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", "Until must be the same as or after From")
        elif first and last and (last - first).days > self.LONGEST:
            self.add_error("last", "Until must be within a year of From")
        return data


class CancelDayForm(GovForm):
    """Whose side, and why (R-10.9)."""

    submit_label = "Cancel this day"

    side = forms.ChoiceField(
        label="Who could not make it?",
        choices=OutreachDay.CancelledBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who could not make it"},
    )
    reason = forms.CharField(
        label="Why can the day not happen?",
        max_length=250,
        widget=forms.Textarea,
        help_text="Do not name staff or describe anybody’s health.",
        error_messages={"required": "Enter why the day cannot happen"},
    )
