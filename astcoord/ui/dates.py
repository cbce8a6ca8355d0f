"""A date asked in three boxes, as people write it."""

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from astcoord.core.wording import date_words, listed
from astcoord.ui.wording import noun_of

PARTS = ("day", "month", "year")
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
EARLIEST_YEAR = 1900
LATEST_YEAR = 2199


class DateInput(forms.MultiWidget):
    """Day, month and year; the month may be a name. An ISO date under the plain name is understood too."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(dict.fromkeys(PARTS, forms.TextInput), attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str):
            return self._from_iso(value)
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Any]:
        if name in data and f"{name}_day" not in data:
            return self._from_iso(str(data[name]))
        return super().value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and super().value_omitted_from_data(data, files, name)

    @staticmethod
    def _from_iso(text: str) -> list[Any]:
        try:
            day = date.fromisoformat(text.strip())
        except ValueError:
            return [text, "", ""] if text.strip() else ["", "", ""]
        return [day.day, day.month, day.year]


class DateInputField(forms.Field):
    """A real date between `earliest` and `latest`; every error says what to do and points at its box."""

    widget = DateInput

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        self.earliest = earliest
        self.latest = latest
        kwargs.pop("input_formats", None)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        """A list of three texts as a date; None when empty and not required."""
        if isinstance(value, date):
            return value
        texts = [str(part).strip() if part is not None else "" for part in (value or ["", "", ""])]
        if not any(texts):
            if self.required:
                raise self._error(str(self.error_messages["required"]), "required", (0,))
            return None
        missing = [index for index, text in enumerate(texts) if not text]
        if missing:
            names = listed(PARTS[index] for index in missing)
            raise self._error(f"{self._subject} must include a {names}", "incomplete", tuple(missing))
        result = self._real_date(*texts)
        self._check_range(result)
        self.run_validators(result)
        return result

    def _real_date(self, day: str, month: str, year: str) -> date:
        if year.isdecimal() and len(year) != 4:
            raise self._error(f"{self._subject}: year must include 4 numbers", "invalid", (2,))
        try:
            number = MONTHS.get(month.lower().rstrip("."), 0) or int(month)
            result = date(int(year), number, int(day))
        except (ValueError, OverflowError):
            raise self._error(f"{self._subject} must be a real date", "invalid", (0, 1, 2)) from None
        if not EARLIEST_YEAR <= result.year <= LATEST_YEAR:
            raise self._error(f"{self._subject} must be a real date", "invalid", (2,))
        return result

    def _check_range(self, value: date) -> None:
        if self.earliest and value < self.earliest:
            words = f"{self._subject} must be the same as or after {date_words(self.earliest)}"
            raise self._error(words, "too_early", (0, 1, 2))
        if self.latest and value > self.latest:
            words = f"{self._subject} must be the same as or before {date_words(self.latest)}"
            raise self._error(words, "too_late", (0, 1, 2))

    @property
    def _subject(self) -> str:
        label = str(self.label or "Date")
        if "?" not in label:
            return label
        noun = noun_of(label)
        return "Date" if noun.startswith("an answer") else noun[:1].upper() + noun[1:]

    @staticmethod
    def _error(message: str, code: str, parts: tuple[int, ...]) -> ValidationError:
        return ValidationError(message.replace("%", "%%"), code=code, params={"parts": parts})

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != (initial or None)
        except ValidationError:
            return True
