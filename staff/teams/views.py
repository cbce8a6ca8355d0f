"""Teams of ASTs at one school (R-3.18)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_tables2 as columns
from django.db.models import QuerySet

from astcoord.core.access import Request
from astcoord.core.clock import today
from astcoord.core.wording import date_words
from astcoord.core.words import say, say_later
from astcoord.ui.filters import FilterSet, SearchFilter
from astcoord.ui.registers import RegisterPages
from astcoord.ui.submit import sent
from astcoord.ui.tables import LinkColumn, Table
from staff.accounts.models import User
from staff.teams.actions import TEAMS, members_of
from staff.teams.forms import TeamForm
from staff.teams.models import Team


class TeamTable(Table):
    """Which, where, who leads, who belongs to it."""

    noun = "team"
    empty_text = say_later("No team of ASTs yet.")

    name = LinkColumn(verbose_name="Team")
    school = columns.Column(accessor="school__name", verbose_name="School")
    lead = columns.Column(accessor="lead__user__name", verbose_name="Lead")
    who = columns.Column(empty_values=(), orderable=False, verbose_name="Members")

    class Meta(Table.Meta):
        model = Team
        fields = ("name", "school", "lead", "who")

    def render_lead(self, record: Team) -> str:
        return record.lead.name if record.holds(record.lead, today()) else "No lead"

    def render_who(self, record: Team) -> str:
        return ", ".join(sorted(post.name for post in members_of(record)))


class TeamFilter(FilterSet):
    """By the names of team, school and ASTs."""

    words = SearchFilter("name", "school__name_key", "lead__user__name_key", label="Team, school or lead")

    class Meta(FilterSet.Meta):
        model = Team


class TeamPages(RegisterPages):
    """ASTs of one school who share an aim."""

    register = TEAMS
    form, table, filters = TeamForm, TeamTable, TeamFilter
    app, name = "staff", "team"
    title = say_later("Teams of ASTs")
    menu = 72, say_later("ASTs of one school with a lead and a shared aim")
    remove_label = "Take the team off the list"
    note_unused = say_later("The ASTs stay as they are when a team is taken off the list.")

    def rows(self, user: User) -> QuerySet[Any]:
        return TEAMS.rows(user).select_related("school", "lead__user").prefetch_related("members__user")

    def form_for(self, request: Request, row: Any) -> Any:
        return TeamForm(sent(request), instance=row, user=request.user)

    def caption(self, row: Any) -> str:
        return str(row.school.name)

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        """Everything in one record; of whom the post has ended or moved, that is said."""
        now = today()
        gone = " (not at this school now)"
        members = [post.name if row.holds(post, now) else post.name + gone for post in members_of(row)]
        return [("Lead", lead_of(row, now)), ("Members", sorted(members)), ("Shared aim", row.aim)]


def lead_of(team: Team, now: date) -> str:
    """Who leads; of a lead who is not an AST at the school any more, since when the team has none. Two queries then."""
    lead = team.lead
    if team.holds(lead, now):
        return lead.name
    moved = lead.moves.filter(left=team.school, done=True).last()
    if moved is not None and lead.home_id != team.school_id:
        why = f"its lead moved to another school on {date_words(moved.on)}"
    elif lead.ends_on is not None and lead.ends_on < now:
        why = f"its lead left on {date_words(lead.ends_on)}"
    else:
        why = "its lead is not in post"
    return (
        f"This team has no lead: {why} ({lead.name}). The headteacher or {say('the co-ordinator')} chooses another one."
    )


urlpatterns = TeamPages().urls()
