"""The authority's list of priorities (R-14.1)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.html import format_html

from astcoord.core.clock import today
from astcoord.core.words import say, say_later
from astcoord.ui.registers import RegisterPages
from astcoord.ui.templatetags.govuk import day
from placements.priorities.actions import PRIORITIES
from placements.priorities.filters import PriorityFilter
from placements.priorities.forms import PriorityForm
from placements.priorities.lifecycle import PriorityState
from placements.priorities.models import Priority
from placements.priorities.tables import PriorityTable
from staff.accounts.models import User


class PriorityPages(RegisterPages):
    """What the authority wants most, now, before and to come."""

    register = PRIORITIES
    form, table, filters = PriorityForm, PriorityTable, PriorityFilter
    app, name, plural = "placements", "priority", "priorities"
    title = "Priorities"
    menu = 69, say_later("What the authority wants most: its plans and themes, to which every placement is linked")
    list_template = "placements/priorities/list.html"
    change_lead = (
        "New wording shows wherever this priority is named, in past years too. If the aim itself has changed, retire "
        "this priority and add another."
    )
    end_name, end_label = "retire", "Retire it"
    ended = "“{row}” is retired. Nobody can choose it any more."
    resume_name, resume_label = "bring_back", "Bring it back"
    resumed = "“{row}” can be chosen again."
    note_used = "It has been used, so it is retired rather than deleted: what is linked to it stays linked."

    def rows(self, user: User) -> QuerySet[Any]:
        """With the state on this day and the number of placements."""
        found = Priority.objects.with_state(today()).annotate(placement_count=Count("placements"))
        return found.order_by(*Priority._meta.ordering or ())  # a query that counts has no order of its own

    def caption(self, row: Any) -> str:
        return str(row.get_kind_display())

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        """Its years, its state, and the way to the placements that serve it."""
        state = PriorityState(row.state).label
        since = format_html("{}, since {}", state, day(row.retired_on)) if row.retired_on else state
        served = row.placement_count
        if served:
            url = f"{reverse('placements:deployment')}?priority={row.pk}"
            link = '{} (<a class="govuk-link" href="{}">this year’s, with their days</a>)'
            served = format_html(link, served, url)
        return [("School years", row.years), ("State", since), (say("Placements linked to it"), served)]


urlpatterns = PriorityPages().urls()
