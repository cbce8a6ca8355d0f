"""Page links for the GOV.UK component."""

from typing import Any

from django.core.paginator import Page
from django.http import QueryDict


def params(page: "Page[Any]", query: QueryDict, name: str = "page") -> dict[str, Any]:
    """The component's parameters: first, last and neighbours, with the query string kept."""

    def href(number: int) -> str:
        changed = query.copy()
        changed[name] = str(number)
        return f"?{changed.urlencode()}"

    items: list[dict[str, Any]] = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            items.append({"number": str(number), "href": href(number), "current": number == page.number})
        else:
            items.append({"ellipsis": True})
    result: dict[str, Any] = {"items": items}
    if page.has_previous():
        result["previous"] = {"href": href(page.previous_page_number())}
    if page.has_next():
        result["next"] = {"href": href(page.next_page_number())}
    return result
