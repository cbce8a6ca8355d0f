"""Guidance: the pages, and what one said before (R-3.19)."""

from collections.abc import Iterable
from typing import Any

import django_filters
import django_tables2 as columns
from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access
from astcoord.core.emails import HOW_WRITTEN
from astcoord.core.words import say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from astcoord.ui.registers import RegisterForm, RegisterPages
from astcoord.ui.tables import DateColumn, LinkColumn, Table
from staff.guidance.actions import GUIDANCE
from staff.guidance.lifecycle import Topic
from staff.guidance.models import GuidancePage, GuidanceVersion


class GuidanceForm(RegisterForm):
    """What about, for whom, and the text."""

    submit_label = "Save the page"
    nouns = {"topic": "what it is about", "audiences": "for whom it is", "text": "the text"}

    class Meta:
        model = GuidancePage
        fields = ["topic", "title", "audiences", "text"]
        labels = {"topic": "What is it about?", "audiences": "For whom is it?"}
        help_texts = {
            "text": f"{HOW_WRITTEN}; web addresses become links.",
        }
        widgets = {"topic": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 20})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["topic"]
        field.choices = Topic.choices


class GuidanceTable(Table):
    """By what it is about."""

    noun = "page"
    empty_text = "There is no guidance here yet."

    title = LinkColumn(verbose_name="Page")
    topic = columns.Column(verbose_name="About")
    edited_on = DateColumn(verbose_name="Last changed")

    class Meta(Table.Meta):
        model = GuidancePage
        fields: tuple[str, ...] = ("title", "topic", "edited_on")


class GuidanceFilter(FilterSet):
    """By words, and by what it is about."""

    words = SearchFilter("title", "text", label="Words in it")
    topic = django_filters.ChoiceFilter(choices=Topic.choices, label="About", empty_label="Anything")

    class Meta(FilterSet.Meta):
        model = GuidancePage


class GuidancePages(RegisterPages):
    """What an AST is, earns and can become; what heads and candidates should know."""

    register = GUIDANCE
    form, table, filters = GuidanceForm, GuidanceTable, GuidanceFilter
    app, name, plural = "staff", "guidance_page", "guidance_pages"
    title = "Guidance"
    menu = 65, say_later("What an AST does, pay, careers, official guidance, coming events")
    row_template = "staff/guidance/page.html"
    change_lead = "Readers see the new text and today’s date at once. The text before is kept."
    end_name, end_label = "take_down", "Take it down"
    ended = "“{row}” is taken down. Readers do not see it any more."
    resume_name, resume_label = "put_up", "Put it up again"
    resumed = "“{row}” can be read again."
    note_used = "It has earlier versions, so it is taken down rather than deleted."
    note_unused = "It has no earlier versions."

    def rows(self, user: Any) -> Any:
        return super().rows(user).prefetch_related("versions")

    def caption(self, row: Any) -> str:
        return str(row.get_topic_display())

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        """The text stands above them."""
        old = ((each.get_absolute_url(), each) for each in row.versions.all())
        earlier = format_html_join(", ", '<a class="govuk-link" href="{}">{}</a>', old)
        found = [("For whom", row.whom), ("Version", row.version)]
        found += [("Earlier versions", earlier)] if earlier else []
        return [*found, ("Taken down on", row.retired_on)] if row.retired_on else found


@access(GUIDANCE.readers)
@require_safe
def guidance_version(request: Request, pk: int) -> HttpResponse:
    """What a page said before, for whoever may read it now."""
    pages = GUIDANCE.rows(request.user)
    version = get_object_or_404(GuidanceVersion.objects.filter(page__in=pages).select_related("page"), pk=pk)
    return render(request, "staff/guidance/version.html", {"version": version})


urlpatterns = [
    *GuidancePages().urls(),
    path("guidance-versions/<int:pk>/", guidance_version, name="guidance_version"),
]
