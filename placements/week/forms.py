"""What the week is narrowed to, in its address. Nothing in it is required, and nothing wrong is complained of."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from astcoord.core.words import say_later
from astcoord.ui.forms import GovForm
from placements.week.reads.chosen import Chosen, choices
from placements.week.reads.sources import sources
from schools.calendar import reads as calendar
from schools.calendar.models import Term
from staff.accounts.models import User

YEARS = range(2000, 2100)
"""In which a week may be asked for."""
MOST = 50
"""ASTs or schools that are listed to be chosen from."""


class NarrowForm(GovForm):
    """An AST, a school, a cluster: of each only where there is more than one to choose from.

    Where there are too many ASTs or schools for a list, their name is typed; what an address chooses by its id stands.
    """

    name = forms.CharField(label=say_later("AST or school"), required=False, max_length=100)
    ast = forms.ChoiceField(label=say_later("AST"), required=False)
    school = forms.ChoiceField(label="School", required=False)
    cluster = forms.ChoiceField(label="Cluster", required=False)

    def __init__(self, query: QueryDict, *, user: User) -> None:
        super().__init__(query)
        fields: Any = self.fields
        typed = False
        for name, found in choices(user).items():
            many = len(found) > MOST and name != "cluster"
            typed |= many
            kept = [each for each in found if not many or each[0] == query.get(name)]
            if kept and len(found) > 1:
                fields[name].choices = [("", "All"), *kept]
            else:
                del fields[name]
        if not typed and not query.get("name"):
            del fields["name"]

    @property
    def chosen(self) -> Chosen:
        ids = {name: int(value) for name in ("ast", "school", "cluster") if (value := self.given(name))}
        return Chosen(**ids, name=self.given("name"), what=self.given("what"))

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """What it is narrowed to, in words."""
        fields: Any = self.fields
        given = [(name, self.given(name)) for name in fields if self.given(name)]
        return tuple(
            (str(fields[name].label), str(dict(getattr(fields[name], "choices", ())).get(value, value)))
            for name, value in given
        )

    def given(self, name: str) -> str:
        """What was chosen; nothing where it makes no sense."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class WeekForm(NarrowForm):
    """The same, and which kind of line."""

    what = forms.ChoiceField(label="What", required=False)

    def __init__(self, query: QueryDict, *, user: User) -> None:
        super().__init__(query, user=user)
        fields: Any = self.fields
        fields["what"].choices = [("", "Everything"), *((kind.code, kind.title) for kind in sources())]


class TermForm(NarrowForm):
    """The same, and of which term."""

    field_order = ["term", "name", "ast", "school", "cluster"]

    term = forms.ChoiceField(label="Term", required=False)

    def __init__(self, query: QueryDict, *, user: User, today: date) -> None:
        self.terms = {term.slug: term for term in Term.objects.select_related("year").order_by("-starts_on")}
        begun = [slug for slug, term in self.terms.items() if term.starts_on <= today]
        self.usual = next(iter([*begun, *self.terms]), "")
        asked = query.copy()
        if asked.get("term") not in self.terms:
            asked["term"] = self.usual
        super().__init__(asked, user=user)
        fields: Any = self.fields
        fields["term"].choices = [(slug, term.name) for slug, term in self.terms.items()]

    @property
    def of_term(self) -> Term | None:
        return self.terms.get(self.given("term") or self.usual)


def day_of(asked: str) -> date | None:
    """An ISO date in an address; None for anything else."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def monday_of(asked: str, today: date) -> date:
    """The Monday of the week that holds an ISO date; of this week, where the address says nothing that is one."""
    return calendar.monday(day_of(asked) or today)
