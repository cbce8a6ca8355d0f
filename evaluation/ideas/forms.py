"""An idea brought back (R-10.11)."""

from typing import Any

from django import forms

from astcoord.core.words import say
from astcoord.ui.registers import RegisterForm
from evaluation.ideas.actions import BEGUN
from evaluation.ideas.models import Idea
from placements.placement.models import Placement
from staff.accounts.models import User

HELP = "Your own headteacher and governors read this, so name nobody whom you support."


class IdeaForm(RegisterForm):
    """What the home school gains, and where it comes from; a change keeps where it comes from."""

    submit_label = "Save the idea"

    class Meta:
        model = Idea
        fields = ["placement", "text"]
        labels = {"placement": "Where does it come from?", "text": "What does your own school gain?"}
        help_texts = {"text": HELP}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["placement"]
            return
        mine = (
            Placement.objects.filter(post__user=user, status__in=BEGUN).with_people().order_by("host__name_key", "pk")
        )
        self.fields["placement"].queryset = mine
        self.fields["placement"].label_from_instance = lambda p: f"{p.host.name} ({p.reference})"
        self.fields["placement"].empty_label = None if len(mine) == 1 else say("Select a placement")
