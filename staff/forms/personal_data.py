"""Subject access."""

from django import forms

from astcoord.ui.forms import GovForm


class SubjectAccessForm(GovForm):
    """Whose data. Sent in the body of the request, so that no name stands in an address or a server's log."""

    who = forms.CharField(
        label="E-mail address or full name",
        max_length=254,
        help_text="Supported staff have no account: they are found by the address or the name that a school gave",
    )
    checked = forms.BooleanField(label="I have checked who is asking, and that the request is about this person")
    submit_label = "Download what is held"
