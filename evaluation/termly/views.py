"""Pages of the termly meeting: the register, its pack on page and paper, and what is decided (R-20.8)."""

from collections.abc import Iterable
from typing import Any

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.filters import FilterSet, SearchFilter
from astcoord.ui.forms import GovForm
from astcoord.ui.registers import RegisterForm, RegisterPages
from astcoord.ui.submit import form_page, sent, submit
from astcoord.ui.tables import DateColumn, Table
from evaluation.termly import actions, reads
from evaluation.termly.actions import MEETINGS
from evaluation.termly.models import TermlyMeeting
from placements.requests.forms.owning import office_users
from staff.accounts.models import User
from staff.figures import documents as figures
from staff.figures.views import file_of

USUAL = say_later(
    "Days given last term\nImpact reviews that are open\nPlacements that begin next\n"
    "Requests that nobody can meet yet\nAny other business"
)


class MeetingForm(RegisterForm):
    """A day, and what is talked about, a line each; a new one begins with what every term has."""

    submit_label = "Save"

    class Meta:
        model = TermlyMeeting
        fields = ("on", "place", "agenda")
        widgets = {"agenda": forms.Textarea(attrs={"rows": 8})}
        error_messages = {"agenda": {"required": "Enter what is to be talked about"}}
        help_texts = {"agenda": "A line for each thing. Do not name staff who are supported."}


class MeetingTable(Table):
    noun = "meeting"
    empty_text = "No termly meeting is entered yet."
    on = DateColumn(verbose_name="Day", linkify=True)
    place = tables.Column(verbose_name="Where", default="")

    class Meta(Table.Meta):
        model = TermlyMeeting
        fields = ("on", "place")


class MeetingFilter(FilterSet):
    words = SearchFilter("place", "agenda", label="Words in it")

    class Meta(FilterSet.Meta):
        model = TermlyMeeting


class DecisionForm(GovForm):
    """What, who, by when."""

    submit_label = "Save the decision"
    text = forms.CharField(
        label="What was decided?",
        help_text="Only the office reads it. Do not name staff who are supported.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what was decided"},
    )
    owner = forms.ModelChoiceField(User.objects.none(), label="Who does it?", empty_label=None)
    due_on = DateInputField(label="By when?", help_text="It stands on that person’s first page on this day")
    nouns = {"owner": "who does it", "due_on": "the day"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = office_users()


class MeetingPages(RegisterPages):
    """The page of one is its pack; with `?export=pdf` the paper, with a table's code its file."""

    register = MEETINGS
    form, table, filters = MeetingForm, MeetingTable, MeetingFilter
    app, name = "evaluation", "termly_meeting"
    title = "Termly meetings"
    menu = 36, "Agenda, last term’s days, open reviews, what comes next and what was decided, as one pack"
    row_template = "evaluation/termly/meeting.html"
    note_used = "Something was decided at this meeting, so it stays."
    note_unused = ""

    def form_for(self, request: Request, row: Any) -> Any:
        return self.form(sent(request), instance=row, initial={} if row else {"agenda": str(USUAL)})

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        """Its agenda stands among the tables."""
        yield from [("Day", row.on), ("Where", row.place or "Not said yet")]

    def more(self, row: Any, request: Request) -> dict[str, Any]:
        return {"sheet": reads.pack(row, request.user, today()), "query": ""}

    def _row(self, request: Request, pk: int) -> HttpResponse:
        """The paper or a file where one is asked for, else the page."""
        if wanted := request.GET.get("export", ""):
            meeting = get_object_or_404(self.rows(request.user), pk=pk)
            sheet = reads.pack(meeting, request.user, today())
            if wanted == "pdf":
                return figures.download(sheet, on=today(), by=request.user)
            if response := file_of(request, sheet, wanted):
                return response  # type: ignore[return-value]
        return super()._row(request, pk)


@access(OFFICE)
def decide(request: Request, pk: int) -> HttpResponse:
    """One decision; the next is a press away."""
    meeting = get_object_or_404(MEETINGS.rows(request.user), pk=pk)
    form = DecisionForm(sent(request), initial={"owner": request.user.in_whose_name.pk})
    if done := submit(form, lambda data: actions.decide(meeting=meeting, by=request.user, **data)):
        owner = done.result.note.owner
        messages.success(request, f"The decision is saved, and comes back on the first page of {owner}.")
        return redirect(meeting)
    back = ("Back to the meeting", meeting)
    return form_page(request, form, title="Write down a decision", caption=str(meeting), back=back)


urlpatterns = [
    *MeetingPages().urls(),
    path("termly-meetings/<int:pk>/decide/", decide, name="termly_meeting_decide"),
]
