"""Working groups of ASTs, and what they are to do (R-3.15)."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join

from astcoord.core.access import Request
from astcoord.core.clock import today
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from astcoord.ui.registers import SECONDARY, RegisterPages
from astcoord.ui.submit import sent
from astcoord.ui.templatetags.govuk import day
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.working_groups import permissions
from staff.working_groups.actions import ACTIONS, GROUPS
from staff.working_groups.filters import ActionFilter, GroupFilter
from staff.working_groups.forms import ActionForm, GroupForm
from staff.working_groups.lifecycle import ActionState
from staff.working_groups.models import WorkingGroup
from staff.working_groups.tables import ActionTable, GroupTable


class GroupPages(RegisterPages):
    """ASTs who look into something together."""

    register = GROUPS
    form, table, filters = GroupForm, GroupTable, GroupFilter
    app, name = "staff", "working_group"
    title = "Working groups"
    menu = 73, say_later("ASTs who look into something together: the needs that they find, and what they do")
    end_label = "End the group"
    ended = "“{row}” has ended. What is not done is no longer asked for."
    resumed = "“{row}” goes on."
    remove_label = "Take the group off the list"
    note_used = "It has actions, so it is ended rather than deleted."
    note_unused = "It has no action yet."

    def rows(self, user: User) -> Any:
        found: Any = GROUPS.rows(user)
        return found.with_counts(today()).prefetch_related("members__user", "members__home").order_by("name", "pk")

    def form_for(self, request: Request, row: Any) -> Any:
        return GroupForm(sent(request), instance=row, user=request.user)

    def caption(self, row: Any) -> str:
        return f"Ended on {date_words(row.ended_on)}" if row.ended_on else ""

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        """Everything in one record, with the way to each action."""
        now = today()
        gone = " (not in post now)"
        members = [post.name if post.is_in_post(now) else post.name + gone for post in row.members.all()]
        return [
            ("What it is for", row.aim),
            ("Members", sorted(members)),
            ("Needs found", row.needs or "None yet"),
            ("Actions", _links(row)),
        ]

    def buttons(self, row: Any, reader: User, *, used: bool) -> list[dict[str, Any]]:
        """A member changes what it says and adds actions; ending and taking away are the office’s."""
        if not GROUPS.may_keep(reader, row):
            return []
        found = self._buttons(row, used=used) if is_office(reader) else self._buttons(row, used=True)[:1]
        add = {"text": "Add an action", "href": self.url("group_action_add"), "classes": SECONDARY}
        return found if row.ended_on else [add, *found]


class ActionPages(RegisterPages):
    """What members of working groups are to do, and by when."""

    register = ACTIONS
    form, table, filters = ActionForm, ActionTable, ActionFilter
    app, name = "staff", "group_action"
    title = "Actions of working groups"
    menu = 74, "What members of working groups are to do, and what is overdue"
    end_name, end_label = "done", "It is done"
    ended = "“{row}” is done."
    resume_name, resume_label = "reopen", "It is not done after all"
    resumed = "“{row}” is to be done."
    remove_label = "Delete it"
    removed = "“{row}” is deleted."
    note_unused = ""

    def rows(self, user: User) -> Any:
        found: Any = ACTIONS.rows(user)
        rows = found.with_state(today()).select_related("group", "owner__user")
        return rows.prefetch_related("group__members").order_by("done_on", "due_on", "pk")

    def form_for(self, request: Request, row: Any) -> Any:
        groups = WorkingGroup.objects.visible_to(request.user).running().prefetch_related("members__user")
        mine = [group for group in groups if permissions.can_work(request.user, group)]
        own = [group for group in mine if group.pk == row.group_id] if row else mine
        return ActionForm(sent(request), instance=row, groups=own)

    def answers(self, form: Any) -> dict[str, Any]:
        said: dict[str, Any] = form.said()
        return said

    def caption(self, row: Any) -> str:
        return str(row.group)

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        done = [("Done on", day(row.done_on))] if row.done_on else []
        return [
            ("What is to be done", row.text),
            ("By whom", row.owner.name),
            ("By when", day(row.due_on)),
            *done,
            ("State", ActionState(row.state).label),
        ]

    def buttons(self, row: Any, reader: User, *, used: bool) -> list[dict[str, Any]]:
        """Nothing is done any more of a group that has ended."""
        return [] if row.group.ended_on else super().buttons(row, reader, used=used)

    def _buttons(self, row: Any, *, used: bool) -> list[dict[str, Any]]:
        """Done first; one that is done is taken up again before it is changed."""
        if row.done_on:
            return [self._button(self.resume_name, self.resume_label, row)]
        return [self._button(self.end_name, self.end_label, row), *super()._buttons(row, used=used)]


def _links(group: WorkingGroup) -> Any:
    """Each action with who does it, by when, and how it stands; the way leads to its page."""
    actions: Any = group.actions.with_state(today()).select_related("owner__user")
    told = [
        (
            action.get_absolute_url(),
            action,
            action.owner.name,
            date_words(action.due_on),
            ActionState(action.state).label,
        )
        for action in actions
    ]
    items = format_html_join("", '<li><a class="govuk-link" href="{}">{}</a>: {}, by {} ({})</li>', told)
    return format_html('<ul class="govuk-list">{}</ul>', items) if told else "None yet"


urlpatterns = [*GroupPages().urls(), *ActionPages().urls()]
