"""The worker goes on past a row that is refused, and says why in the log (R-16.4)."""

import logging

import pytest

from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused
from schools.register.models import School
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db


def test_r_16_4_one_refused_row_does_not_keep_the_rest_and_leaves_nothing_half_written(
    caplog: pytest.LogCaptureFixture,
) -> None:
    schools = [SchoolFactory(name=name) for name in ("Ash", "Birch", "Cedar")]

    def rename(school: School) -> None:
        School.objects.filter(pk=school.pk).update(name=f"{school.name} House")
        if school.name == "Birch":
            raise Refused([Problem("Somebody was quicker.")])

    with caplog.at_level(logging.WARNING, "astcoord.core.nightly"):
        assert each(schools, rename) == 2
    assert sorted(School.objects.values_list("name", flat=True)) == ["Ash House", "Birch", "Cedar House"]
    assert caplog.messages == [f"schools.School {schools[1].pk} was left for next time: Somebody was quicker."]


def test_what_counts_says_how_many() -> None:
    schools = [SchoolFactory() for _ in range(3)]
    assert each(schools, lambda school: school == schools[0]) == 1
    assert each(schools, lambda school: 2) == 6
