"""Addresses at which e-mail comes back: the office has them written to again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from astcoord.core import unreachable
from astcoord.core.access import Request, access
from astcoord.core.models.bounces import Unreachable
from astcoord.core.roles import OFFICE
from astcoord.core.wording import counted
from astcoord.ui.forms import GovForm, RowsField
from astcoord.ui.submit import form_page, sent, submit

AT_A_TIME = 40
"""Addresses on one page."""

WHY = (
    "A mail server said of these addresses that there is no such mailbox. Nothing is sent to them any more but sign-in "
    "codes that somebody asks for.",
    "If an address is wrong, correct it where it stands: on the person’s page, with the school’s contacts or in the "
    "request. If it is right, have it written to again here. E-mails that failed meanwhile can then be tried again.",
)


class WriteAgainForm(GovForm):
    """Which addresses are written to again."""

    addresses = RowsField(queryset=None, label="Which addresses?", widget=forms.CheckboxSelectMultiple)
    nouns = {"addresses": "the addresses"}
    submit_label = "Write to them again"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["addresses"]
        field.queryset = Unreachable.objects.filter(
            pk__in=list(Unreachable.objects.values_list("pk", flat=True)[:AT_A_TIME])
        )
        self.hints = {"addresses": {str(each.pk): _hint(each) for each in field.queryset}}


def _hint(row: Unreachable) -> str:
    return f"Since {unreachable.since(row)}: {row.said or 'no reason given'}"


@access(OFFICE)
def unreachable_mail(request: Request) -> HttpResponse:
    """All of them, the newest first."""
    form = WriteAgainForm(sent(request))
    if done := submit(form, lambda data: _write_again(data, request)):
        messages.success(request, f"{counted(done.result, 'address', 'addresses')} written to again.")
        return redirect("staff:unreachable")
    return form_page(
        request,
        form,
        title="Addresses at which e-mail comes back",
        back=("E-mails that failed", "staff:failed_mail"),
        lead=WHY,
        template="staff/governance/unreachable.html",
        total=Unreachable.objects.count(),
        at_a_time=AT_A_TIME,
    )


def _write_again(data: dict[str, Any], request: Request) -> int:
    return unreachable.write_again(pks=[row.pk for row in data["addresses"]], by=request.user)
