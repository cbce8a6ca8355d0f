"""The authority’s policy as a form, and subject access. Saving a policy adds a newer one (R-16.1)."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from astcoord.core import presets, weights
from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.policy_changes import GROUPS, LABELS, SETTINGS
from astcoord.core.presets.reading import LARGEST, read
from astcoord.core.problems import Problem, Refused
from astcoord.core.wording import QUARTER, number
from astcoord.core.words import say, say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm, GovModelForm, show_problems
from astcoord.ui.layout import Accordion, Field, FormHelper, Layout, Section, Submit
from astcoord.ui.uploads import TableFileForm
from staff.expertise.vocabulary import Subject

NOT_HERE = ("budget_categories", "ranking_weights")
"""The first is a line for each use, the second a number for each part."""

USES = "uses"
"""The field of the uses of a year (R-4.2)."""

DAYS = re.compile(r"\d{1,3}(\.\d{1,2})?")

IN_FULL = (
    *("cap_mode", "pm_support", "host_difficulty", "teacher_difficulty"),
    *("evaluation_model", "induction_before_assessment", "contract_word", "charged_to"),
)
"""Of these, all choices are seen at once."""

WEIGHTS = {part.name: f"weight_{part.name}" for part in weights.PARTS}
"""The field of each part of a match."""


class PolicyForm(GovModelForm):
    """All settings, group by group, from a day on."""

    edits, suggested = True, frozenset({"valid_from"})
    valid_from = DateInputField(label="From which day does this hold?")
    target_by = DateInputField(label=LABELS["target_by"], required=False)
    target_subject = forms.ChoiceField(
        label=LABELS["target_subject"], choices=[("", "None"), *Subject.choices], required=False
    )
    nouns = {"valid_from": "the day from which this holds"}

    class Meta:
        model = Policy
        fields = (*(name for name in SETTINGS if name not in NOT_HERE), "valid_from")
        labels = LABELS
        help_texts = {
            "role_word": "As within a sentence, singular / plural: “leader of education / leaders of education”. Every "
            "page, paper and message says it; what is signed keeps its words.",
            "role_short": "Singular / plural: “SLE / SLEs”",
            "coordinator_word": "Singular / plural: “manager / managers”",
            "placement_word": "Singular / plural: “deployment / deployments”",
            "outreach_fraction": "As a fraction: 0.2 is one day a week",
            "brand_colour": "Such as #0f5c5c",
            "capacity": "A limit: nobody more is put in post without a reason",
            "match_decider": say_later(
                "In either case the AST and the AST’s own headteacher say yes, too. A deployment group, "
                "or a subject network, meets, and its decisions are recorded; else proposing is the co-ordinator’s yes."
            ),
            "target": "An aim, no limit: Recruitment shows how many are wanting",
            "network_interval": "The office hears when half of the term, or of the half-term, has passed without one",
            "record_due_days": say_later("0 for the usual week, after which the AST is reminded"),
            "half_way_review": say_later(
                "When half of the days, or of the time, has gone, the host headteacher and the AST are "
                "asked how it goes; then the co-ordinator decides"
            ),
            "evaluation_to_home_head": "Without the names of the people supported. Else that headteacher reads what "
            "came of each objective",
            "charge_day_rate": "For a whole day that was delivered; a contract in force keeps its own",
            "charge_home_share": say_later("The rest is the authority’s fee"),
            "office_contact": "On every page, letter and message, so that people know whom to ask for",
            "office_hours": "For example Monday to Friday, 9am to 4pm, in term time",
            "office_idle_minutes": "0 for no limit but the 12 hours that hold for everybody",
            "others_idle_minutes": "0 for no limit but the 12 hours that hold for everybody",
            "remember_devices": say_later(
                "Each chooses it when signing in, for a device of their own. Nobody at the authority may, nor whoever "
                "needs a second step"
            ),
            "second_step_roles": say_later(
                "Co-ordinators, administrators and consultants need one in any case. Whoever is "
                "ticked here sets one up at the next page they open, before anything else."
            ),
        }
        widgets = {"office_address": forms.Textarea, "qa_outcomes": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"valid_from": today()})
        super().__init__(*args, **kwargs)
        for name in IN_FULL:
            self.fields[name].widget = forms.RadioSelect(choices=self.fields[name].choices)
        self._add_weights()
        self._add_uses()
        self.helper = FormHelper(self)
        sections = [
            Section(title, *(Field(n, small=True, optional=False) for n in _fields_of(names)))
            for title, names in GROUPS
        ]
        self.helper.layout = Layout(Accordion("policy", *sections), "valid_from", Submit("preview", "Continue"))

    def changes(self) -> dict[str, Any]:
        """For `core.policy_changes.draft`."""
        given = {name: value for name, value in self.cleaned_data.items() if name in SETTINGS}
        return {**given, "ranking_weights": self._weights(), "budget_categories": self.cleaned_data[USES]}

    def clean(self) -> dict[str, Any]:
        """Points must share out a hundred (R-7.1)."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            for problem in weights.problems(self._weights()):
                self.add_error(WEIGHTS[weights.PARTS[0].name], problem.message)
        return cleaned

    def _add_weights(self) -> None:
        now = weights.whole(self.instance.ranking_weights)
        for part in weights.PARTS:
            self.fields[WEIGHTS[part.name]] = forms.IntegerField(
                label=f"{part.title} ({part.unit})",
                help_text=f"{part.hint}. Leave empty for the usual {part.usual}.",
                min_value=0,
                max_value=weights.TOTAL,
                initial=now[part.name],
                required=False,
            )

    def _add_uses(self) -> None:
        """One use a line; the first is for deployment, what is left over is unallocated."""
        now = self.instance.budget_categories
        self.fields[USES] = forms.CharField(
            label=LABELS["budget_categories"],
            help_text=say(
                "One use a line, with its days: “LA deployment: 24”. The first is for placements. Leave empty "
                "where all days are for outreach."
            ),
            widget=forms.Textarea(attrs={"rows": 5}),
            initial="\n".join(f"{name}: {days}" for name, days in now),
            max_length=600,
            required=False,
        )

    def clean_uses(self) -> list[list[str]]:
        """Pairs of a name and its days, each name once; in quarters of a day."""
        found: dict[str, str] = {}
        for line in filter(str.strip, self.cleaned_data[USES].splitlines()):
            name, colon, days = (part.strip() for part in line.rpartition(":"))
            if not (name and colon and DAYS.fullmatch(days)) or len(name) > 60 or Decimal(days) % QUARTER:
                raise forms.ValidationError(f"Enter each use as a name, a colon and days in quarters: “{line.strip()}”")
            if name in found:
                raise forms.ValidationError(f"“{name}” stands there twice")
            found[name] = number(Decimal(days))
        return [[name, days] for name, days in found.items()]

    def _weights(self) -> dict[str, int]:
        given = {name: self.cleaned_data.get(field) for name, field in WEIGHTS.items()}
        return weights.changed({name: number for name, number in given.items() if number is not None})


def _fields_of(names: tuple[str, ...]) -> list[str]:
    """The form fields of a group of settings."""
    shown = (USES if name == "budget_categories" else name for name in names)
    found = [name for name in shown if name not in NOT_HERE]
    return [*found, *WEIGHTS.values()] if "ranking_weights" in names else found


OWN = "own"
"""The choice of a file instead of one of our presets."""


class PresetForm(TableFileForm):
    """Another way of working, to begin from: one of our presets, or a file of an authority's own."""

    largest = LARGEST
    preset = forms.ChoiceField(
        label="Whose way of working do you begin from?",
        help_text="You see every setting that changes before anything is saved, and can change each afterwards.",
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label="The file, if it is one of your own",
        help_text="A TOML file. A setting that it does not name stays as it is.",
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
        required=False,
    )
    text = forms.CharField(widget=forms.HiddenInput, max_length=LARGEST, required=False)
    valid_from = DateInputField(label="From which day does this hold?")
    nouns = {"preset": say_later("an authority"), "valid_from": "the day from which this holds"}
    submit_label = "Continue"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preset"].choices = [*presets.titles(), (OWN, "A file of our own")]

    def clean(self) -> dict[str, Any]:
        """The settings that were chosen, as `chosen`; what the file said goes along until they are saved."""
        data = super().clean() or self.cleaned_data
        try:
            if data.get("preset") == OWN and "file" not in self.errors:
                data["text"] = self._text()
                data["chosen"] = read(data["text"])
            elif data.get("preset"):
                data["chosen"] = presets.of(data["preset"])
        except Refused as refusal:
            show_problems(self, refusal.problems)
        return data

    def _text(self) -> str:
        if file := self.cleaned_data.get("file"):
            try:
                return str(file.read().decode("utf-8-sig"))
            except UnicodeDecodeError as error:
                raise Refused([Problem("The selected file must be text in UTF-8", "file", "R-16.1")]) from error
        if text := self.cleaned_data.get("text"):
            return str(text)
        raise Refused([Problem("Select the file", "file", "R-16.1")])


class SubjectAccessForm(GovForm):
    """Whose data. Sent in the body of the request, so that no name stands in an address or a server's log."""

    who = forms.CharField(
        label="E-mail address or full name",
        max_length=254,
        help_text="Supported staff have no account: they are found by the address or the name that a school gave",
    )
    checked = forms.BooleanField(label="I have checked who is asking, and that the request is about this person")
    submit_label = "Download what is held"
