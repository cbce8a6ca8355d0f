"""E-mails that may have gone twice: the office asks the readers, and writes down what they say."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from astcoord.core import doubt
from astcoord.core.access import Request, access
from astcoord.core.models.messages import Arrived, Message
from astcoord.core.roles import OFFICE
from astcoord.core.wording import counted, date_words
from astcoord.ui.forms import GovForm, RowsField
from astcoord.ui.submit import form_page, sent, submit

AT_A_TIME = 40
"""E-mails on one page."""

WHY = (
    "The line to the mail server broke, or a worker stopped, after the e-mail was handed over and before the server’s "
    "answer was known. It then went again, as the same e-mail with the same identity, by which many mail programs "
    "recognise a second copy.",
    "Ask the reader, then say here what arrived. What did not arrive goes again, unless it was withdrawn.",
)


class Rows(RowsField):
    def label_from_instance(self, obj: Message) -> str:
        return f"{obj.subject}, to {obj.to_email}"


class ArrivedForm(GovForm):
    """What a person found out of some of them."""

    emails = Rows(queryset=None, label="Which e-mails?", widget=forms.CheckboxSelectMultiple)
    arrived = forms.ChoiceField(label="What do you know?", choices=Arrived.choices, widget=forms.RadioSelect)
    nouns = {"emails": "the e-mails", "arrived": "what you know"}
    submit_label = "Write down"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["emails"]
        shown = doubt.doubtful().order_by("pk").values("pk")[:AT_A_TIME]
        field.queryset = Message.objects.filter(pk__in=list(shown.values_list("pk", flat=True)))
        said = {str(each.pk): f"{date_words(each.queued_at)}. {each.doubt}" for each in field.queryset}
        self.hints = {"emails": said}


@access(OFFICE)
def doubtful_mail(request: Request) -> HttpResponse:
    """One answer for each, or for several at once."""
    form = ArrivedForm(sent(request))
    if done := submit(form, lambda data: _write_down(data, request)):
        messages.success(request, f"Written down of {counted(done.result, 'e-mail')}.")
        return redirect("staff:doubtful_mail" if doubt.doubtful().exists() else "home")
    total = doubt.doubtful().count()
    return form_page(
        request,
        form,
        title="E-mails that may have gone twice",
        back=("Back", "home"),
        lead=WHY,
        template="staff/governance/doubtful_mail.html",
        total=total,
        at_a_time=AT_A_TIME,
    )


def _write_down(data: dict[str, Any], request: Request) -> int:
    chosen = [message.pk for message in data["emails"]]
    return doubt.reconcile(pks=chosen, arrived=Arrived(data["arrived"]), by=request.user)
