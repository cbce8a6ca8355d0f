"""Looking for words: each must be in one of the columns, wherever it stands."""

import pytest

from astcoord.ui.filters import FilterSet, SearchFilter
from schools.register.models import School
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db


class Schools(FilterSet):
    q = SearchFilter("name", "town", label="Name or town contains")

    class Meta(FilterSet.Meta):
        model = School


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("oak", {"Oakfield School", "Royal Oak School"}),
        ("oak royal", {"Royal Oak School"}),
        ("oak eastmarsh", {"Oakfield School"}),
        ("100%", set()),
        ("", {"Oakfield School", "Royal Oak School"}),
        ("x " * 50, set()),
    ],
)
def test_every_word_must_be_in_one_of_the_columns(typed: str, found: set[str]) -> None:
    SchoolFactory(name="Oakfield School", town="Eastmarsh")
    SchoolFactory(name="Royal Oak School", town="Westmarsh")
    assert {school.name for school in Schools({"q": typed}, School.objects.all()).qs} == found
