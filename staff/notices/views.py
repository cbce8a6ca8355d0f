"""Notices to ASTs: the pages (R-3.20)."""

from collections.abc import Iterable
from typing import Any

import django_filters
import django_tables2 as columns
from django import forms

from astcoord.core.clock import today
from astcoord.core.emails import HOW_WRITTEN
from astcoord.core.words import say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from astcoord.ui.registers import RegisterForm, RegisterPages
from astcoord.ui.tables import DateColumn, LinkColumn, Table
from schools.register.lifecycle import Phase
from staff.expertise.vocabulary import Subject
from staff.notices.actions import NOTICES
from staff.notices.models import Notice


class NoticeForm(RegisterForm):
    """What to say, to whom, and for how long."""

    submit_label = "Save the notice"
    nouns = {"text": "what you want to say", "starts_on": "the first day", "ends_on": "the last day"}

    class Meta:
        model = Notice
        fields = ["title", "text", "phase", "subject", "starts_on", "ends_on", "by_email"]
        labels = {
            "text": "What do you want to say?",
            "phase": say_later("Only ASTs of one phase?"),
            "subject": say_later("Only ASTs of one subject?"),
            "starts_on": "First day on which it is shown",
            "ends_on": "Last day on which it is shown",
            "by_email": "Send it by e-mail, too",
        }
        help_texts = {
            "text": f"{HOW_WRITTEN}. Name no pupil and nobody who is supported.",
            "by_email": say_later("Each AST gets it once, on its first day. A correction later is not sent again."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["phase"].choices = [("", "All phases"), *Phase.choices]
        fields["subject"].choices = [("", "All subjects"), *Subject.choices]
        if not self.instance.pk:
            self.initial["starts_on"] = today()


class NoticeTable(Table):
    """The newest first."""

    noun = "notice"
    empty_text = "There is no notice."

    title = LinkColumn(verbose_name="Notice")
    whom = columns.Column(verbose_name="For whom", orderable=False)
    starts_on = DateColumn(verbose_name="From")
    ends_on = DateColumn(verbose_name="Until")
    state = columns.Column(verbose_name="State", empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Notice
        fields = ("title", "whom", "starts_on", "ends_on", "state")

    def render_state(self, record: Notice) -> str:
        return str(record.state(today()).label)


class NoticeFilter(FilterSet):
    """By words, and by subject."""

    words = SearchFilter("title", "text", label="Words in it")
    subject = django_filters.ChoiceFilter(choices=Subject.choices, label="Subject", empty_label="Any")

    class Meta(FilterSet.Meta):
        model = Notice


class NoticePages(RegisterPages):
    """News and aims of the authority for its ASTs."""

    register = NOTICES
    form, table, filters = NoticeForm, NoticeTable, NoticeFilter
    app, name = "staff", "notice"
    title = "Notices"
    menu = 66, say_later("News and aims of the authority for its ASTs")
    row_template = "staff/notices/notice.html"
    change_lead = say_later("ASTs see the new wording at once. Who has had it by e-mail gets no other e-mail.")
    end_name, end_label = "withdraw", "Withdraw it"
    ended = say_later("“{row}” is withdrawn. No AST sees it any more.")
    resume_name, resume_label = "show_again", "Show it again"
    resumed = "“{row}” is shown again until its last day."
    note_used = "Its first day has come, so it is withdrawn rather than deleted."
    note_unused = say_later("No AST has seen it yet.")

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        """The text stands above them."""
        shown = [("From", row.starts_on), ("Until", row.ends_on), ("State", row.state(today()).label)]
        return [("For whom", row.whom), *shown, ("By e-mail, too", row.by_email)]


urlpatterns = NoticePages().urls()
