"""What the views of deployment can be narrowed to."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from astcoord.ui.forms import GovForm
from placements.deployment.reads.chosen import NEITHER, NOTHING, Chosen
from placements.deployment.reads.periods import Period, periods, usual
from placements.deployment.reads.rows import UNLINKED, UNSAID, priority_labels
from placements.priorities.reads import NO_PRIORITY, NONE_SAID
from schools.register.lifecycle import Category, Phase, Programme
from schools.register.models import Cluster
from staff.expertise.vocabulary import Subject

ALL = ("", "All")


class DeploymentForm(GovForm):
    """A period and five lists, but for those it does `without`; a value that does not exist narrows nothing."""

    period = forms.ChoiceField(label="Period", required=False)
    priority = forms.ChoiceField(label="Priority", required=False)
    subject = forms.ChoiceField(label="Subject", choices=[ALL, *Subject.choices], required=False)
    phase = forms.ChoiceField(label="Phase", choices=[ALL, *Phase.choices], required=False)
    standing = forms.ChoiceField(
        label="Category or programme",
        choices=[ALL, *Category.choices, *Programme.choices, (NEITHER, NOTHING)],
        required=False,
    )
    cluster = forms.ChoiceField(label="Cluster", required=False)

    def __init__(self, query: QueryDict, *, today: date, without: Sequence[str] = ()) -> None:
        super().__init__(query if set(self.base_fields) & set(query) else None)
        for name in without:
            del self.fields[name]
        self.periods = periods() if "period" in self.fields else []
        self.usual = usual(self.periods, today)
        self.labels = priority_labels() if "priority" in self.fields else {}
        fields: Any = self.fields
        if "period" in fields:
            fields["period"].choices = [(each.slug, each.name) for each in self.periods]
            fields["period"].initial = self.usual.slug if self.usual else ""
        if "priority" in fields:
            listed = [(str(pk), label) for pk, label in self.labels.items()]
            fields["priority"].choices = [ALL, *listed, (UNLINKED, NO_PRIORITY), (UNSAID, NONE_SAID)]
        if "cluster" in fields:
            clusters = Cluster.objects.values_list("pk", "name")
            fields["cluster"].choices = [ALL, *((str(pk), name) for pk, name in clusters)]

    def of_years(self) -> None:
        """Offer whole school years alone."""
        self.periods = [each for each in self.periods if each.whole]
        fields: Any = self.fields
        fields["period"].choices = [(each.slug, each.name) for each in self.periods]

    def given(self, name: str) -> str:
        """What was chosen; nothing where it makes no sense."""
        if not self.is_bound or name not in self.fields:
            return ""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def chosen(self) -> Chosen:
        return Chosen(**{name: self.given(name) for name in Chosen.__dataclass_fields__})

    @property
    def period_chosen(self) -> Period | None:
        slug = self.given("period")
        return next((each for each in self.periods if each.slug == slug), self.usual)

    @property
    def words(self) -> list[tuple[str, str]]:
        """What the page is narrowed to, the period first."""
        period = self.period_chosen
        said = [("Period", period.name)] if period else []
        fields: Any = self.fields
        for name in Chosen.__dataclass_fields__:
            if value := self.given(name):
                said.append((str(fields[name].label), str(dict(fields[name].choices)[value])))
        return said
