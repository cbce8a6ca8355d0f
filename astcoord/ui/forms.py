"""Bases for every form: the house's wording, dates in three boxes, days in quarters."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import ModelFormMetaclass
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property

from astcoord.core.problems import Problem, blocking
from astcoord.core.wording import QUARTER
from astcoord.ui import wording
from astcoord.ui.dates import DateInput, DateInputField
from astcoord.ui.kept import KeptAnswers
from astcoord.ui.layout import FormHelper, Submit
from astcoord.ui.meanwhile import Meanwhile
from astcoord.ui.naming import Telling

__all__ = [
    "Acts",
    "AutocompleteSelect",
    "ConfirmForm",
    "DateInput",
    "DateInputField",
    "DaysField",
    "DecisionForm",
    "GovForm",
    "GovModelForm",
    "HouseWording",
    "PoundsField",
    "ReasonForm",
    "RowsField",
    "keys_in",
    "show_problems",
]


class HouseWording(Telling, Meanwhile):
    """Mix into any form: errors in the house's words, and a helper for `{% crispy form %}`.

    `nouns` says what a field asks for where its label is a question that does not fit into a sentence;
    `hints` gives an explanation for single choices; `conditional` puts a field under its choice; `exclusive` names
    the box that unticks all others ("None of these").
    `needed_when` says of a field that may be left empty now when it is needed after all, or "" where its label says
    so: such a field is never called optional.

    How the form is drawn: `drawn` gives a field's options (`astcoord.ui.fields.Options`); `layout` lists fields and
    layout objects where the fields alone, in their order, are not enough; one button says `submit_label`, unless
    `buttons` lists others.
    """

    nouns: ClassVar[Mapping[str, str]] = {}
    hints: Mapping[str, Mapping[str, str]] = {}
    conditional: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    needed_when: ClassVar[Mapping[str, str]] = {}
    exclusive: ClassVar[Mapping[str, str]] = {}
    drawn: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    layout: Sequence[Any] = ()
    submit_label: str = "Continue"
    submit_tone: str = ""
    buttons: ClassVar[Sequence[Submit]] = ()

    def full_clean(self) -> None:
        """Words are chosen as late as this, so that labels changed in a subclass's `__init__` count."""
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            wording.apply(name, field, noun=self.nouns.get(name, ""))
        if isinstance(self.data, KeptAnswers):  # type: ignore[attr-defined]
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        if self.is_bound:  # type: ignore[attr-defined]
            self.weigh()
        super().full_clean()  # type: ignore[misc]
        self.show_clashes()

    def is_valid(self) -> bool:
        """Never with what was kept over a new sign-in: that is shown, without errors, for somebody to send again."""
        return not isinstance(self.data, KeptAnswers) and super().is_valid()  # type: ignore[attr-defined,misc,no-any-return]

    @cached_property
    def helper(self) -> FormHelper:
        """Every field in order and one button, if the form says nothing else."""
        helper = FormHelper(self)
        for button in self.buttons or [Submit("submit", self.submit_label, tone=self.submit_tone)]:
            helper.add_input(button)
        return helper


def show_problems(form: forms.BaseForm, problems: Iterable[Problem]) -> None:
    """Put each blocking problem on its field, or above the form where it has none; `form.has_error` knows its code."""
    for problem in blocking(problems):
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, ValidationError(problem.message, problem.code or None))


class GovForm(HouseWording, forms.Form):
    """Base of plain forms."""


class ConfirmForm(GovForm):
    """Nothing to fill in: only the button, with the question's own answer on it."""

    submit_label = "Confirm"

    def __init__(self, *args: Any, submit: str = "", tone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = submit or self.submit_label
        self.submit_tone = tone or self.submit_tone


class ReasonForm(GovForm):
    """Something that needs a reason and nothing else; `most` is how long the row keeps."""

    drawn = {"reason": {"rows": 3}}

    def __init__(
        self, *args: Any, submit: str, label: str = "", hint: str = "", tone: str = "", most: int = 500, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=label or "Why?",
            help_text=hint,
            max_length=most,
            widget=forms.Textarea,
            error_messages={"required": "Enter a short reason"},
        )
        self.submit_label, self.submit_tone = submit, tone


Acts = Mapping[str, Callable[..., Any]]
"""The action of each move that can be decided."""


class DecisionForm(GovForm):
    """What becomes of a row, of the moves that its machine allows now.

    `labels` says each move in the reader's words; `reasons` has the question of those that need a reason.
    """

    submit_label = "Save decision"
    labels: ClassVar[Mapping[str, str]] = {}
    reasons: ClassVar[Mapping[str, str]] = {}

    decision = forms.ChoiceField(
        label="What do you decide?", widget=forms.RadioSelect, error_messages={"required": "Select what you decide"}
    )

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = {move.name for move in row.machine.moves_from(row.status)}
        self.fields["decision"].choices = [(name, words) for name, words in self.labels.items() if name in moves]
        asked = {name: question for name, question in self.reasons.items() if name in moves}
        for name, question in asked.items():
            self.fields[f"{name}_reason"] = forms.CharField(
                label=question, required=False, max_length=1000, widget=forms.Textarea
            )
        self.conditional = {"decision": {name: f"{name}_reason" for name in asked}}
        self.drawn = {"decision": {"legend_size": "m"}}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        needed = f"{data.get('decision')}_reason"
        if needed in self.fields and not data.get(needed, "").strip():
            self.add_error(needed, "Enter the reason")
        return data

    def act(self, acts: Acts, **given: Any) -> Any:
        """Do what was decided: the action of that move, with its reason where it needs one."""
        decision = self.cleaned_data["decision"]
        if decision in self.reasons:
            given["reason"] = self.cleaned_data[f"{decision}_reason"]
        return acts[decision](**given)


def house_field(db_field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """A model field's form field: three boxes for dates, Django's choice for the rest."""
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        kwargs.pop("widget", None)
        return db_field.formfield(**{"form_class": DateInputField, **kwargs})
    return db_field.formfield(**kwargs)


class GovModelFormMetaclass(ModelFormMetaclass):
    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> type:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(house_field)
        return super().__new__(mcs, name, bases, attrs)


class GovModelForm(HouseWording, forms.ModelForm, metaclass=GovModelFormMetaclass):
    """Base of model forms: dates are asked in three boxes."""


TOO_MANY = Decimal(10**6)
"""More digits than any number of days has: refused as such, and too long for a sum."""

LONGEST_KEY = 18
"""Digits of a key that every database holds."""


def keys_in(sent: Iterable[str]) -> list[int]:
    """The keys among what a browser sent; what is no number, or longer than any key, is left out."""
    return [int(each) for each in sent if each.isdecimal() and len(each) <= LONGEST_KEY]


class RowsField(forms.ModelMultipleChoiceField):
    """Rows to tick. A number longer than any key is no row: asked for it, a database would stop with an error."""

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else ():
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": str(key)})
        return super().clean(value)


class DaysField(forms.DecimalField):
    """Days in quarters, never negative (design, section 7)."""

    def __init__(self, *, least: Decimal = Decimal(0), most: Decimal | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 6)
        super().__init__(min_value=least, max_value=most, decimal_places=2, **kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and abs(value) < TOO_MANY and value % QUARTER:
            label = str(self.label or "Days")
            subject = "Number of days" if "?" in label else label
            raise ValidationError(f"{subject} must be in quarters of a day, like 0.5 or 1.25", code="step")


class PoundsField(forms.DecimalField):
    """Money, never negative; people type “£34,938” as well as “34938”."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal(0), max_digits=9, decimal_places=2, **kwargs)
        self.error_messages["invalid"] = "Enter a sum in pounds, such as 34938 or 1750.50"
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value: Any) -> Any:
        plain = value.replace("£", "").replace(",", "").strip() if isinstance(value, str) else value
        return super().to_python(plain)


class AutocompleteSelect(forms.Select):
    """A long list that one can type into; without JavaScript a plain select.

    `also` are other words, by value, by which a choice is found (R-17.8).
    """

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        also: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__({"data-module": "app-autocomplete", **(attrs or {})}, choices)
        self.also = also or {}
