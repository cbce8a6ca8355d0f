"""Terms, objectives and the declaration."""

from decimal import Decimal
from typing import Any

from django import forms

from astcoord.core import policy
from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import Party, PMSupport
from astcoord.core.wording import number
from astcoord.core.words import say_later
from astcoord.ui.forms import DaysField, GovForm, GovModelForm, RowsField
from astcoord.ui.layout import Fieldset
from placements.agreement.actions.terms import TERMS
from placements.agreement.reads.contracts import who_may_follow
from placements.placement.models import Objective, Placement
from placements.supported.querysets import SupportedQuerySet
from staff.accounts.models import User
from staff.expertise.vocabulary import Weekday, WorkType

ASKED = tuple(name for name in TERMS if name not in ("day_shape", "notice_days"))
"""The shape of the day and the notice are asked once, under P5 and P7."""


INSPECTOR = ("inspector_name", "inspector_role")
FOLLOWS = "Who follows the work"
CO_ORDINATOR, WHO_FOLLOWS = Fieldset(FOLLOWS, "monitor"), Fieldset(FOLLOWS, "monitor", *INSPECTOR)


class TermsForm(GovModelForm):
    """Everything that the contract says of time and of what each side does (R-8.11)."""

    weekday = forms.TypedChoiceField(
        label="Weekday",
        choices=[*Weekday.choices, ("", "Different days")],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select,
    )
    days = DaysField(label="How many days?")
    day_share = forms.TypedChoiceField(
        label="Length of each day",
        choices=[("1", "Whole day"), ("0.5", "Half a day")],
        coerce=Decimal,
        widget=forms.RadioSelect,
    )
    monitor = forms.ModelChoiceField(
        label=say_later("Which co-ordinator follows the work?"),
        queryset=User.objects.none(),
        empty_label="Whoever issues the contract",
        required=False,
    )
    nouns = {
        "host_expectations": "what the host school will do",
        "ast_expectations": say_later("what the AST will do"),
        "work_types": "the kinds of work",
    }
    drawn = {"weekday": {"optional": False}, "monitor": {"optional": False}}
    needed_when = dict.fromkeys(INSPECTOR, "needed before everybody signs")
    layout: tuple[Fieldset, ...] = (
        Fieldset("What for", "subject", "focus", "work_types"),
        Fieldset("When", "days", "starts_on", "ends_on", "weekday", "day_share"),
        Fieldset("What each side does", "host_expectations", "ast_expectations"),
        WHO_FOLLOWS,
    )
    submit_label = "Save the terms"

    class Meta:
        model = Placement
        fields = ASKED
        labels = {
            "focus": "Aims",
            "work_types": "Kinds of work",
            "starts_on": "First day",
            "ends_on": "Last day",
            "host_expectations": "What will the host school do?",
            "ast_expectations": say_later("What will the AST do?"),
            "inspector_name": "Name of the senior education inspector",
            "inspector_role": "Role of the senior education inspector",
        }
        help_texts = {
            "inspector_role": "For example: senior education inspector, primary.",
            "host_expectations": "For example: frees both teachers for an hour afterwards.",
            "ast_expectations": "For example: plans and teaches alongside, leaves materials behind.",
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 3}) for name in ("focus", "host_expectations", "ast_expectations")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("day_share", "days"):  # 1.00 from the database is the choice 1
            self.initial[name] = number(getattr(self.instance, name))
        for name in ("starts_on", "ends_on", "work_types", "host_expectations", "ast_expectations"):
            self.fields[name].required = True
        coordinators: Any = self.fields["monitor"]
        coordinators.queryset = who_may_follow(self.instance.monitor_id, today())
        if policy.in_force().pm_support == PMSupport.NONE:
            self.fields["work_types"].choices = [c for c in WorkType.choices if c[0] != WorkType.TARGETS]
        named = any(getattr(self.instance, name) for name in INSPECTOR)
        if not self.judged_by().senior_inspector and not named:
            for name in INSPECTOR:
                del self.fields[name]
            self.layout = tuple(CO_ORDINATOR if part is WHO_FOLLOWS else part for part in self.layout)

    def judged_by(self) -> Policy:
        """Whether a senior education inspector follows the work is this policy's to say (C16)."""
        return policy.in_force()

    def _post_clean(self) -> None:
        """Whether the terms fit together is for the rules to say, in the action."""

    def terms(self) -> dict[str, Any]:
        """The keyword arguments of `terms.save_terms`."""
        return {name: self.cleaned_data[name] for name in ASKED if name in self.fields}


class ObjectiveForm(GovModelForm):
    """One aim that both schools can check, and whom it concerns."""

    people = RowsField(
        label="Whom does it concern?",
        help_text="Select nobody if it concerns everybody supported. Each says yes on their own page.",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    submit_label = "Save the objective"

    class Meta:
        model = Objective
        fields = ("text", "baseline", "criterion", "evidence")
        labels = {
            "text": "Objective",
            "baseline": "Where do things stand now?",
            "criterion": "What will count as success?",
            "evidence": "What will show it?",
        }
        help_texts = {
            "text": "What pupils or teachers will do that they do not do now.",
            "baseline": "A number, if there is one.",
            "criterion": "By when, and how much.",
            "evidence": "For example, test papers, books, a plan that is used.",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in fields}

    def __init__(self, *args: Any, people: SupportedQuerySet, **kwargs: Any) -> None:
        row = kwargs.get("instance")
        named = list(row.people.values_list("pk", flat=True)) if row else []
        kwargs["initial"] = {"people": named, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["people"]
        asked.queryset = people

    def _post_clean(self) -> None:
        """Constraints are the action's."""


class SignForm(GovForm):
    """Which version, in which capacity, and the declaration (R-8.12)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    party = forms.ChoiceField(choices=Party.choices, widget=forms.HiddenInput)
    declared = forms.BooleanField(
        required=True,
        error_messages={"required": "Tick the declaration to sign"},
    )

    def __init__(self, *args: Any, submit: str, word: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["declared"].label = f"I have read this version of the {word} and I agree to it"
        self.submit_label = submit
