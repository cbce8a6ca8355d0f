"""`import_results`: every layout, what is left out and why, twice, and the real files (R-11.10)."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError

from astcoord.core.models.history import AuditEvent
from evaluation.results.models import AttainmentResult
from schools.register.models import School
from tests import SHARED_DATA
from tests.evaluation.results import twins
from tests.evaluation.results.loading import load

pytestmark = pytest.mark.django_db
LEEDS = SHARED_DATA / "leeds"


def figures(**of: object) -> dict[str, Decimal]:
    return {row.measure: row.value for row in AttainmentResult.objects.filter(**of)}


@pytest.fixture(autouse=True)
def _schools() -> None:
    twins.schools()


def test_r_11_10_key_stage_2_with_a_year_in_each_row(tmp_path: Path) -> None:
    last, err, code = load(twins.written(tmp_path, twins.KS2_2017), "--year", "2017")
    found = figures(school__urn=910001)
    assert len(found) == 13
    assert found["ks2_maths"] == 88
    assert found["ks2_maths_prog"] == Decimal("-1.5")
    assert found["ks2_reading_score"] == 108
    assert AttainmentResult.objects.filter(measure="ks2_maths").get().cohort == 24
    assert "Row 3: the figures are of fewer than 3 pupils" in err
    assert "Row 4: Reading Progress, Reading Score" in err
    assert "no figure" in err
    assert "Row 5: no school has URN 999999" in err
    assert "Writing Score" in err.splitlines()[-1], "columns that are not read are said"
    assert last == "created=13 unchanged=0 beside=0 repeated=0 left_out=2 errors=1"
    assert code == 1


def test_r_11_10_codes_in_place_of_figures_are_said(tmp_path: Path) -> None:
    last, err, code = load(twins.written(tmp_path, twins.KS2_2019), "--year", "2019")
    assert figures(school__urn=910001) == {
        "ks2_reading_prog": Decimal("-0.2"),
        "ks2_writing_prog": Decimal("0.5"),
        "ks2_maths_prog": Decimal("-0.6"),
    }
    assert "Row 3: READPROG: suppressed" in err
    assert "Row 3: WRITPROG: too few of the pupils are covered" in err
    assert "Row 3: MATPROG: no pupil was entered" in err
    assert last == "created=3 unchanged=0 beside=0 repeated=0 left_out=3 errors=0"
    assert code == 0


def test_r_11_10_repeated_rows_percentages_over_100_and_rows_to_compare_with(tmp_path: Path) -> None:
    last, err, code = load(twins.written(tmp_path, twins.KS4_2014), "--year", "2014")
    assert figures(school__urn=910001)["gcse_5acem"] == 74
    assert AttainmentResult.objects.filter(school__urn=910001).count() == 7, "the same row again is no second figure"
    assert figures(area="authority")["gcse_5acem"] == 51
    assert figures(area="national")["gcse_5acem"] == Decimal("53.4")
    assert "Row 4: Birchover School: “Expected progress from key stage 2 to 4” must be between 0 and 100" in err
    assert "expected_progress" in figures(school__urn=910002), "the one of mathematics is right"
    assert AttainmentResult.objects.filter(school__urn=910002).count() == 6
    assert "Row 8: the row is of another authority (998)" in err
    beside = AttainmentResult.objects.filter(school__urn=910003, measure="gcse_5acem")
    assert {row.value for row in beside} == {50, 52}
    assert "Row 6: Corley School, Whole school" in err
    assert "52.0% stands beside 50.0% from another row of this file" in err
    assert AttainmentResult.objects.disputed().count() == 2
    assert "Closed since, and their figures kept: Corley School." in err
    assert last == "created=35 unchanged=0 beside=1 repeated=1 left_out=1 errors=1"
    assert code == 1


def test_r_11_10_a_column_that_kept_its_name_is_read_as_what_it_was_in_its_year(tmp_path: Path) -> None:
    load(twins.written(tmp_path, twins.KS4_2016))
    found = figures(school__urn=910001)
    assert found["basics_ac"] == 79, "in 2016 there was no grade 5"
    assert found["ebacc_ac"] == 42
    assert found["attainment_8"] == Decimal("55.4")
    assert "ebacc_aps" not in found
    load(twins.written(tmp_path, twins.KS4_2019), "--year", "2019")
    assert figures(school__urn=910001, year=2019)["basics_5"] == 38
    assert "progress_8" not in figures(school__urn=910002, year=2019)


def test_r_11_10_a_row_for_each_figure(tmp_path: Path) -> None:
    last, err, code = load(twins.written(tmp_path, twins.OWN))
    assert AttainmentResult.objects.get(subject="english").value == Decimal("74.7")
    assert AttainmentResult.objects.get(subject="mathematics").value == 59
    assert AttainmentResult.objects.get(subject="mathematics").source == "own"
    assert "Row 5: Birchover School: “5 or more GCSEs at A* to C” must be between 0 and 100" in err
    assert AttainmentResult.objects.get(year=2009).source == "fft", (
        "the school by its name, the source by its short one"
    )
    assert last == "created=3 unchanged=0 beside=0 repeated=0 left_out=0 errors=1"
    assert code == 1


def test_r_11_10_importing_twice_changes_nothing_and_a_trial_stores_nothing(tmp_path: Path) -> None:
    path = twins.written(tmp_path, twins.KS4_2014)
    assert load(path, "--year", "2014", "--dry-run")[0].startswith("created=35 ")
    assert not AttainmentResult.objects.exists()
    load(path, "--year", "2014")
    before = list(AttainmentResult.objects.order_by("pk").values())
    assert load(path, "--year", "2014")[0].startswith("created=0 unchanged=35 ")
    assert list(AttainmentResult.objects.order_by("pk").values()) == before
    assert AuditEvent.objects.filter(verb="results: imported").count() == 1
    row = AttainmentResult.objects.get(school__urn=910001, measure="value_added")
    assert (row.file_name, row.file_row, row.source) == ("twin.csv", 2, "published")


def test_r_11_10_a_file_of_another_year_or_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"The file is of 2017, and 2018 was asked for"):
        load(twins.written(tmp_path, twins.KS2_2017), "--year", "2018")
    with pytest.raises(CommandError, match=r"are of 2014, not of 2015: check the year"):
        load(twins.written(tmp_path, twins.KS4_2014), "--year", "2015")
    with pytest.raises(CommandError, match="does not say of which year it is"):
        load(twins.written(tmp_path, twins.KS4_2019))
    other = twins.written(tmp_path, "Name,Address\nAldermere School,1 Long Lane\n")
    with pytest.raises(CommandError) as refusal:
        load(other, "--year", "2014")
    assert "READPROG" in str(refusal.value)
    assert "PTAC5EM_PTQ" in str(refusal.value)
    with pytest.raises(CommandError, match="Cannot read"):
        load(tmp_path / "absent.csv", "--year", "2014")
    assert not AttainmentResult.objects.exists()


REAL = [
    *(f"ks2_{year}.csv" for year in (2016, 2017, 2018, 2019)),
    *(f"ks4_{year}.csv" for year in (2014, 2016, 2017, 2018, 2019)),
]


def _schools_of_the_files() -> None:
    """Every school that the files name but each fiftieth, by its number alone."""
    text = "".join((LEEDS / name).read_text("utf-8-sig") for name in REAL)
    urns = sorted(set(map(int, re.findall(r"\b1[0-9]{5}(?=\.0\b|,)", text))))
    known = [urn for n, urn in enumerate(urns) if n % 50]
    School.objects.bulk_create(School(urn=urn, name=f"School {urn}", name_key=f"school {urn}") for urn in known)


@pytest.mark.skipif(not LEEDS.exists(), reason="the published tables are not here: ../shared/data is absent")
@pytest.mark.one_database
@pytest.mark.parametrize("stage", ["ks2", "ks4"])
def test_r_11_10_of_the_real_files_every_row_is_stored_or_said_why_not(stage: str) -> None:
    _schools_of_the_files()
    for name in [each for each in REAL if each.startswith(stage)]:
        path = LEEDS / name
        year = name[4:8]
        last, err, _ = load(path, "--year", year)
        rows = set(range(2, len(path.read_text("utf-8-sig").splitlines()) + 1))
        stored = set(AttainmentResult.objects.filter(file_name=name).values_list("file_row", flat=True))
        said = {int(line) for line in re.findall(r"^Row (\d+):", err, re.MULTILINE)}
        counts = dict(part.split("=") for part in last.split())
        assert int(counts["created"]) > 100, name
        assert len(rows - stored - said) == int(counts["repeated"]), name
        if name == "ks4_2014.csv":
            assert load(path, "--year", year)[0].startswith(f"created=0 unchanged={counts['created']} ")
    assert AttainmentResult.objects.disputed().count() == 0
