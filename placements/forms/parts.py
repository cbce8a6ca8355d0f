"""What the browser sends about the parts of a day: rows of a kind and its minutes, in order (R-10.1, R-6.3)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from astcoord.ui.forms import GovForm
from placements.models import DayPart, OutreachDay
from placements.rules.parts import LESSON, LONGEST, Part, span

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
            if kind == LESSON and not minutes and f"minutes_{row}" not in self.errors:
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
