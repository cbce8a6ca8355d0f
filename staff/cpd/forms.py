"""An entry of the CPD log, what came of it, and an offer (R-3.9, R-3.12)."""

from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import AutocompleteSelect, DaysField, GovForm
from astcoord.ui.registers import RegisterForm
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.accounts.querysets import consultant_subjects
from staff.cpd.actions.offers import SAID
from staff.cpd.models import CpdEntry, CpdOffer
from staff.expertise.vocabulary import Subject
from staff.posts.models import Post
from staff.posts.querysets import PostQuerySet


class AstField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.home.name}"


class CpdForm(RegisterForm):
    """One line of the log; of what came from an offer, only how it keeps the AST up to date."""

    submit_label = "Save"
    nouns = {"kind": "what kind it was", "on": "the day", "post": "whose log it is for"}
    drawn = {"days": {"classes": "govuk-input--width-3"}}

    post = AstField(label="Whose log?", queryset=Post.objects.none(), empty_label=say_later("Choose an AST"))
    on = DateInputField(label="Day", help_text="Of something longer, the first.")
    days = DaysField(label="How many days?", help_text="0 for reading and the like. No time is taken from the budget.")

    class Meta:
        model = CpdEntry
        fields = ["post", "kind", "what", "on", "days", "keeps_up"]
        labels = {
            "kind": "What kind?",
            "what": "What was it?",
            "keeps_up": say_later("How does it keep you, or the AST, up to date?"),
        }
        help_texts = {
            "keeps_up": say_later("The AST’s headteacher can read it. Name no pupil and nobody who is supported.")
        }
        widgets = {"kind": forms.RadioSelect, "keeps_up": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, posts: PostQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = CpdEntry._meta.get_field("kind").choices
        fields["post"].queryset = posts
        fields["post"].widget = AutocompleteSelect(choices=fields["post"].choices)
        self.only: Post | None = None
        if self.instance.pk:
            del self.fields["post"]
        elif len(alone := posts[:2]) == 1:
            self.only = alone[0]
            del self.fields["post"]
        if self.instance.offer_id:
            for name in ("kind", "what", "on", "days"):
                del self.fields[name]


class EvaluateForm(GovForm):
    """What came of it."""

    edits = True
    submit_label = "Save"
    drawn = {"evaluation": {"rows": 5}}
    nouns = {"evaluation": "what came of it"}

    evaluation = forms.CharField(
        label="What came of it?",
        help_text=say_later("What you, or the AST, saw and will use. The AST’s headteacher can read it."),
        max_length=1000,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, entry: CpdEntry, **kwargs: Any) -> None:
        super().__init__(*args, initial={"evaluation": entry.evaluation}, **kwargs)


class OfferForm(GovForm):
    """What, when, for whom and for how many; a consultant offers to ASTs of the own subjects."""

    submit_label = "Save the offer"
    nouns = {"on": "the day", "kind": "what kind it is", "closes_on": "the last day for answers"}
    drawn = {"places": {"classes": "govuk-input--width-3"}, "days": {"classes": "govuk-input--width-3"}}

    kind = forms.ChoiceField(
        label="What kind?",
        choices=CpdOffer._meta.get_field("kind").choices or (),
        widget=forms.RadioSelect,
        error_messages={"required": "Select what kind it is"},
    )
    title = forms.CharField(label="What is offered?", max_length=150)
    about = forms.CharField(
        label="What is it about, and where?", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    on = DateInputField(label="Day", help_text="Of something longer, the first.")
    days = DaysField(label="How many days?")
    places = forms.IntegerField(label="Number of places", min_value=1, max_value=2000)
    closes_on = DateInputField(label="Last day for answers")
    subject = forms.ChoiceField(label=say_later("For ASTs of which subject?"), required=False)
    phase = forms.ChoiceField(label=say_later("For ASTs at which schools?"), required=False)

    def __init__(self, *args: Any, user: User, offer: CpdOffer | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(offer, name) for name in SAID} if offer else {}
        super().__init__(*args, initial=initial, **kwargs)
        fields: Any = self.fields
        mine = consultant_subjects(user)
        if is_office(user):
            fields["subject"].choices = [("", "All subjects"), *Subject.choices]
        else:
            fields["subject"].choices = [(code, words) for code, words in Subject.choices if code in mine]
            fields["subject"].required = True
        phases = CpdOffer._meta.get_field("phase").choices or ()
        fields["phase"].choices = [("", "All phases"), *phases]
        self.edits = offer is not None


def addable(user: User) -> PostQuerySet:
    """ASTs in post for whose log this person may add something."""
    posts = Post.objects.in_post(today()).select_related("user", "home").order_by("user__name_key", "pk")
    if is_office(user):
        return posts
    group = Post.objects.of_group(user).order_by().values("pk")
    return posts.filter(pk__in=group) | posts.filter(user=user)
