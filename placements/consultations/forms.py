"""The two parts of an initial consultation form."""

from typing import Any

from django import forms

from astcoord.ui.forms import GovModelForm
from placements.consultations.lifecycle import ANSWERS, Side
from placements.consultations.models import Consultation

HINT = "Do not name staff or pupils."


class PartForm(GovModelForm):
    """All questions of one part."""

    edits = True
    submit_label = "Save"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
            field.widget = forms.Textarea(attrs={"rows": 3})
            field.help_text = HINT

    def _post_clean(self) -> None:
        """Constraints are the action's."""


class SchoolForm(PartForm):
    class Meta:
        model = Consultation
        fields = ANSWERS[Side.SCHOOL]


class AstForm(PartForm):
    class Meta:
        model = Consultation
        fields = ANSWERS[Side.AST]


FORMS: dict[str, type[PartForm]] = {Side.SCHOOL: SchoolForm, Side.AST: AstForm}
