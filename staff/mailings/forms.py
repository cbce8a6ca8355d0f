"""What to write to several people: it is shown as they will get it before it goes (R-20.12)."""

import hashlib
from typing import Any

from django import forms

from astcoord.core.emails import HOW_WRITTEN
from astcoord.core.wording import counted
from astcoord.ui.bulk import ChosenForm
from astcoord.ui.layout import Submit


class WriteForm(ChosenForm):
    """Subject and text. `seen` says which of them were shown last, so that nothing goes that nobody has looked at."""

    subject = forms.CharField(label="Subject", max_length=120)
    text = forms.CharField(
        label="What do you want to say?",
        help_text=f"{HOW_WRITTEN}. The greeting and the office’s signature are added. Name no pupil and nobody who is "
        "supported.",
        max_length=4000,
        widget=forms.Textarea,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    nouns = {"subject": "a subject", "text": "what you want to say"}
    drawn = {"text": {"rows": 10}}
    buttons = [Submit("preview", "Preview")]

    def __init__(self, *args: Any, people: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    @property
    def is_confirmed(self) -> bool:
        """Whether "send" was pressed below just these words."""
        return self.is_valid() and "send" in self.data and self.cleaned_data["seen"] == self._digest()

    def show(self) -> tuple[str, str]:
        """The subject and text that are shown now: sent again unchanged, they go."""
        self.data = self.data.copy()
        self.data["seen"] = self._digest()
        send = Submit("send", f"Send {counted(self.people, 'message')}")
        self.buttons = [send, Submit("preview", "Preview again", tone="secondary")]
        return self.cleaned_data["subject"], self.cleaned_data["text"]

    def _digest(self) -> str:
        said = "\n".join((self.cleaned_data["subject"], self.cleaned_data["text"], self.cleaned_data["chosen"]))
        return hashlib.sha256(said.encode()).hexdigest()[:32]
