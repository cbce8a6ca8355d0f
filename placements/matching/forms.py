"""What the browser sends on the match pages."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say_later
from astcoord.ui.forms import DaysField, GovForm, RowsField
from placements.matching.models import Match

YES, NO = "yes", "no"


class ProposeForm(GovForm):
    """Days, and the reason for whoever is not ranked first (R-7.3)."""

    nouns = {"days": "how many days", "lower_choice_reason": say_later("why you choose this AST")}
    submit_label = "Propose this match"

    days = DaysField(label="How many days?", least=Decimal("0.25"))
    lower_choice_reason = forms.CharField(
        label=say_later("Why this AST and not one ranked higher?"),
        help_text=say_later("Kept with the match. The AST and the home headteacher can read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    def __init__(self, *args: Any, rank: int, usable: Decimal, **kwargs: Any) -> None:
        """`usable` days could be given."""
        kwargs["initial"] = {"days": usable.normalize()}
        super().__init__(*args, **kwargs)
        if rank == 1:
            del self.fields["lower_choice_reason"]


class AnswerForm(GovForm):
    """Yes, or no with a reason (R-7.5). The party is part of the page's address, and sent along to be sure."""

    nouns = {"reply": "yes or no", "reason": "why you say no"}
    conditional = {"reply": {NO: "reason"}}
    submit_label = "Send your answer"

    reply = forms.ChoiceField(label="Do you agree?", choices=[(YES, "Yes"), (NO, "No")], widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why not?",
        help_text=say_later("The co-ordinator reads this and looks for somebody else."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    @property
    def yes(self) -> bool:
        return bool(self.cleaned_data["reply"] == YES)


class YesesForm(GovForm):
    """A yes to each that is ticked; none is ticked beforehand, because each is a promise of its own (R-18.6)."""

    submit_label = "Say yes to those ticked"

    matches = RowsField(
        queryset=Match.objects.none(),
        label="Schools that wait for your answer",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Select the schools to which you say yes",
            "invalid_choice": "One of these has been answered or taken back meanwhile. Look again.",
        },
    )

    def __init__(self, *args: Any, waiting: QuerySet[Match], names: bool, **kwargs: Any) -> None:
        """`names`: with the AST's name, for a head who may have several."""
        super().__init__(*args, **kwargs)
        self._names = names
        field: Any = self.fields["matches"]
        field.queryset = waiting
        field.label_from_instance = self._words

    def _words(self, match: Match) -> str:
        asked = match.request
        what = f"{asked.host.name}: {asked.get_subject_display()}, {days_words(match.days)}"
        when = ""
        if asked.wanted_from and asked.wanted_until:
            when = f", {date_words(asked.wanted_from)} to {date_words(asked.wanted_until)}"
        who = f" ({match.post.user.name})" if self._names else ""
        return f"{what}{when}{who}. Answer by {date_words(match.answer_by)}"
