"""The pages of a file of ASTs."""

from typing import Any, ClassVar

from django import forms

from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.core.words import say, say_later
from astcoord.ui.loading import GoodRowsForm, Pages
from staff.posts.actions.beginning import beyond_capacity
from staff.posts.forms.posts import CapacityField
from staff.posts.imports.asts import AstsFile


class AstsForm(GoodRowsForm):
    """Also whether to write to them at once."""

    submit_label = say_later("Store these ASTs")
    needed_when: ClassVar[Any] = {"capacity_reason": ""}
    invite = forms.BooleanField(label=say_later("Send each new AST an e-mail that says how to sign in"), required=False)

    def __init__(self, *args: Any, changes: int, **kwargs: Any) -> None:
        super().__init__(*args, changes=changes, **kwargs)
        if beyond_capacity(changes):
            self.fields["capacity_reason"] = CapacityField()

    def clean_capacity_reason(self) -> str:
        """One reason for the whole file (R-14.4)."""
        reason: str = self.cleaned_data["capacity_reason"].strip()
        if not reason:
            raise forms.ValidationError(say("Enter why the authority’s capacity is passed"))
        return reason


PAGES = Pages(
    kind=AstsFile(),
    space="staff",
    prefix="import_asts",
    roles=frozenset({Role.COORDINATOR}),
    title=say_later("Import ASTs in post"),
    lead=(
        say_later(
            "For ASTs who were in post before this service began: a row for each. Each gets an "
            "account, a post with its "
            "profile and outreach time, and this year’s days; days that are used already are taken off."
        ),
        "Your own list will do, and you say which column is what. You see what would change before anything is stored. "
        "Who has the post already stays as they are.",
        "The decision of the governors may be left out: these posts were decided on before.",
    ),
    back=(say_later("ASTs"), "staff:posts"),
    thing=say_later("AST"),
    form=AstsForm,
    done=lambda outcome: (
        f"{counted(len(outcome.changes), 'AST')} {'is' if len(outcome.changes) == 1 else 'are'} in post."
    ),
)
