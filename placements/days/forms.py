"""What the browser sends about outreach days and their parts (R-10.1, R-6.3)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from astcoord.core.wording import date_words, days_words, number
from astcoord.core.words import say, say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm, RowsField
from placements.days.models import DayPart, OutreachDay
from placements.days.rules.parts import LONGEST, Part, span
from placements.placement.models import Placement
from staff.expertise.vocabulary import Weekday

SHARES = [("1", "Whole day"), ("0.5", "Half a day")]
QUARTERS = [("0.25", "A quarter of a day"), ("0.75", "Three quarters of a day")]


def share_of(days: Decimal) -> str:
    """The choice that stands for a number of days: Decimal("0.50") → "0.5"."""
    return number(days)


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

    drawn = {"days": {"inline": True}}
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

    edits = True
    submit_label = "Save changes"


class SeriesForm(GovForm):
    """The same weekday, week after week."""

    drawn = {"days": {"inline": True}}
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

    drawn = {"reason": {"rows": 3}}
    submit_label = "Cancel this day"
    submit_tone = "warning"

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


class ConfirmDaysForm(GovForm):
    """Days that wait for the school's yes: all are ticked, and any may be left for later (R-18.6)."""

    submit_label = "Confirm the ticked days"

    days = RowsField(
        queryset=OutreachDay.objects.none(),
        label="Days to confirm",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": say_later("Select the days on which you expect the AST"),
            "invalid_choice": "One of these days has been moved, cancelled or confirmed meanwhile. Look again.",
        },
    )

    def __init__(self, *args: Any, waiting: QuerySet[OutreachDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["days"]
        field.queryset = waiting
        field.label_from_instance = self._words
        self.initial["days"] = [day.pk for day in waiting]

    def _words(self, day: OutreachDay) -> str:
        where = "" if day.venue == OutreachDay.Venue.HOST else say(", at the AST’s own school")
        length = "whole day" if day.days == 1 else days_words(day.days)
        return f"{day.on:%A} {date_words(day.on)}, {day.placement.post.user.name}, {length}{where}"


ROWS = range(1, 9)
"""Parts that a day has at most."""

Kinds = DayPart.Kind
NOTHING = ("", "Nothing more")


def _key(value: str) -> int:
    return int(value)


class PartsForm(GovForm):
    """Eight rows; a row without minutes is left out. The rows below the parts that there are stand empty."""

    submit_label = "Save the plan"

    seen = forms.IntegerField(min_value=0, max_value=32767, widget=forms.HiddenInput)
    for_others = forms.BooleanField(required=False)

    def __init__(self, *args: Any, day: OutreachDay, start: Sequence[Part], others: int, **kwargs: Any) -> None:
        """`start` fills the rows at first; `others` days to come have no plan yet."""
        kwargs["initial"] = {"seen": day.parts_version, **_from_parts(start)}
        super().__init__(*args, **kwargs)
        people = [(person.pk, person.name) for person in day.placement.supported.taking_part(day.on)]
        for row in ROWS:
            self._add(row, people)
        self.order_fields([*(name for row in ROWS for name in self._names(row)), "for_others", "seen"])
        if others:
            days = "other day that has" if others == 1 else f"{others} other days that have"
            self.fields["for_others"].label = f"Use this plan for the {days} none yet, model lessons as other work"
        else:
            del self.fields["for_others"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for row in ROWS:
            kind, minutes = data.get(f"kind_{row}"), data.get(f"minutes_{row}")
            if minutes and kind == "":
                self.add_error(f"kind_{row}", f"Select what the {span(minutes)} of part {row} are for")
            if kind == DayPart.Kind.MODEL_LESSON and not minutes and f"minutes_{row}" not in self.errors:
                self.add_error(f"minutes_{row}", "Enter how many minutes the model lesson takes")
        return data

    def parts(self) -> list[Part]:
        """The rows that have minutes, in order, for the action."""
        data = self.cleaned_data
        return [
            Part(
                kind=data[f"kind_{row}"],
                minutes=data[f"minutes_{row}"],
                taught=data[f"taught_{row}"],
                watchers=tuple(data[f"watchers_{row}"]),
                other_watcher=data[f"other_{row}"],
                row=row,
            )
            for row in ROWS
            if data[f"minutes_{row}"]
        ]

    @property
    def rows(self) -> list[list[Any]]:
        """The bound fields, row by row, for the page."""
        return [[self[name] for name in self._names(row)] for row in ROWS]

    def _names(self, row: int) -> list[str]:
        return [f"{name}_{row}" for name in ("kind", "minutes", "taught", "watchers", "other")]

    def _add(self, row: int, people: list[tuple[int, str]]) -> None:
        kind, minutes, taught, watchers, other = self._names(row)
        self.fields[kind] = forms.ChoiceField(label=f"Part {row}", choices=[NOTHING, *Kinds.choices], required=False)
        self.fields[minutes] = forms.IntegerField(
            label=f"Minutes of part {row}", min_value=0, max_value=LONGEST, required=False
        )
        self.fields[taught] = forms.CharField(
            label="Class or group", max_length=60, required=False, help_text="For example, Year 4. Do not name staff."
        )
        self.fields[watchers] = forms.TypedMultipleChoiceField(
            label="Who watches?", choices=people, coerce=_key, widget=forms.CheckboxSelectMultiple, required=False
        )
        self.fields[other] = forms.CharField(
            label="Another member of staff who watches, by role",
            max_length=100,
            required=False,
            help_text="For example, the Year 4 teaching assistant.",
        )


def _from_parts(parts: Sequence[Part]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row, part in enumerate(parts, 1):
        found |= {f"kind_{row}": part.kind, f"minutes_{row}": part.minutes, f"taught_{row}": part.taught}
        found |= {f"watchers_{row}": part.watchers, f"other_{row}": part.other_watcher}
    return found
