"""The base of every filter: what is chosen shows as chips, each with a link that removes it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict

from astcoord.core import week
from astcoord.core.clock import today
from astcoord.core.finding import found_by
from astcoord.core.wording import date_words
from astcoord.ui.dates import PARTS, DateInputField
from astcoord.ui.forms import GovForm

PAGING = ("page", "export", "print", "view")
"""What of an address is no longer true once the rows are others. How many stand on a page is."""
BOXES = forms.CheckboxSelectMultiple


@dataclass(frozen=True)
class Chip:
    """One chosen value and the query string without it."""

    label: str
    value: str
    remove_url: str
    text: str


def _chip_text(field: forms.Field, label: str, words: str) -> str:
    """What a chip shows: a choice speaks for itself, a ticked box by its label, the rest needs both."""
    if isinstance(field.widget, forms.CheckboxInput):
        return label
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) and not isinstance(field, forms.NullBooleanField):
        return words
    return f"{label}: {words}"


class FilterForm(GovForm):
    """Nothing in a filter is required, so nothing is called optional."""


class DateFilter(django_filters.Filter):
    """A date in three boxes."""

    field_class = DateInputField


class DueFilter(django_filters.ChoiceFilter):
    """Of what waits: overdue, due today, or later this week, as the first page counts it (R-20.2).

    `later` says when a row of the column's day is due; `of` keeps the rows that wait.
    """

    def __init__(self, column: str, *, of: str = "", later: week.Later = week.on_the_day, **kwargs: Any) -> None:
        self.column, self.of, self.later = column, of, later
        super().__init__(choices=week.WHEN, label="Due", empty_label="Any time", **kwargs)

    def filter(self, qs: Any, value: str) -> Any:
        waiting = getattr(qs, self.of)() if self.of else qs
        return week.due_within(waiting, self.column, value, today(), self.later) if value else qs


class SearchFilter(django_filters.CharFilter):
    """`SearchFilter("user__name_key", "email")`: every word that was typed must be in one of the columns.

    Of a name it is the start of a word, however that is written (R-17.8). Of a text that may name somebody supported
    it is what the reader may read. `also` finds rows by a word in other ways, such as their number.
    """

    def __init__(self, *columns: str, also: Callable[[str], Q] | None = None, **kwargs: Any) -> None:
        self.columns, self.also = columns, also
        super().__init__(**kwargs)

    def filter(self, qs: Any, value: str) -> Any:
        request = getattr(self.parent, "request", None)
        return found_by(qs, getattr(request, "user", None), value or "", self.columns, self.also)


@dataclass(frozen=True)
class Elsewhere:
    """How many more rows the words find in states that the list does not show now, and the list that shows them."""

    count: int
    url: str


class FilterSet(django_filters.FilterSet):
    """Base of the filters: those that a class declares. A value that makes no sense is shown and filters nothing.

    Words that are typed into the `searched` filter are looked for in the states chosen; `states` names the filters that
    choose them, each with the value that means all ("" for no choice). `unless_chosen`: the words of a filter by whose
    name rows are left out while nothing is chosen there.
    """

    searched: ClassVar[str] = ""
    states: ClassVar[Mapping[str, str]] = {}
    unless_chosen: ClassVar[Mapping[str, str]] = {}

    class Meta:
        form = FilterForm
        fields: Sequence[str] = ()

    def get_form_class(self) -> type[FilterForm]:
        fields = {name: filter_.field for name, filter_ in self.filters.items()}
        return type(f"{type(self).__name__}Form", (FilterForm,), fields)

    def filter_queryset(self, queryset: Any) -> Any:
        self.form.is_valid()
        for name, value in self.form.cleaned_data.items():
            if name in self.filters and not self._says_nothing(name, value):
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def chips(self) -> list[Chip]:
        """What is chosen, in the order of the form."""
        if not self.is_bound:
            return []
        self.form.is_valid()
        return [chip for name in self.form.fields for chip in self._chips_of(name)]

    @property
    def said(self) -> dict[str, list[str]]:
        """What is chosen, also without being asked for: each filter's label, and its values in words.

        For paper and files, which are read without the page.
        """
        if self.is_bound:
            self.form.is_valid()
        said: dict[str, list[str]] = {}
        for name in self.form.fields:
            chips = list(self._chips_of(name)) if self.is_bound else []
            for chip in chips:
                said.setdefault(chip.label, []).append(chip.value)
            if not chips and name in self.unless_chosen:
                said[str(self.form[name].label)] = [self.unless_chosen[name]]
        return said

    @property
    def search_field(self) -> Any:
        """The box for words, which stands open above the rows; None where the first filter is no such box."""
        first = next(iter(self.form), None)
        return first if first is not None and isinstance(first.field.widget, forms.TextInput) else None

    @property
    def folded_fields(self) -> list[Any]:
        """The other filters."""
        return [bound for bound in self.form if bound is not self.search_field and not bound.is_hidden]

    @property
    def errors_below(self) -> bool:
        """Whether one of those that are folded away is wrong, so that they must stand open."""
        return self.is_bound and any(bound.errors for bound in self.folded_fields)

    def _chips_of(self, name: str) -> Iterator[Chip]:
        value = getattr(self.form, "cleaned_data", {}).get(name)
        if self._says_nothing(name, value):
            return
        bound = self.form[name]
        several = isinstance(value, list | tuple) or hasattr(value, "iterator")
        for each in value if several else [value]:  # type: ignore[union-attr]
            raw = str(getattr(each, "pk", each)) if several else None
            label, words = str(bound.label), self._words(bound.field, each)
            yield Chip(label, words, self._without(name, raw), _chip_text(bound.field, label, words))

    def _says_nothing(self, name: str, value: Any) -> bool:
        """Empty, or a box that is not ticked: browsers do not send those, so it cannot mean "no"."""
        if value is False:
            return isinstance(self.form.fields[name].widget, forms.CheckboxInput)
        return value is None or (hasattr(value, "__len__") and len(value) == 0)

    @staticmethod
    def _words(field: Any, value: Any) -> str:
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            return date_words(value)
        if hasattr(field, "label_from_instance") and hasattr(value, "pk"):
            return str(field.label_from_instance(value))
        for code, text in getattr(field, "choices", ()) if not hasattr(field, "queryset") else ():
            if str(code) == str(value):
                return str(text)
        return str(value)

    def _without(self, name: str, raw: str | None) -> str:
        query: QueryDict = self.data.copy()
        for key in (*PAGING, *(f"{name}_{part}" for part in PARTS)):
            query.pop(key, None)
        kept = [v for v in query.getlist(name) if raw is not None and v != raw]
        query.setlist(name, kept)
        return f"?{query.urlencode()}"

    def elsewhere(self, shown: int) -> Elsewhere | None:
        """What the words find in other states, beside the `shown` rows; one query, none without words (R-20.1)."""
        if not self.data.get(self.searched) or not self.states.keys() & self.filters.keys():
            return None
        query = self.data.copy()
        for key in (*PAGING, *self.states):
            query.pop(key, None)
        query.update({name: value for name, value in self.states.items() if value and name in self.filters})
        everywhere = type(self)(query, queryset=self.queryset, request=self.request).qs
        count = everywhere.order_by().count() - shown
        return Elsewhere(count, f"?{query.urlencode()}") if count > 0 else None

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The order and the size of the pages that were asked for, so that filtering keeps them."""
        if not hasattr(self.data, "getlist"):
            return []
        return [(name, value) for name in ("sort", "per_page") for value in self.data.getlist(name)]


class NoFilter(FilterSet):
    """For a list in which there is nothing to choose."""
