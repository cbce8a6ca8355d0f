"""What the gallery page shows: made-up values for each component in each state."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django import forms
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from astcoord.ui import components
from astcoord.ui.charts import Block, Event, Point, Strip
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import AutocompleteSelect, DaysField, GovForm
from astcoord.ui.layout import Accordion, Field, Fieldset, FormHelper, Layout, Section, Submit
from astcoord.ui.tables import DateColumn, NumberColumn, ReferenceColumn, Table

SUBJECTS = [("", "---------"), ("ma", "Mathematics"), ("en", "English"), ("sc", "Science")]
PHASES = [("primary", "Primary"), ("secondary", "Secondary"), ("special", "Special")]
SCHOOLS = [("", ""), ("1", "Alder Vale Primary School"), ("2", "St Oswin’s Primary School")]
KINDS = [("lesson", "Lessons taught as a model"), ("planning", "Planning together"), ("other", "Something else")]


class GalleryForm(GovForm):
    """One field of each kind."""

    name = forms.CharField(label="School name", max_length=80)
    email = forms.EmailField(label="Email address", help_text="We will only use it for this request")
    teachers = forms.IntegerField(label="Number of teachers", min_value=1, max_value=200)
    days = DaysField(label="Days of support", most=Decimal(20))
    subject = forms.ChoiceField(label="Subject", choices=SUBJECTS)
    school = forms.ChoiceField(label="Base school", choices=SCHOOLS, widget=AutocompleteSelect(also={"2": ["Osgood"]}))
    kind = forms.ChoiceField(label="What kind of support do you need?", choices=KINDS, widget=forms.RadioSelect)
    kind_detail = forms.CharField(label="What else", required=False)
    phases = forms.MultipleChoiceField(
        label="Phases", choices=PHASES, widget=forms.CheckboxSelectMultiple, help_text="Select all that apply"
    )
    starts_on = DateInputField(label="Start date", help_text="For example, 27 3 2027")
    aims = forms.CharField(label="Aims", widget=forms.Textarea, max_length=500)
    notes = forms.CharField(label="Notes", widget=forms.Textarea, required=False)
    plan = forms.FileField(label="Improvement plan")
    agreed = forms.BooleanField(label="The governing body has agreed to this request")

    nouns = {"kind": "what kind of support you need"}
    hints = {"kind": {"lesson": "The teachers you support watch and discuss a lesson"}}
    conditional = {"kind": {"other": "kind_detail"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("The school", "name", "email", Field("teachers", suffix="teachers")),
            Field("days", classes="govuk-input--width-4", suffix="days"),
            "subject",
            "school",
            Field("kind", legend_size="m"),
            Field("phases", small=True),
            "starts_on",
            "aims",
            Accordion(
                f"{self.prefix}-parts", Section("More about the request", "notes", "plan", summary="Both optional")
            ),
            "agreed",
            Submit("save", "Continue"),
            Submit("draft", "Save as a draft", tone="secondary"),
        )


@dataclass
class Row:
    reference: str
    school: str
    starts_on: datetime
    days: Decimal
    status: str

    def get_status_display(self) -> str:
        return self.status.replace("_", " ").capitalize()


def _on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, 30, tzinfo=UTC)


ROWS = [
    Row("REQ-2026-0001", "Alder Vale Primary School", _on(9, 14), Decimal("6.00"), "submitted"),
    Row("REQ-2026-0002", "Brook Hill School", _on(10, 5), Decimal("2.50"), "waiting_for_home_head"),
    Row("REQ-2026-0003", "Copse Lane Academy", _on(11, 2), Decimal("4.25"), "completed"),
    Row("REQ-2026-0004", "Dene Park School", _on(11, 9), Decimal("1.00"), "declined"),
    Row("REQ-2026-0005", "Elm Rise Infant School", _on(11, 16), Decimal("0.75"), "draft"),
]


class GalleryTable(Table):
    noun = "request"
    reference = ReferenceColumn()
    school = tables.Column()
    starts_on = DateColumn(verbose_name="Starts")
    days = NumberColumn()

    class Meta:
        order_by = "school"
        attrs: dict[str, Any] = {}


class EmptyTable(GalleryTable):
    empty_text = "No requests match these filters. Clear them to see every request."


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything the gallery page needs."""
    return {
        "fresh": GalleryForm(prefix="fresh"),
        "wrong": GalleryForm(_wrong(), prefix="wrong"),
        "table": _table(request, GalleryTable(ROWS)),
        "empty_table": _table(request, EmptyTable([])),
        "rows": ROWS,
        "summary": _summary(),
        "tasks": TASKS,
        "events": EVENTS,
        "strip": STRIP,
        "bars": [("Mathematics", Decimal("12.5")), ("English", 8), ("Science", Decimal("3.25"))],
        "changes": [("Mathematics", 59.0, 68.1), ("English", 74.7, 71.7), ("5 or more A* to C", 54.3, 62.4)],
        "points": POINTS,
        "stats": [(3, "overdue", "#overdue", "red"), (12, "waiting for you", "#waiting", ""), (41, "open", "", "")],
        "candidates": _candidates(),
    }


def _table(request: HttpRequest, table: Table) -> Table:
    table.request = request
    table.paginate(per_page=3)
    return table


def _wrong() -> dict[str, str]:
    """A form that was sent with a mistake of each kind."""
    return {
        "wrong-email": "not an address",
        "wrong-teachers": "many",
        "wrong-days": "0.3",
        "wrong-starts_on_day": "31",
        "wrong-starts_on_year": "2027",
    }


def _summary() -> list[tuple[Any, ...]]:
    return [
        ("School", "Alder Vale Primary School", "#school"),
        ("Start date", _on(9, 14).date(), "#start"),
        ("Exclusions", "", "#exclusions"),
        ("Phases", ["Primary", "Special"]),
    ]


TASKS = [
    ("Confirm the school’s details", "#details", "Completed"),
    ("Agree the ten points of the protocol", "#protocol", "In progress", "4 of 10 agreed"),
    ("Sign as headteacher", "#sign", "Not started"),
    ("Log the first day", None, "Cannot start yet"),
    ("Send the improvement plan", "#plan", "Not required"),
    ("Answer the co-ordinator", "#answer", "red:Overdue"),
]

EVENTS = [
    Event("Request approved", _on(10, 6), "the co-ordinator", "", [("Days", 4, 6)]),
    Event("Request sent", _on(10, 2), "the headteacher", "Six days asked for."),
    Event("Letter sent", _on(9, 7)),
]

STRIP = Strip(
    "Days in 2026 to 2027",
    Decimal(38),
    [
        Block("Autumn 1", Decimal(0), Decimal("6.5")),
        Block("Autumn 2", Decimal("1.5"), Decimal(5), current=True),
        Block("Spring 1", Decimal(6), Decimal(0)),
        Block("Spring 2", Decimal("4.25"), Decimal(0)),
        Block("Summer 1", Decimal(0), Decimal(0)),
        Block("Summer 2", Decimal(0), Decimal(0)),
    ],
)

POINTS = [
    Point("Alder Vale Primary School", 530000, 170000, "support", 6, "6 days"),
    Point("Brook Hill School", 536000, 166000, "support", 3, "2.5 days"),
    Point("Copse Lane Academy", 533000, 172500, "base", 4, "1 AST", ["Alder Vale Primary School", "Brook Hill School"]),
    Point("Dene Park School", 528500, 163000),
    Point("Elm Rise Infant School", None, None),
]


def _candidates() -> list[dict[str, Any]]:
    choose = components.render("button", {"text": "Propose", "classes": "govuk-button--secondary"})
    return [
        {
            "rank": 1,
            "name": "First candidate",
            "href": "#first",
            "subtitle": "Mathematics, Copse Lane Academy",
            "lines": [("Days left", "14.5"), ("Miles", "3.2"), ("Worked here before", "Yes")],
            "reasons": ["Mathematics is the post’s first subject", "Knows the school from last year"],
            "warnings": ["One planned day clashes with a network meeting"],
            "action": mark_safe(choose),
        },
        {
            "name": "Second candidate",
            "subtitle": "English, Dene Park School",
            "lines": [("Days left", "0"), ("Miles", "5.9")],
            "blocks": ["No days left this year"],
        },
    ]
