"""Publishing in the library (R-10.10)."""

from typing import Any, ClassVar

from django import forms

from astcoord.ui.registers import RegisterForm
from evaluation.evidence.actions import Attached
from evaluation.evidence.forms import FILE, LINK, AttachmentForm
from evaluation.materials.models import Material

KEEP = "keep"
DECLARED = "No pupil and nobody whom I support is named in it or can be recognised"


class PublishForm(RegisterForm):
    """Words about something whose file or link is there already."""

    submit_label = "Publish in the library"
    needed_when: ClassVar = {"no_names": ""}

    no_names = forms.BooleanField(label=DECLARED, required=False)

    class Meta:
        model = Material
        fields = ["title", "subject", "key_stages", "purpose"]
        labels = {"title": "What is it?", "purpose": "What is it for?"}
        help_texts = {
            "title": "For example, Card sort: fractions, decimals and percentages",
            "purpose": "How one uses it, and with whom it has worked. Every school in the scheme reads this.",
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}


class MaterialForm(AttachmentForm, PublishForm):
    """Something new, or better; a change may keep the file or link that is there."""

    field_order = ("title", "subject", "key_stages", "purpose", "what", "file", "link", "no_names")

    class Meta(PublishForm.Meta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.submit_label = "Save changes"
            self.fields["what"].label = "Another file or link?"
            self.fields["what"].choices = [
                (KEEP, "No, keep what is there"),
                (FILE, "Yes, a file"),
                (LINK, "Yes, a link"),
            ]
            self.initial["what"] = KEEP

    def answers(self) -> dict[str, Any]:
        """For the register: the words, and what is attached."""
        data = self.cleaned_data
        words = {name: data[name] for name in ("title", "subject", "key_stages", "purpose", "no_names")}
        attached: Attached | None = None if data["what"] == KEEP else self.attached()
        return {**words, "attached": attached}
