"""A list page: filters above the rows, sort links, pages, ticks, saved views, and all rows as a file or on paper."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from astcoord.core.access import Request
from astcoord.core.wording import date_words, listed, time_words
from astcoord.ui import navigation, saved
from astcoord.ui.bulk import ALL, NOT_FILTERS, BulkAction
from astcoord.ui.export import csv_response
from astcoord.ui.tables import MOST_AT_ONCE, PAGE_SIZE, PAGE_SIZES, Table

PER_PAGE = "per_page"


class FilteredList(SingleTableMixin, FilterView):
    """Set `table_class`, `filterset_class`, `title` and `csv_name`; give the rows in `get_queryset`.

    With no more rows than `few`, and nothing chosen, the filters are left out: a list of three needs none. Not for
    lists that begin with something chosen. `bulk` is what can be done with rows that are ticked.
    """

    template_name = "ui/list.html"
    results_template = "ui/results.html"
    print_template = "ui/print.html"
    paginate_by = None  # the table pages; a second paginator would count twice
    table_pagination = {"per_page": PAGE_SIZE}
    strict = False
    title = ""
    caption = ""
    csv_name = ""
    few = 0
    bulk: ClassVar[Sequence[BulkAction]] = ()
    request: Request

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, only its results for htmx, all its rows for paper, or with `?export=csv` all of them as a file."""
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        if self.csv_name and request.GET.get("export") == "csv":
            table = self.get_table(**self.get_table_kwargs())
            lines, told = table.as_values(), self._told(table)
            return csv_response(self.csv_name, next(lines), lines, by=request.user, filters=self._chosen(), told=told)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def _chosen(self) -> dict[str, list[str]]:
        """What the filters were set to, in the words of the chips."""
        chosen: dict[str, list[str]] = {}
        for chip in getattr(self.filterset, "chips", []):
            chosen.setdefault(chip.label, []).append(chip.value)
        return chosen

    def _told(self, table: Table) -> list[str]:
        """What paper and files say of their rows: how many, chosen how, when, by whom."""
        said = [f"{label}: {listed(values, 'or')}" for label, values in getattr(self.filterset, "said", {}).items()]
        now = timezone.localtime()
        by = f", {self.request.user.name}" if self.request.user.pk else ""
        return [
            f"{self.title}: {table.count_words}",
            f"Chosen by {'; '.join(said)}" if said else f"All {table.nouns}: no filter was chosen",
            f"{date_words(now)}, {time_words(now)}{by}",
        ]

    @property
    def is_printed(self) -> bool:
        """Whether all rows are asked for, to be put on paper."""
        return self.request.GET.get("print") == ALL

    def get_table_pagination(self, table: Any) -> Any:
        """All rows where somebody asks for all, as far as one page can hold them: the page says where it cannot."""
        if self.is_printed or self.request.GET.get(PER_PAGE) == ALL:
            return {"per_page": MOST_AT_ONCE, "most": MOST_AT_ONCE}
        return super().get_table_pagination(table)

    def get_template_names(self) -> list[str]:
        htmx: Any = getattr(self.request, "htmx", None)
        if htmx and not htmx.boosted:
            return [self.results_template]
        return [self.print_template if self.is_printed else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        table: Table = context["table"]
        filters_shown = table.total > self.few or bool(self._chosen())
        actions = [] if self.is_printed else [each for each in self.bulk if self.request.user.has_role(*each.roles)]
        table.ticked = bool(actions)
        own = {
            "title": self.title,
            "caption": self.caption,
            "export_url": self._url(export="csv") if self.csv_name else "",
            "back_url": self._url(print=None),
            "print_url": self._url(print=ALL, per_page=None) if table.total > 1 else "",
            "sizes": self._sizes(table),
            "most_at_once": MOST_AT_ONCE,
            "told": self._told(table),
            "filters_shown": filters_shown,
            "results_template": self.results_template,
            "elsewhere": self.filterset.elsewhere(table.total) if self.filterset else None,
            "beside": navigation.beside(self.request),
            "bulk": actions,
            "filter_values": self._filter_values() if actions else [],
            "views": saved.shown(self.request, self.filterset),
        }
        return {**own, **context}

    def _url(self, **changes: str | None) -> str:
        """This page's address with other values; None leaves one out. The first page of what is then shown."""
        query = self.request.GET.copy()
        for name, value in {"page": None, **changes}.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"

    def _sizes(self, table: Table) -> list[tuple[str, str, bool]]:
        """How many rows a page may have, where there is a choice: words, address, whether it is so now."""
        if self.is_printed or table.total <= PAGE_SIZE:
            return []
        now = table.paginator.per_page
        offered = [size for size in PAGE_SIZES if size < table.total]
        sizes = [(str(size), self._url(per_page=str(size)), size == now) for size in offered]
        return [*sizes, ("All", self._url(per_page=ALL), now >= min(table.total, MOST_AT_ONCE))]

    def _filter_values(self) -> list[tuple[str, str]]:
        """The filters as they go along with what is ticked, so that "all" means what is shown here."""
        data = self.request.GET
        return [(name, value) for name in data for value in data.getlist(name) if name not in NOT_FILTERS]
