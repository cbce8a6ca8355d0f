"""Rounds and salaries: the registers' pages; a round is opened again (R-2.13, R-2.18)."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html

from astcoord.core.access import Request, access, only_where
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from astcoord.ui.registers import SECONDARY, RegisterPages
from astcoord.ui.submit import form_page, sent, submit
from staff.accounts.models import User
from staff.secondments.actions.rounds import ROUNDS, reopen
from staff.secondments.filters import RoundFilter
from staff.secondments.forms.rounds import ReopenForm, RoundForm
from staff.secondments.models import SecondmentRound
from staff.secondments.tables import RoundTable


class RoundPages(RegisterPages):
    """When heads may propose, and what they are asked."""

    register = ROUNDS
    form, table, filters = RoundForm, RoundTable, RoundFilter
    app, name = "staff", "secondment_round"
    title = "Rounds of secondments"
    setting = "secondments"
    menu = 61, "When headteachers may propose a teacher for a secondment"
    removed = "“{row}” is taken away."
    remove_label = "Take it away"
    note_used = "Schools have proposals in this round."
    note_unused = "No school has a proposal in it yet."

    def facts(self, row: SecondmentRound) -> Iterable[tuple[str, Any]]:
        """What it says, and the way to its proposals."""
        url = f"{reverse('staff:proposals')}?round={row.pk}"
        link = format_html('<a class="govuk-link" href="{}">See them</a>', url)
        return [*self.register.told(row).items(), ("proposals", link)]

    def buttons(self, row: Any, reader: User, *, used: bool) -> list[dict[str, Any]]:
        """Heads propose while it is open."""
        found = super().buttons(row, reader, used=used)
        if reader.has_role(Role.HEADTEACHER) and row.is_open(today()):
            found.append({"text": "Propose a teacher", "href": reverse("staff:proposal_add", args=[row.pk])})
        return found

    def _buttons(self, row: Any, *, used: bool) -> list[dict[str, Any]]:
        found = super()._buttons(row, used=used)
        if row.closes_on >= today():
            return found
        href = reverse("staff:secondment_round_reopen", args=[row.pk])
        return [{"text": "Open it again", "href": href, "classes": SECONDARY}, *found]


@access(Role.COORDINATOR)
@only_where("secondments")
def round_reopen(request: Request, pk: int) -> HttpResponse:
    """After the closing day, with a new one."""
    row = get_object_or_404(SecondmentRound, pk=pk)
    form = ReopenForm(sent(request))
    if submit(form, lambda data: reopen(row=row, by=request.user, **data)):
        messages.success(request, "The round takes proposals again.")
        return redirect(row)
    lead = f"It closed on {date_words(row.closes_on)}. Heads can propose and submit again until the new day."
    return form_page(request, form, title="Open the round again", caption=row.name, lead=lead, back=("Back", row))
