"""One placement that was agreed before this system, as the co-ordinator enters it, and its signed paper (R-17.4)."""

from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import AutocompleteSelect, DaysField, GovForm
from astcoord.ui.layout import Fieldset
from placements.papers.rules import ALLOWED, ENDINGS
from placements.taken_in.rules import AIMS_LENGTH, Agreed, aims_of
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.expertise.vocabulary import ALSO_CALLED, Subject, Weekday
from staff.posts.models import Post

FILE_HELP = f"{ALLOWED}. No larger than 10 MB, and without macros"


class PostField(forms.ModelChoiceField):
    """An AST of many, told apart by the home school."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Post.objects.none(), empty_label="", widget=AutocompleteSelect(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.home}"


class TakeInForm(GovForm):
    """What the paper says, and what has come of it so far."""

    submit_label = say_later("Enter this placement")
    drawn = {"aims": {"rows": 4}, "beyond": {"rows": 2}}
    needed_when = {
        "used_this_year": "needed where it began before this school year",
        "beyond": say_later("needed where the AST’s year has too few days left"),
    }
    nouns = {"ast": say_later("the AST"), "beyond": say_later("why it may go beyond the AST’s year")}
    layout = (
        Fieldset("Who", "ast", "host"),
        Fieldset("What was agreed", "subject", "aims", "starts_on", "ends_on", "weekday", "days"),
        Fieldset("What has been used", "used", "used_this_year", "beyond"),
        Fieldset("The signed paper", "agreed_on", "file"),
    )

    ast = PostField(label=say_later("AST"), error_messages={"required": say_later("Select the AST")})
    host = SchoolField(label="Host school", error_messages={"required": "Select the host school"})
    subject = forms.ChoiceField(
        label="Subject",
        choices=[("", ""), *Subject.choices],
        widget=AutocompleteSelect(also=ALSO_CALLED),
        error_messages={"required": "Select the subject"},
    )
    aims = forms.CharField(
        label="Aims",
        help_text="One to a line: each becomes an objective, for reviews to speak of. Do not name staff.",
        max_length=AIMS_LENGTH,
        widget=forms.Textarea,
    )
    starts_on = DateInputField(label="First day")
    ends_on = DateInputField(label="Last day")
    weekday = forms.TypedChoiceField(
        label="Weekday",
        help_text=say_later("The AST’s first outreach day if you choose none"),
        choices=[("", say_later("The AST’s outreach day")), *Weekday.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    days = DaysField(label="Days agreed")
    used = DaysField(label="Days used so far", help_text="0 if none")
    used_this_year = DaysField(
        label="Days used in this school year",
        help_text=say_later("Of those used so far. Leave it empty where the placement began in this school year."),
        required=False,
    )
    beyond = forms.CharField(
        label=say_later("Why may it go beyond the AST’s year?"), max_length=500, required=False, widget=forms.Textarea
    )
    agreed_on = DateInputField(label="Day of the signed paper", required=False)
    file = forms.FileField(
        label="Signed paper, or a scan of it",
        help_text=f"{FILE_HELP}. You can attach it later",
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.in_post_from(today()).select_related("user", "home").prefetch_related("patterns")
        fields: Any = self.fields
        fields["ast"].queryset = posts.order_by("user__name_key", "pk")
        fields["host"].queryset = School.objects.open().by_name()

    def agreed(self) -> Agreed:
        """For the action."""
        data = self.cleaned_data
        same = ("host", "subject", "starts_on", "ends_on", "days", "used", "used_this_year", "weekday", "agreed_on")
        return Agreed(
            post=data["ast"], aims=aims_of(data["aims"]), beyond=data["beyond"], **{name: data[name] for name in same}
        )


class SignedPaperForm(GovForm):
    """The paper that the parties signed."""

    submit_label = "Attach"
    nouns = {"file": "the signed paper"}
    file = forms.FileField(
        label="Select the signed paper, or a scan of it",
        help_text=FILE_HELP,
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
    )
