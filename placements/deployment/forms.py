"""What the view of deployment can be narrowed to."""

from typing import Any

from django import forms

from astcoord.ui.forms import GovForm
from placements.deployment.reads import NOTHING, UNLINKED, UNSAID, Chosen
from placements.priorities.models import Priority
from placements.priorities.reads import NO_PRIORITY, NONE_SAID
from schools.register.lifecycle import Category, Programme
from schools.register.models import Cluster, School
from staff.expertise.vocabulary import Subject

ALL = ("", "All")


class DeploymentForm(GovForm):
    """Five lists; a value that does not exist narrows nothing."""

    priority = forms.ChoiceField(label="Priority", required=False)
    subject = forms.ChoiceField(label="Subject", choices=[ALL, *Subject.choices], required=False)
    phase = forms.ChoiceField(label="Phase", required=False)
    standing = forms.ChoiceField(
        label="Category or programme",
        choices=[ALL, *Category.choices, *Programme.choices, ("none", NOTHING)],
        required=False,
    )
    cluster = forms.ChoiceField(label="Cluster", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        listed = [(str(each.pk), str(each)) for each in Priority.objects.all()]
        fields["priority"].choices = [ALL, *listed, (UNLINKED, NO_PRIORITY), (UNSAID, NONE_SAID)]
        fields["phase"].choices = [ALL, *School._meta.get_field("phase").flatchoices]
        fields["cluster"].choices = [ALL, *((str(pk), name) for pk, name in Cluster.objects.values_list("pk", "name"))]

    @property
    def chosen(self) -> Chosen:
        self.is_valid()
        return Chosen(**{name: self.cleaned_data.get(name, "") for name in self.fields})
