"""`{% load govuk %}`: the design system in templates. What each tag takes is shown on the gallery page."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template.base import NodeList, Parser, Token
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from astcoord.core import unreachable
from astcoord.core.emails import blocks
from astcoord.core.templatetags.documents import counted, days
from astcoord.core.wording import date_words, dialled, number, time_words
from astcoord.ui import about as abouts
from astcoord.ui import back, chain, charts, components, pagination, status
from astcoord.ui import fields as ui
from astcoord.ui.wording import lower_first

register = template.Library()
register.filter("dialled", dialled)

NO_VALUE = "Not given"
TASK_TAGS = {
    "completed": "",
    "in progress": "light-blue",
    "not started": "blue",
    "cannot start yet": "cannot-start",
    "not required": "grey",
}


@register.simple_tag
def component(name: str, params: Mapping[str, Any] | None = None, /, **extra: Any) -> SafeString:
    """`{% component "button" text="Save" %}`: any component, parameters by keyword or as a dict."""
    return components.render(name, {**(params or {}), **extra})


@register.simple_tag(takes_context=True)
def back_link(context: Any, href: str, text: str = "Back") -> SafeString:
    """The way back: to the list as it was filtered where one came from one (R-20.11), else to `href`."""
    request = context.get("request")
    came_from = back.came_from(request) if request else ""
    if came_from and came_from.partition("?")[0] != href:
        text = "Back to the list"
    return components.render("back-link", {"href": came_from or href, "text": text})


@register.simple_tag
def field(bound: forms.BoundField, options: Mapping[str, Any] | None = None, **extra: Any) -> SafeString:
    """`{% field form.name legend_size="m" %}`: options as in `astcoord.ui.fields.Options`."""
    return ui.render(bound, **{**(options or {}), **extra})


@register.simple_tag
def comes_back(*emails: str) -> SafeString:
    """What to know before one writes to these addresses: that e-mail to one of them comes back. One query."""
    found = unreachable.told_of(emails)
    lines = [f"E-mail to {email} comes back since {unreachable.since(row)}." for email, row in found.items()]
    return mark_safe("".join(components.render("inset-text", {"text": line}) for line in lines))


@register.simple_tag
def fields(form: forms.BaseForm, **options: Any) -> SafeString:
    """Every field of a form, those under a choice excepted: they are drawn inside it."""
    inside = {name for choices in getattr(form, "conditional", {}).values() for name in choices.values()}
    return mark_safe("".join(ui.render(bound, **options) for bound in form if bound.name not in inside))


@register.simple_tag
def error_summary(*forms_or_sets: Any) -> SafeString | str:
    """All errors of one or more forms or formsets, each linked to its box; nothing when there are none."""
    items: list[dict[str, Any]] = []
    for each in forms_or_sets:
        items += _errors_of(each)
    if not items:
        return ""
    return components.render("error-summary", {"titleText": "There is a problem", "errorList": items})


def _errors_of(form: Any) -> list[dict[str, Any]]:
    if not getattr(form, "is_bound", False):
        return []
    if isinstance(form, forms.BaseFormSet):
        found = [{"text": text, "href": "#main-content"} for text in form.non_form_errors()]
        return found + [item for inner in form for item in ui.error_items(inner)]
    return ui.error_items(form)


@register.filter
def error_prefix(form: Any) -> str:
    """ "Error: " for the page title when the form was sent and is wrong."""
    return "Error: " if _errors_of(form) else ""


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """`{% tag "Overdue" "red" %}`."""
    return _tag(str(text), colour)


@lru_cache(maxsize=512, typed=True)  # typed: trusted HTML and the same characters as plain text are not the same
def _tag(text: str, colour: str) -> SafeString:
    """Lists say the same few words again and again."""
    return components.render("tag", {"text": text, "classes": f"govuk-tag--{colour}" if colour else ""})


@register.simple_tag
def status_tag(obj: Any) -> SafeString:
    """The state of `obj` in words and in the colour of its meaning."""
    return tag(status.words(obj), status.colour(obj))


@register.simple_tag(takes_context=True)
def page_links(context: Any, page: "Page[Any]", param: str = "page") -> SafeString | str:
    """Links to the other pages, the query string kept; nothing for a single page."""
    if page.paginator.num_pages < 2:
        return ""
    return components.render("pagination", pagination.params(page, context["request"].GET, param))


@register.simple_tag
def summary_list(rows: Iterable[Any], card: str = "", no_border: bool = False) -> SafeString:
    """Rows `(key, value)` or `(key, value, change_url)`; a falsy url gives no link."""
    params: dict[str, Any] = {"rows": [_summary_row(*row) for row in rows]}
    if card:
        params["card"] = {"title": {"text": card}}
    if no_border:
        params["classes"] = "govuk-summary-list--no-border"
    return components.render("summary-list", params)


def _summary_row(key: Any, value: Any, change_url: str = "") -> dict[str, Any]:
    row: dict[str, Any] = {"key": {"text": str(key)}, "value": _value(value)}
    if change_url:
        change = {"href": change_url, "text": "Change", "visuallyHiddenText": lower_first(str(key))}
        row["actions"] = {"items": [change]}
    return row


def _value(value: Any) -> dict[str, Any]:
    if value is None or value in ("", (), []):
        return {"text": NO_VALUE}
    if isinstance(value, bool):
        return {"text": "Yes" if value else "No"}
    if isinstance(value, datetime):
        return {"text": moment(value)}
    if isinstance(value, date):
        return {"text": day(value)}
    if isinstance(value, list | tuple):
        return {"text": ", ".join(str(each) for each in value)}
    return {"html": value} if isinstance(value, SafeString) else {"text": str(value)}


@register.simple_tag
def figure_rows(rows: Iterable[tuple[str, Any, Iterable[Any]]], words: int = 1) -> SafeString:
    """Rows `(link or "", label, cells)` of a table of figures, in which `words` columns hold words.

    In Python and without a class for each cell: a page may show a hundred of them.
    """
    made = []
    for link, label, cells in rows:
        head = f'<a href="{escape(link)}">{escape(label)}</a>' if link else escape(label)
        told = (
            f"<td{' class=app-words' if place < words else ''}>{escape(cell)}</td>"
            for place, cell in enumerate(cells, 1)
        )
        made.append(f'<tr><th scope="row">{head}</th>{"".join(told)}</tr>')
    return mark_safe("".join(made))


@register.simple_tag
def task_list(items: Iterable[Any], prefix: str = "task") -> SafeString:
    """Items `(title, url or None, status[, hint])`; "red:Overdue" colours a status."""
    return components.render("task-list", {"idPrefix": prefix, "items": [_task(*item) for item in items]})


def _task(title: Any, url: str | None, state: str, hint: str = "") -> dict[str, Any]:
    colour, _, words = state.rpartition(":")
    colour = colour or TASK_TAGS.get(words.lower(), "blue")
    item: dict[str, Any] = {"title": {"text": str(title)}}
    if colour == "cannot-start":
        item["status"] = {"text": words, "classes": "govuk-task-list__status--cannot-start-yet"}
    elif words.lower() == "completed":
        item["status"] = {"text": words}
    else:
        item["status"] = {"tag": {"text": words, "classes": f"govuk-tag--{colour}"}}
    if url and colour != "cannot-start":
        item["href"] = str(url)
    if hint:
        item["hint"] = {"text": hint}
    return item


@register.inclusion_tag("ui/text.html")
def written(text: str) -> dict[str, Any]:
    """What somebody wrote, as plain text: paragraphs, lists of lines that begin with a hyphen, and links."""
    return {"blocks": blocks(text)}


@register.inclusion_tag("ui/about.html", takes_context=True)
def about(context: Any, thing: Any, without: str = "") -> dict[str, Any]:
    """What a page about `thing` is one click from, for whoever looks: not the page itself; see `ui.about`."""
    request = context["request"]
    lines = [*abouts.lines_of(thing, request.user, without=without), *abouts.office_of(context["authority"])]
    return {"lines": [line for line in lines if line.url != request.path]}


@register.inclusion_tag("ui/timeline.html")
def timeline(events: Iterable[Any], level: int = 3) -> dict[str, Any]:
    """What happened, newest first as given; see `astcoord.ui.charts.Event`."""
    return {"events": [charts.Event.of(event) for event in events], "level": level}


@register.inclusion_tag("ui/charts/strip.html")
def strip_chart(strip: charts.Strip) -> dict[str, Any]:
    """A year as a strip of half-terms, with its table."""
    return {"strip": strip, "drawn": charts.draw_strip(strip)}


@register.inclusion_tag("ui/charts/bars.html")
def bar_chart(title: str, rows: Iterable[Any], unit: str = "") -> dict[str, Any]:
    """Rows `(label, number)`."""
    rows = list(rows)
    return {"title": title, "unit": unit, "drawn": charts.draw_bars(title, rows), "rows": rows}


@register.inclusion_tag("ui/charts/change.html")
def change_chart(title: str, rows: Iterable[Any], unit: str = "%") -> dict[str, Any]:
    """Rows `(label, before, after)`; the difference is in the table."""
    rows = list(rows)
    return {"title": title, "unit": unit, "drawn": charts.draw_changes(title, rows)}


@register.inclusion_tag("ui/charts/map.html")
def map_chart(title: str, points: Iterable[charts.Point]) -> dict[str, Any]:
    """Points by easting and northing; those without are only in the table."""
    points = list(points)
    return {"title": title, "points": points, "drawn": charts.draw_map(title, points)}


@register.inclusion_tag("ui/charts/chain.html")
def chain_chart(title: str, links: Iterable[chain.Link]) -> dict[str, Any]:
    """Steps that lead to each other; the page has them as a table, too."""
    return {"title": title, "drawn": chain.draw(list(links))}


@register.filter
def nowrap(value: Any) -> SafeString:
    """A reference or a date that stays on one line."""
    return format_html('<span class="app-nowrap">{}</span>', value)


@register.filter
def day(value: date | None) -> SafeString | str:
    """3 May 2027, on one line."""
    return nowrap(date_words(value)) if value else ""


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """3 May 2027, 2:15pm, in local time."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return format_html("{} {}", nowrap(f"{date_words(local)},"), nowrap(time_words(local)))


register.filter(counted)
register.filter(days)
register.filter(number)


class WrapNode(template.Node):
    """Puts an element round its content, if there is any."""

    def __init__(self, nodelist: NodeList, element: str, classes: str) -> None:
        self.nodelist = nodelist
        self.element = element
        self.classes = classes

    def render(self, context: Any) -> str:
        inner = self.nodelist.render(context).strip()
        if not inner:
            return ""
        return f'<{self.element} class="{self.classes}">{inner}</{self.element}>'


@register.tag
def wrap(parser: Parser, token: Token) -> WrapNode:
    """`{% wrap "h1" "govuk-heading-l" %}…{% endwrap %}`: nothing at all when the content is empty."""
    _, element, classes = (bit.strip("\"'") for bit in token.split_contents())
    nodelist = parser.parse(("endwrap",))
    parser.delete_first_token()
    return WrapNode(nodelist, element, classes)
