"""The base of every list: sort links, a hard cap on the page size, words for when there is nothing."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.utils.safestring import SafeString
from django_tables2.data import TableQuerysetData
from django_tables2.utils import OrderByTuple

from astcoord.core import wording
from astcoord.core.shown import all_shown_to
from astcoord.ui import status
from astcoord.ui.charts import plain
from astcoord.ui.templatetags.govuk import day, nowrap, status_tag
from astcoord.ui.wording import lower_first

PAGE_SIZE = 25
LARGEST_PAGE = 100

TEXT_ORDER = ("A to Z", "Z to A")
NUMBER_ORDER = ("lowest first", "highest first")
DATE_ORDER = ("earliest first", "latest first")

NAMES = ("user__name", "author__name", "home__name", "host__name", "school__name")
"""Columns of names of people and schools: they sort by the name's key (R-17.8)."""

NUMERIC = {"th": {"class": "govuk-table__header--numeric"}, "td": {"class": "govuk-table__cell--numeric"}}


class _Shown(TableQuerysetData):
    """Rows as whoever asks for the list may read them, on the page and in its file."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self._shown(self.data))

    def __getitem__(self, key: Any) -> Any:
        return self._shown(self.data[key]) if isinstance(key, slice) else self.data[key]

    def _shown(self, rows: Any) -> list[Any]:
        request = getattr(self.table, "request", None)
        return all_shown_to(request.user, rows) if request else list(rows)


class Table(tables.Table):
    """Subclasses name their rows: `noun = "request"`; `plural` where an "s" does not do."""

    noun = "result"
    plural = ""
    empty_text = ""
    caption = ""

    class Meta:
        template_name = "ui/table.html"
        per_page = PAGE_SIZE
        empty_text = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for column in getattr(cls, "base_columns", {}).values():
            if column.order_by is None and str(column.accessor or "").endswith(NAMES):
                column.order_by = OrderByTuple((f"{column.accessor}_key",))

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        own = type(self).empty_text
        super().__init__(_Shown(data) if TableQuerysetData.validate(data) else data, *args, **kwargs)
        self.empty_text = own or f"There are no {self.nouns} here."

    def paginate(self, paginator_class: Any = Paginator, per_page: int | None = None, **kwargs: Any) -> Any:
        """No request can ask for an endless page."""
        size = min(max(per_page or PAGE_SIZE, 1), LARGEST_PAGE)
        return super().paginate(paginator_class, size, **kwargs)

    @property
    def order_by(self) -> Any:
        """The columns by which the rows are sorted."""
        return self._order_by

    @order_by.setter
    def order_by(self, value: Any) -> None:
        """What names no column is left out before it is read as a path: an address may ask for anything."""
        wanted = value.split(",") if isinstance(value, str) else value or ()
        known = [alias for alias in wanted if alias.removeprefix("-") in self.columns]
        tables.Table.order_by.fset(self, known)

    @property
    def nouns(self) -> str:
        """The noun in the plural."""
        return wording.plural(2, self.noun, self.plural)

    @property
    def total(self) -> int:
        """All rows on all pages."""
        return int(self.paginator.count) if hasattr(self, "paginator") else len(self.rows)

    def heading_of(self, record: Any) -> str:
        """Under which heading a row stands, where a list has headings: rows of one heading follow each other."""
        return ""

    @property
    def sections(self) -> Iterator[tuple[str, list[list[tuple[str, str, Any]]]]]:
        """The rows of this page under their headings, each cell with its column's header and class."""
        shown = [(str(column.header), column.attrs.get("td", {}).get("class", "")) for column in self.columns]
        for heading, rows in groupby(self.paginated_rows, key=lambda row: self.heading_of(row.record)):
            yield heading, [_cells(shown, row) for row in rows]

    @property
    def width(self) -> int:
        """How many columns are shown."""
        return sum(1 for _ in self.columns)

    @property
    def count_words(self) -> str:
        """1 request, 12 requests."""
        return f"{self.total:,} {wording.plural(self.total, self.noun, self.plural)}"

    @property
    def sort_words(self) -> str:
        """How the rows are sorted now, as in "sorted by school, Z to A"; empty if by nothing one can see."""
        if self.total < 2:
            return ""
        for column in self.columns:
            if column.is_ordered:
                falling = column.order_by_alias.is_descending
                words = getattr(column.column, "sort_words", TEXT_ORDER)
                return f"sorted by {lower_first(str(column.header))}, {words[falling]}"
        return ""


def _cells(shown: list[tuple[str, str]], row: Any) -> list[tuple[str, str, Any]]:
    return [(label, css, cell) for (label, css), (_, cell) in zip(shown, row.items(), strict=True)]


class NumberColumn(tables.Column):
    """Numbers on the right, without idle noughts."""

    sort_words = NUMBER_ORDER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", NUMERIC)
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        return plain(value)

    def value(self, value: Any) -> Any:
        return value


class DateColumn(tables.Column):
    """3 May 2027, on one line; ISO in exports."""

    sort_words = DATE_ORDER

    def render(self, value: Any) -> SafeString | str:
        return day(value)

    def value(self, value: Any) -> str:
        return value.isoformat() if value else ""


class ReferenceColumn(tables.Column):
    """A reference on one line, usually `linkify=True`. References are given in the order of time."""

    sort_words = ("oldest first", "newest first")

    def render(self, value: Any) -> SafeString:
        return nowrap(value)

    def value(self, value: Any) -> str:
        return str(value)


class LinkColumn(tables.Column):
    """Links to `record.get_absolute_url()` unless told otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("linkify", True)
        super().__init__(*args, **kwargs)


class StatusColumn(tables.Column):
    """The record's status as a tag; its words in exports."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("accessor", "status")
        kwargs.setdefault("verbose_name", "Status")
        super().__init__(*args, **kwargs)

    def render(self, record: Any) -> SafeString:
        return status_tag(record)

    def value(self, record: Any) -> str:
        return status.words(record)
