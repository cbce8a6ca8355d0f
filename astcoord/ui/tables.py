"""The base of every list: sort links, a hard cap on the page size, words for when there is nothing."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2.data import TableQuerysetData
from django_tables2.utils import OrderByTuple

from astcoord.core import wording
from astcoord.core.shown import all_shown_to
from astcoord.core.spreadsheet_cells import words_of
from astcoord.ui import status
from astcoord.ui.back import with_way_back
from astcoord.ui.charts import plain
from astcoord.ui.templatetags.govuk import day, nowrap, status_tag
from astcoord.ui.wording import lower_first

PAGE_SIZE = 25
PAGE_SIZES = (PAGE_SIZE, 50, 100)
LARGEST_PAGE = PAGE_SIZES[-1]
MOST_AT_ONCE = 1000
"""Rows on one page where somebody asks for all of them, on the screen or on paper; a file has no limit."""

TEXT_ORDER = ("A to Z", "Z to A")
NUMBER_ORDER = ("lowest first", "highest first")
DATE_ORDER = ("earliest first", "latest first")

NAMES = ("user__name", "author__name", "home__name", "host__name", "school__name")
"""Columns of names of people and schools: they sort by the name's key (R-17.8)."""

TICK = "row"
TICK_BOX = (
    '<span class="app-ticked"><label class="app-tick"><input type="checkbox" name="{}" value="{}" aria-label="Tick {}">'
    "</label><span>{}</span></span>"
)

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
    ticked = False
    """Whether each row has a box to tick; set by the list whose rows can be chosen (`ui.bulk`)."""

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
        for column in self.columns.iterall():
            if column.link:
                column.link = self._with_way_back(column.link)
        self.empty_text = own or f"There are no {self.nouns} here."

    def _with_way_back(self, link: Any) -> Callable[..., str]:
        """What a link opens leads back to the list as it was filtered (R-20.11)."""

        def linked(content: str, **kwargs: Any) -> str:
            attrs = link.get_attrs(**kwargs)
            if attrs["href"] is None:
                return content
            attrs["href"] = with_way_back(str(attrs["href"]), getattr(self, "request", None))
            return format_html("<a {}>{}</a>", attrs.as_html(), content)

        return linked

    def paginate(
        self,
        paginator_class: Any = Paginator,
        per_page: int | None = None,
        most: int = LARGEST_PAGE,
        **kwargs: Any,
    ) -> Any:
        """No request can ask for an endless page."""
        size = min(max(per_page or PAGE_SIZE, 1), most)
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
            yield heading, [self._cells(shown, row) for row in rows]

    def _cells(self, shown: list[tuple[str, str]], row: Any) -> list[tuple[str, str, Any]]:
        cells = [(label, css, cell) for (label, css), (_, cell) in zip(shown, row.items(), strict=True)]
        if self.ticked and cells:
            label, css, cell = cells[0]
            box = format_html(TICK_BOX, TICK, row.record.pk, words_of(cell), cell)
            cells[0] = label, css, box
        return cells

    @property
    def width(self) -> int:
        """How many columns are shown."""
        return sum(1 for _ in self.columns)

    @property
    def count_words(self) -> str:
        """1 request, 12 requests."""
        return f"{self.total:,} {wording.plural(self.total, self.noun, self.plural)}"

    @property
    def is_part(self) -> bool:
        """Whether there are more rows than this page shows."""
        return hasattr(self, "page") and bool(self.page.has_other_pages())

    @property
    def range_words(self) -> str:
        """26 to 50 of 203 requests; where all are on the page, how many there are."""
        if not self.is_part:
            return self.count_words
        return f"{self.page.start_index():,} to {self.page.end_index():,} of {self.count_words}"

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
