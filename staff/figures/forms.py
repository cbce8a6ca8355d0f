"""What figures are narrowed to, and how they are laid out. A value that does not exist narrows nothing."""

from typing import Any

from django import forms
from django.http import QueryDict

from astcoord.core.words import say_later
from astcoord.ui.forms import GovForm
from schools.calendar.models import AcademicYear
from schools.register.lifecycle import Phase
from staff.figures.reads import asts, shares
from staff.posts.lifecycle import PostStatus

ALL = ("", "All")
ONLY = "only_"
FIRST = QueryDict(f"rows=phase&columns=service&{ONLY}status={PostStatus.IN_POST.value}")
"""What the page begins with: those in post, by phase and years as an AST."""


class _Narrowing(GovForm):
    """A form in an address. Nothing in it is required, and nothing wrong in it is complained of."""

    def given(self, name: str) -> str:
        """What was chosen; nothing where it makes no sense."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class StatisticsForm(_Narrowing):
    """A dimension for rows, columns and tables, and a value of each to count alone (R-3.6)."""

    rows = forms.ChoiceField(label="In rows", required=False)
    columns = forms.ChoiceField(label="In columns", required=False)
    split = forms.ChoiceField(label="A table for each", required=False)

    def __init__(self, query: QueryDict, dimensions: asts.Dimensions) -> None:
        self.dimensions = dimensions
        known = {"rows", "columns", "split", *(f"{ONLY}{code}" for code in dimensions)}
        super().__init__(query if known & set(query) else FIRST)
        fields: Any = self.fields
        choices = [(code, each.label) for code, each in dimensions.items()]
        fields["rows"].choices = choices
        fields["columns"].choices = [("", "Only how many"), *choices]
        fields["split"].choices = [("", "One table"), *choices]
        for code, each in dimensions.items():
            fields[f"{ONLY}{code}"] = forms.ChoiceField(label=each.label, choices=[ALL, *each.values], required=False)

    @property
    def chosen(self) -> asts.Chosen:
        """The same thing is never counted twice over: columns like the rows are left out, and so is a split."""
        rows = self.given("rows") or "phase"
        columns, split = self.given("columns"), self.given("split")
        only = {code: self.given(f"{ONLY}{code}") for code in self.dimensions}
        return asts.Chosen(
            rows=rows,
            columns="" if columns == rows else columns,
            split="" if split in (rows, columns) else split,
            only={code: value for code, value in only.items() if value},
        )


class SharesForm(_Narrowing):
    """R-14.3: of which schools."""

    phase = forms.ChoiceField(label="Phase", choices=[ALL, *Phase.choices], required=False)
    schools = forms.ChoiceField(
        label="Schools in the table “By school”",
        choices=[("", say_later("Those with an AST in post")), ("all", "All")],
        required=False,
    )

    @property
    def chosen(self) -> shares.Chosen:
        return shares.Chosen(phase=self.given("phase"), without=self.given("schools") == "all")


class YearForm(_Narrowing):
    """R-3.16: of which school year; the newest that has begun, if of none."""

    year = forms.ChoiceField(label="School year", required=False)

    def __init__(self, query: QueryDict, *, years: list[AcademicYear]) -> None:
        super().__init__(query if "year" in query else None, initial={"year": years[0].slug if years else ""})
        self.years = years
        self.fields["year"].choices = [(each.slug, str(each)) for each in years]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> AcademicYear | None:
        slug = self.given("year") if self.is_bound else ""
        return next((each for each in self.years if each.slug == slug), next(iter(self.years), None))
