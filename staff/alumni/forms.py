"""What somebody who leaves lets the board of former ASTs show (R-3.17)."""

from typing import Any, ClassVar

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.forms import GovForm
from staff.alumni.models import AlumniEntry
from staff.alumni.rules import TEXTS

SHOWS = [
    ("name", "My name"),
    ("reach", "How to reach me"),
    ("now", "What I do now"),
    ("offers", "What I offer"),
]


class AlumniForm(GovForm):
    """Yes or no; each thing that may be shown is ticked, and typed under its tick."""

    edits = True
    submit_label = "Save my answer"
    conditional: ClassVar[Any] = {"shows": {name: name for name in TEXTS}}
    nouns: ClassVar[Any] = {"shows": "what may stand there"}
    needed_when: ClassVar[Any] = {"shows": "if you say yes", **dict.fromkeys(TEXTS, "")}

    wish = forms.ChoiceField(
        label=say_later("May the board of former ASTs show you?"),
        help_text=say_later("ASTs, the co-ordinator’s office and the authority’s consultants read it."),
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes or no"},
    )
    shows = forms.MultipleChoiceField(
        label="What may stand there?",
        help_text="Only what you tick is shown, and kept.",
        choices=SHOWS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reach = forms.CharField(label="How can you be reached?", max_length=200, required=False)
    now = forms.CharField(label="What do you do now?", max_length=200, required=False)
    offers = forms.CharField(
        label="What do you offer?", help_text="Such as a talk, or a visit to your class", max_length=300, required=False
    )

    def __init__(self, *args: Any, entry: AlumniEntry | None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        if entry is not None and entry.answered_on:
            initial = {name: getattr(entry, name) for name in TEXTS}
            shows = [name for name in TEXTS if initial[name]]
            initial |= {"wish": "yes" if entry.on_board else "no", "shows": ["name"] * entry.with_name + shows}
        super().__init__(*args, initial=initial, **kwargs)

    def said(self) -> dict[str, Any]:
        """For `actions.answer`."""
        data = self.cleaned_data
        texts = {name: data[name] for name in TEXTS}
        return {"wish": data["wish"] == "yes", "shows": data["shows"], "texts": texts}
