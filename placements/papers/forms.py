"""One file for one of the six papers (R-9.1)."""

from typing import Any

from django import forms

from astcoord.core.words import say, say_later
from astcoord.ui.forms import GovForm
from placements.papers.models import SharedDocument
from placements.papers.rules import ALLOWED, ENDINGS


class PaperFileForm(GovForm):
    """The file; for a teacher's planning also that the teacher agrees (R-9.4)."""

    file = forms.FileField(
        label="Select a file",
        help_text=f"{ALLOWED}. No larger than 10 MB, and without macros",
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
    )
    nouns = {"file": "a file"}
    needed_when = {"consent": say_later("needed before the AST can read it")}
    submit_label = "Upload"

    def __init__(self, *args: Any, paper: SharedDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if paper.kind == SharedDocument.Kind.TEACHER_RECORDS:
            self.fields["consent"] = forms.BooleanField(
                label=say("Each teacher whose planning this is agrees that the AST may read it"),
                help_text="You can upload it now and tick this later",
                required=False,
            )
