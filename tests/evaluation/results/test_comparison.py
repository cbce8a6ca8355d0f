"""Before and after, beside what was not supported: points, spans of measures, small groups (R-11.10, R-11.11)."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from evaluation.results import actions, rules
from evaluation.results.models import AttainmentResult
from evaluation.results.reads.comparison import Comparison, comparison_of
from evaluation.results.wording import CONTRIBUTION
from evaluation.reviews.wording import sole_cause_claims
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.results.figures import BOTH, entered, example, in_between
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def past(placement: Placement) -> Placement:
    return in_between(placement)


def compared(cast: Cast, placement: Placement, reader: object = None) -> Comparison:
    return comparison_of(placement, reader or cast.coordinator, TODAY)  # type: ignore[arg-type]


def test_r_11_10_the_change_is_in_percentage_points_with_what_was_not_supported_beside(
    cast: Cast, past: Placement
) -> None:
    example(cast.host_head, cast.host)
    found = compared(cast, past)
    assert (found.before, found.after) == (2008, 2009)
    assert [(line.short, line.before, line.after, line.change) for line in found.lines] == [
        ("Mathematics, A* to C", "59.0%", "68.1%", "+9.1 percentage points"),
        ("5 A* to C, with E and M", "54.3%", "62.4%", "+8.1 percentage points"),
        ("English, A* to C", "74.7%", "71.7%", "−3.0 percentage points"),
    ]
    assert [line.supported for line in found.lines] == [True, False, False]
    assert found.missing == ""


def test_r_11_10_r_11_11_page_and_file_say_it_with_the_contribution(
    client: Client, cast: Cast, past: Placement
) -> None:
    example(cast.host_head, cast.host)
    client.force_login(cast.host_head)
    page = client.get(f"/placements/{past.pk}/results/").content.decode()
    for words in ("+9.1 percentage points", "−3.0 percentage points", "+8.1 percentage points", CONTRIBUTION):
        assert words in page
    assert "<svg" in page
    assert not sole_cause_claims(page, field="")
    file = client.get(f"/placements/{past.pk}/results/?export=csv")
    said = b"".join(file.streaming_content).decode()
    assert "+9.1 percentage points" in said
    assert "−3.0 percentage points" in said
    assert CONTRIBUTION in said


def test_r_11_10_nothing_is_worked_out_across_a_change_of_measure(cast: Cast, placement: Placement) -> None:
    spell = in_between(placement, date(2016, 11, 7), date(2018, 5, 25))
    entered(cast.coordinator, cast.host, 2016, "", "attainment_8", "50.1")
    entered(cast.coordinator, cast.host, 2018, "", "attainment_8", "46.3")
    entered(cast.coordinator, cast.host, 2016, "mathematics", "gcse_ac", "60")
    entered(cast.coordinator, cast.host, 2018, "mathematics", "gcse_4", "61")
    found = compared(cast, spell)
    assert all(not line.change and not line.figures for line in found.lines)
    eight = next(line for line in found.lines if line.measure == "attainment_8")
    assert eight.why_not == "The measure changed between 2016 and 2018, so no change is worked out"
    assert (eight.before, eight.after) == ("50.1", "46.3")
    assert "are not of one measure, so no change is worked out" in found.missing
    assert found.drawings == []


@pytest.mark.parametrize(
    ("measure", "before", "after", "same"),
    [
        ("gcse_5acem", 2008, 2009, True),
        ("gcse_5acem", 2013, 2014, False),
        ("attainment_8", 2016, 2017, False),
        ("attainment_8", 2018, 2019, True),
        ("ks2_reading_score", 2016, 2019, True),
        ("ks2_writing", 2017, 2018, False),
        ("gcse_5acem", 2016, 2017, False),
        ("gcse_4", 2019, 2022, False),
    ],
)
def test_r_11_10_a_measure_meant_the_same_in_its_spans(measure: str, before: int, after: int, same: bool) -> None:
    assert rules.comparable(measure, before, after) is same


def test_r_11_10_beside_it_stands_the_mean_of_other_schools_and_of_how_many(cast: Cast, past: Placement) -> None:
    example(cast.host_head, cast.host)
    for n, (before, after) in enumerate([("50", "52"), ("60", "61"), ("40", "46")]):
        if n == 2:
            line = compared(cast, past).lines[0]
            assert line.others == "Not shown: fewer than 3 other schools"
        school = SchoolFactory()
        entered(cast.coordinator, school, 2008, "mathematics", "gcse_ac", before)
        entered(cast.coordinator, school, 2009, "mathematics", "gcse_ac", after)
    only_once = SchoolFactory()
    entered(cast.coordinator, only_once, 2009, "mathematics", "gcse_ac", "99")
    for year, value in ((2008, "61.2"), (2009, "63.0")):
        row = {"subject": "mathematics", "measure": "gcse_ac", "year": year, "value": value, "source": "published"}
        AttainmentResult.objects.create(area="national", **row)
    line = compared(cast, past).lines[0]
    assert line.others == "+3.0 (3 other schools)"
    assert line.nation == "+1.8"
    assert compared(cast, past).lines[1].others == "No evidence"


def test_r_11_10_a_small_group_is_flagged_and_has_an_interval(cast: Cast, past: Placement) -> None:
    entered(cast.host_head, cast.host, 2008, "mathematics", "gcse_ac", "30", 10)
    entered(cast.host_head, cast.host, 2009, "mathematics", "gcse_ac", "90", 10)
    line = compared(cast, past).lines[0]
    assert line.change == "+60.0 percentage points"
    assert line.pupils == "10 and 10"
    assert line.doubt.startswith("Small group: 10 pupils or fewer")
    assert "95% interval: +17.1 to +80.9 percentage points" in line.doubt, "Newcombe 1998, table II, (b)"


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_proportion_is_as_published(hits: int, of: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3."""
    assert [round(bound, 4) for bound in rules.wilson(hits / of, of)] == [low, high]


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_as_published(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10."""
    found = rules.difference(one[0] / one[1], one[1], other[0] / other[1], other[1])
    assert [round(bound, 4) for bound in found] == [low, high]


def test_without_figures_it_says_so_and_never_nought(cast: Cast, past: Placement) -> None:
    assert compared(cast, past).missing == "No evidence: no results of this school are entered."
    entered(cast.host_head, cast.host, 2008, "", BOTH, "54.3")
    assert compared(cast, past).missing.startswith("No evidence on Mathematics and numeracy")
    entered(cast.host_head, cast.host, 2008, "mathematics", "gcse_ac", "0")
    found = compared(cast, past)
    assert found.missing == "No figure from after the placement is entered yet."
    assert (found.lines[0].before, found.lines[0].after) == ("0.0%", "No evidence")
    assert found.lines[0].change == ""


def test_figures_that_differ_give_no_change_until_the_office_has_chosen(cast: Cast, past: Placement) -> None:
    example(cast.host_head, cast.host)
    second = entered(cast.host_head, cast.host, 2009, "mathematics", "gcse_ac", "66.6")
    line = compared(cast, past).lines[0]
    assert line.after == "Figures differ: the office decides which counts"
    assert line.change == ""
    actions.choose(result=second, reason="The board's letter", by=cast.coordinator)
    assert compared(cast, past).lines[0].change == "+7.6 percentage points"


def test_g_an_ast_reads_the_subject_of_the_own_placement_alone(client: Client, cast: Cast, past: Placement) -> None:
    example(cast.host_head, cast.host)
    assert [line.subject for line in compared(cast, past, cast.ast).lines] == ["mathematics"]
    assert [line.subject for line in compared(cast, past, cast.consultant).lines] == ["mathematics"]
    assert len(compared(cast, past, cast.officer).lines) == 3
    client.force_login(cast.ast)
    page = client.get(f"/placements/{past.pk}/results/").content.decode()
    assert "68.1%" in page
    assert "71.7%" not in page
    assert "62.4%" not in page
    for reader, code in ((cast.home_head, 403), (cast.chair, 403), (cast.outsider, 404), (cast.officer, 200)):
        client.force_login(reader)
        assert client.get(f"/placements/{past.pk}/results/").status_code == code
    assert "Results before and after" not in _placement_page(client, cast.home_head, past)
    assert "Results before and after" in _placement_page(client, cast.ast, past)


def _placement_page(client: Client, reader: object, placement: Placement) -> str:
    client.force_login(reader)  # type: ignore[arg-type]
    return client.get(placement.get_absolute_url()).content.decode()


def test_a_comparison_costs_few_queries_whatever_there_is(
    client: Client, cast: Cast, past: Placement, django_assert_max_num_queries: object
) -> None:
    example(cast.host_head, cast.host)
    rows = []
    for school in [SchoolFactory() for _ in range(30)]:
        for year, subject, measure, value in (
            (2008, "mathematics", "gcse_ac", Decimal(50)),
            (2009, "mathematics", "gcse_ac", Decimal(55)),
        ):
            rows.append(AttainmentResult(school=school, subject=subject, measure=measure, year=year, value=value))
    AttainmentResult.objects.bulk_create(rows)
    client.force_login(cast.host_head)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        page = client.get(f"/placements/{past.pk}/results/").content.decode()
    assert "+5.0 (30 other schools)" in page
