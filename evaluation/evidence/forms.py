"""Attaching a file or a link (R-10.5)."""

from typing import Any, ClassVar

from django import forms

from astcoord.core.problems import Problem
from astcoord.ui.forms import GovForm, RowsField, show_problems
from evaluation.evidence.actions import Attached
from evaluation.evidence.rules import LONGEST_LINK, NEITHER
from placements.papers.rules import ALLOWED, ENDINGS
from placements.placement.models import Placement

FILE, LINK = "file", "link"


class AttachmentForm(GovForm):
    """A file or a link, whichever was chosen; the other is not looked at."""

    conditional = {"what": {FILE: "file", LINK: "link"}}
    nouns: ClassVar = {"file": "a file"}

    what = forms.ChoiceField(
        label="What do you attach?",
        choices=[(FILE, "A file"), (LINK, "A link")],
        widget=forms.RadioSelect,
        error_messages={"required": NEITHER},
    )
    file = forms.FileField(
        label="Select a file",
        required=False,
        help_text=f"{ALLOWED}. No larger than 10 MB, and without macros",
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
    )
    link = forms.CharField(
        label="Link", required=False, max_length=LONGEST_LINK, help_text="It begins with http:// or https://"
    )

    def attached(self) -> Attached:
        """What was chosen, for the action. The file is read here, once."""
        data = self.cleaned_data
        if data["what"] == LINK:
            return Attached(link=data["link"])
        upload = data["file"]
        return Attached(name=upload.name, data=upload.read()) if upload else Attached()

    def say_too_large(self) -> None:
        """The upload was stopped before its end."""
        self.errors.clear()
        show_problems(self, [Problem("The selected file must be smaller than 10 MB", "file", "R-9.4")])


class EvidenceForm(AttachmentForm):
    """What it is, and of what it is evidence."""

    drawn = {"objectives": {"small": True}}
    needed_when: ClassVar = {"no_child": ""}
    nouns: ClassVar = {**AttachmentForm.nouns, "title": "what it is"}
    submit_label = "Attach"
    field_order = ("title", "what", "file", "link", "objectives", "no_child")

    title = forms.CharField(
        label="What is it?",
        max_length=120,
        help_text="For example, Unit plan on fractions. Do not name staff or pupils.",
    )
    objectives = RowsField(
        queryset=None, label="Which objectives is it evidence of?", required=False, widget=forms.CheckboxSelectMultiple
    )
    no_child = forms.BooleanField(label="No child can be recognised in it, by name, face or voice", required=False)

    def __init__(self, *args: Any, placement: Placement, on_day: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objectives"].queryset = placement.objectives.all()
        self.fields["objectives"].label_from_instance = lambda o: f"{o.number}. {o.text}"
        self.fields["objectives"].help_text = "Leave this empty if it belongs to the day alone." if on_day else ""
