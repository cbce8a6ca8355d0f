"""A list page: filters beside results, sort links, pages, and the same rows as a file."""

from typing import Any

from django.http import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from astcoord.core.access import Request
from astcoord.ui import navigation
from astcoord.ui.export import csv_response
from astcoord.ui.tables import PAGE_SIZE


class FilteredList(SingleTableMixin, FilterView):
    """Set `table_class`, `filterset_class`, `title` and `csv_name`; give the rows in `get_queryset`.

    With no more rows than `few`, and nothing chosen, the filters are left out: a list of three needs none. Not for
    lists that begin with something chosen.
    """

    template_name = "ui/list.html"
    results_template = "ui/results.html"
    paginate_by = None  # the table pages; a second paginator would count twice
    table_pagination = {"per_page": PAGE_SIZE}
    strict = False
    title = ""
    caption = ""
    csv_name = ""
    few = 0
    request: Request

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, only its results for htmx, or with `?export=csv` exactly the filtered rows."""
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        if self.csv_name and request.GET.get("export") == "csv":
            lines = self.get_table(**self.get_table_kwargs()).as_values()
            return csv_response(self.csv_name, next(lines), lines, by=request.user, filters=self._chosen())
        patch_vary_headers(response, ["HX-Request"])
        return response

    def _chosen(self) -> dict[str, list[str]]:
        """What the filters were set to, in the words of the chips."""
        chosen: dict[str, list[str]] = {}
        for chip in getattr(self.filterset, "chips", []):
            chosen.setdefault(chip.label, []).append(chip.value)
        return chosen

    def get_template_names(self) -> list[str]:
        htmx: Any = getattr(self.request, "htmx", None)
        return [self.results_template] if htmx and not htmx.boosted else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        query = self.request.GET.copy()
        query["export"] = "csv"
        export_url = f"?{query.urlencode()}" if self.csv_name else ""
        filters_shown = context["table"].total > self.few or bool(self._chosen())
        own = {
            "title": self.title,
            "caption": self.caption,
            "export_url": export_url,
            "filters_shown": filters_shown,
            "results_template": self.results_template,
            "elsewhere": self.filterset.elsewhere(context["table"].total) if self.filterset else None,
            "beside": navigation.beside(self.request),
        }
        return {**own, **context}
