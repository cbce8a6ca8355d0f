"""Estimates beside results: the screen, the file, entry by hand, and who reads them (R-11.12, R-7.4)."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from evaluation.estimates import reads, rules
from evaluation.estimates.actions import ESTIMATES
from evaluation.estimates.models import Estimate
from staff.accounts.models import User
from tests.cast import Cast
from tests.evaluation.estimates.figures import MAPPING, estimate, loaded, result, sent
from tests.factories import RequestFactory, SchoolFactory
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("screen")]

SCREEN = reverse("evaluation:fft_screen")


def screened(user: User, **chosen: str) -> str:
    return text(signed_in(user).get(SCREEN, chosen))


def line(cast: Cast, *, urn: int = 0, subject: str = "Maths", rest: str = "2009,62,55,180") -> str:
    return f"{urn or cast.host.urn},{subject},GCSE at A* to C in the subject,{rest}"


def test_r_11_12_given_actual_under_estimate_when_listed_then_the_department_shows_as_candidate(cast: Cast) -> None:
    estimate(cast.host, cast.coordinator)
    estimate(cast.elsewhere, cast.coordinator, actual=Decimal("70"))
    shown = screened(cast.coordinator)
    assert "Fernleigh Primary School Mathematics and numeracy" in shown
    assert "2009 62.0% 55.0% −7.0 180 None Offer help" in shown
    assert "Stonecross" not in shown


def test_r_11_12_an_estimate_without_an_actual_result_is_no_candidate(cast: Cast) -> None:
    row = estimate(cast.host, cast.coordinator, actual=None)
    assert "Fernleigh" not in screened(cast.coordinator)
    assert "Not entered" in text(signed_in(cast.coordinator).get(row.get_absolute_url()))
    assert not reads.is_candidate(cast.host.pk, "mathematics", 2009)


def test_r_11_12_the_schools_own_results_count_before_what_came_with_the_estimate(cast: Cast) -> None:
    estimate(cast.host, cast.coordinator, actual=None)
    result(cast.host, "50")
    assert "62.0% 50.0% −12.0" in screened(cast.coordinator)
    Estimate.objects.update(actual=Decimal("70"))
    assert "62.0% 50.0% −12.0" in screened(cast.coordinator)


def test_r_11_12_results_that_differ_decide_nothing_until_the_office_has_chosen(cast: Cast) -> None:
    estimate(cast.host, cast.coordinator, actual=None)
    result(cast.host, "50")
    result(cast.host, "64", source="own")
    assert "Fernleigh" not in screened(cast.coordinator)


def test_r_11_12_small_groups_are_flagged_and_can_be_left_out(cast: Cast) -> None:
    estimate(cast.host, cast.coordinator, pupils=8)
    assert "8, a small group" in screened(cast.coordinator)
    assert "Fernleigh" not in screened(cast.coordinator, small="without")


def test_r_11_12_the_screen_says_who_has_help_already_and_who_has_asked(cast: Cast) -> None:
    estimate(cast.host, cast.coordinator)
    estimate(cast.elsewhere, cast.coordinator)
    cast.placement(status="active")
    RequestFactory(host=cast.elsewhere)
    shown = screened(cast.coordinator)
    assert "Has, or had, an AST" in shown
    assert "Has asked for an AST" in shown
    assert "Fernleigh" in screened(cast.coordinator, help="some")
    assert "Fernleigh" not in screened(cast.coordinator, help="none")


def test_r_11_12_the_screen_is_narrowed_and_taken_away_as_shown(cast: Cast) -> None:
    estimate(cast.host, cast.coordinator)
    estimate(cast.elsewhere, cast.coordinator, subject="english")
    sent = signed_in(cast.officer).get(SCREEN, {"subject": "english", "year": "2009", "export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(sent).decode("utf-8-sig"))))
    assert rows[0][:4] == ["School", "Subject", "Measure", "Year"]
    assert [row[0] for row in rows[1:] if row and not row[0].startswith("# ")] == ["Stonecross Primary School"]
    assert rows[1][6] == "-7.0"
    assert "Stonecross" in screened(cast.coordinator, year="nonsense", subject="english")
    assert "Stonecross" not in screened(cast.coordinator, phase="secondary")


def test_r_11_12_where_the_policy_has_no_screen_there_are_no_such_pages(cast: Cast) -> None:
    row = estimate(cast.host, cast.coordinator)
    Policy.objects.update(fft_screen=False)
    client = signed_in(cast.coordinator)
    pages = ("estimates", "fft_screen", "fft_supported", "offers", "import_estimates", "import_estimates_template")
    for url in (row.get_absolute_url(), *(reverse(f"evaluation:{page}") for page in pages)):
        assert client.get(url).status_code == 404, url
    assert "welcome support" not in text(client.get(reverse("more")))


def test_r_11_12_in_the_menu_where_the_policy_has_it(cast: Cast) -> None:
    assert "Might welcome support" in text(signed_in(cast.coordinator).get(reverse("more")))
    assert "Estimates" in text(signed_in(cast.host_head).get(reverse("more")))


def test_r_11_12_who_reads_which_estimates(cast: Cast) -> None:
    """As results (section G): never a list of other schools for a school."""
    rows = {"maths": estimate(cast.host, cast.coordinator), "far": estimate(cast.elsewhere, cast.coordinator)}
    rows["art"] = estimate(cast.host, cast.coordinator, subject="art")
    cast.placement(status="active")
    read = {
        cast.administrator: {"maths", "far", "art"},
        cast.officer: {"maths", "far", "art"},
        cast.consultant: {"maths", "far"},
        cast.host_head: {"maths", "art"},
        cast.chair: {"maths", "art"},
        cast.outsider: {"far"},
        cast.ast: {"maths"},
        cast.home_head: set(),
    }
    for user, may in read.items():
        client = signed_in(user)
        for name, row in rows.items():
            assert (client.get(row.get_absolute_url()).status_code == 200) is (name in may), (user.name, name)
    for user in (cast.host_head, cast.chair, cast.ast):
        assert signed_in(user).get(SCREEN).status_code == 403


def test_r_11_12_a_head_enters_the_own_schools_and_no_other(cast: Cast) -> None:
    client = signed_in(cast.host_head)
    add = reverse("evaluation:estimate_add")
    said = {"subject": "science", "measure": "gcse_ac", "year": "2009", "value": "60", "actual": "52.5", "pupils": "90"}
    assert client.post(add, {**said, "school": cast.elsewhere.pk}).status_code == 200
    assert client.post(add, {**said, "school": cast.host.pk}).status_code == 302
    row = Estimate.objects.get()
    change = reverse("evaluation:estimate_change", args=[row.pk])
    assert client.post(change, {**said, "value": "58", "actual": ""}).status_code == 302
    told = AuditEvent.objects.filter(verb="estimate: changed").get()
    assert (told.before["estimate"], told.after["estimate"]) == ("60", "58")
    with pytest.raises(PermissionDenied):
        ESTIMATES.save(row=row, by=cast.outsider, value=Decimal(1))
    assert signed_in(cast.officer).get(change).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"value": "130"}, "The estimate cannot be 130"),
        ({"actual": "101"}, "The actual cannot be 101"),
        ({"year": "2020"}, "There was no “GCSE at A* to C in the subject” in 2020"),
        ({"measure": "gcse_5acem"}, "is no figure of this subject"),
        ({"pupils": "2"}, "Leave out groups of fewer than 3 pupils"),
        ({"value": "many"}, "Estimate"),
        ({"year": ""}, "Enter the year"),
    ],
)
def test_r_11_12_what_is_wrong_with_an_estimate_is_said(cast: Cast, wrong: dict[str, str], words: str) -> None:
    said = {"school": cast.host.pk, "subject": "mathematics", "measure": "gcse_ac", "year": "2009", "value": "60"}
    shown = text(signed_in(cast.coordinator).post(reverse("evaluation:estimate_add"), {**said, **wrong}))
    assert words in shown
    assert not Estimate.objects.exists()


def test_r_11_12_the_same_is_not_estimated_twice(cast: Cast) -> None:
    estimate(cast.host, cast.coordinator)
    with pytest.raises(Refused, match="already"):
        estimate(cast.host, cast.coordinator, "61")


def test_r_11_12_a_file_is_loaded_once_however_often_it_is_sent(cast: Cast) -> None:
    client = signed_in(cast.administrator)
    rows = (line(cast), line(cast, subject="English and literacy", rest="2008-09,60%,,"))
    assert "2 estimates stored." in text(loaded(client, *rows))
    assert Estimate.objects.count() == 2
    row = Estimate.objects.get(subject="mathematics")
    assert (row.value, row.actual, row.pupils, row.year) == (Decimal(62), Decimal(55), 180, 2009)
    assert Estimate.objects.get(subject="english").actual is None
    loaded(client, *rows)
    assert AuditEvent.objects.filter(verb="estimate: added").count() == 2
    assert not AuditEvent.objects.filter(verb="estimate: changed").exists()
    assert "1 estimate stored." in text(loaded(client, line(cast, rest="2009,63,,")))
    row.refresh_from_db()
    assert (row.value, row.actual) == (Decimal(63), Decimal(55)), "an empty cell changes nothing"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"rest": "2009,130,55,180"}, "The estimate cannot be 130"),
        ({"rest": "2009,62,130%,180"}, "The actual cannot be 130"),
        ({"urn": 42}, "no school has URN 42"),
        ({"subject": "Alchemy"}, "no subject that we know"),
        ({"rest": "2009,,55,180"}, "the row has no estimate"),
        ({"rest": "in May,62,55,180"}, "is not a year"),
        ({"rest": "2009,about 60,55,180"}, "is not a figure for the estimate"),
        ({"rest": "2009,62,55,2"}, "fewer than 3 pupils"),
        ({"rest": "2009,62,55,many"}, "is not a number of pupils"),
        ({"rest": "2020,62,55,180"}, "There was no"),
    ],
)
def test_r_11_12_a_row_that_cannot_be_used_is_named_with_what_to_do(
    cast: Cast, row: dict[str, Any], words: str
) -> None:
    shown = text(loaded(signed_in(cast.coordinator), line(cast, **row)))
    assert words in shown
    assert not Estimate.objects.exists()


def test_r_11_12_a_file_of_another_layout_is_not_guessed(cast: Cast) -> None:
    client = signed_in(cast.coordinator)
    asked = sent(client, "x,1", header="School name,Grade")
    shown = text(client.post(asked.request["PATH_INFO"], {}))
    assert "Choose the column with URN" in shown
    assert "Choose the column with Estimate" in shown
    assert not Estimate.objects.exists()


def test_r_11_12_the_template_that_is_given_out_can_be_read(cast: Cast) -> None:
    client = signed_in(cast.coordinator)
    given = b"".join(client.get(reverse("evaluation:import_estimates_template"))).decode("utf-8-sig")  # type: ignore[arg-type]
    header = next(csv.reader(io.StringIO(given)))
    assert set(header) == set(MAPPING.values())


def test_r_11_12_an_upload_is_its_senders_alone(cast: Cast) -> None:
    at = sent(signed_in(cast.coordinator), line(cast)).request["PATH_INFO"]
    assert signed_in(cast.administrator).get(at).status_code == 404
    assert signed_in(cast.host_head).get(at).status_code == 403


def test_r_11_12_what_help_was_offered_for_is_corrected_and_not_deleted(cast: Cast) -> None:
    row = estimate(cast.host, cast.coordinator)
    client = signed_in(cast.coordinator)
    client.post(reverse("evaluation:offer_make", args=[row.pk]))
    client.post(reverse("evaluation:estimate_remove", args=[row.pk]))
    assert Estimate.objects.filter(pk=row.pk).exists()


def test_r_7_4_given_fft_rows_when_opened_then_they_appear_beside_the_need(cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, evidence_kinds=["inspection"])
    estimate(cast.host, cast.coordinator)
    estimate(cast.host, cast.coordinator, subject="art", value="90")
    result(cast.host, "54.5", year=2008)
    since = {"starts_on": date(2026, 3, 2), "note": "Visited twice."}
    cast.host.statuses.create(kind="category", name="special_measures", **since)
    shown = text(signed_in(cast.coordinator).get(reverse("placements:candidates", args=[asked.pk])))
    assert (
        "GCSE at A* to C in the subject, 2009 Estimate 62.0%, result 55.0%: 7 percentage points under the estimate"
        in shown
    )
    assert "GCSE at A* to C in the subject, 2008 54.5%" in shown
    assert "90" not in shown.split("What the need rests on")[1].split("could help")[0]
    assert "pecial measures, since 2 March 2026. Visited twice." in shown
    assert "Test papers show blank answers" in shown
    assert "By July at least 70%" in shown
    assert "It serves the school’s own plan." in shown


def test_r_7_4_where_nothing_is_known_no_evidence_is_said(cast: Cast) -> None:
    asked = RequestFactory(host=cast.host)
    client = signed_in(cast.coordinator)
    url = reverse("placements:candidates", args=[asked.pk])
    assert "Estimates No evidence" in text(client.get(url))
    Policy.objects.update(fft_screen=False)
    shown = text(client.get(url))
    assert "Fischer" not in shown
    assert "Results No evidence" in shown


def test_r_11_12_later_those_supported_before_and_after(cast: Cast) -> None:
    cast.placement(status="active", starts_on=date(2008, 11, 3))
    for year, found in ((2008, "59"), (2009, "68.1")):
        estimate(cast.host, cast.coordinator, "62", year=year, actual=Decimal(found))
    url = reverse("evaluation:fft_supported")
    shown = text(signed_in(cast.consultant).get(url))
    assert "2008: Estimate 62.0%, result 59.0%: 3 percentage points under the estimate" in shown
    assert "2009: Estimate 62.0%, result 68.1%: 6.1 percentage points over the estimate" in shown
    assert "one contribution among other factors" in shown
    rows = b"".join(signed_in(cast.officer).get(url, {"export": "csv"})).decode()  # type: ignore[arg-type]
    assert "6.1 percentage points over" in rows


def test_r_11_12_a_measure_that_changed_is_not_compared(cast: Cast) -> None:
    cast.placement(status="active", starts_on=date(2019, 9, 10))
    for year in (2019, 2022):
        estimate(cast.host, cast.coordinator, measure="gcse_4", year=year)
    assert reads.MEANING_CHANGED in text(signed_in(cast.officer).get(reverse("evaluation:fft_supported")))


def test_r_11_12_the_words_of_a_difference() -> None:
    assert rules.below_words(Decimal("62"), Decimal("62.0"), "gcse_ac") == "as estimated"
    assert rules.is_small(10)
    assert not rules.is_small(11)
    assert not rules.is_small(None)


@pytest.mark.parametrize("page", ["estimates", "fft_screen", "fft_supported"])
def test_thirty_rows_cost_no_more_than_one(cast: Cast, page: str) -> None:
    url = reverse(f"evaluation:{page}")
    client = signed_in(cast.coordinator)
    estimate(cast.host, cast.coordinator)
    cast.placement(status="active", starts_on=date(2008, 11, 3))
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(29):
        estimate(SchoolFactory(name=f"Øster{number} Škola 学校"), cast.coordinator)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few) <= 12


def test_names_in_other_scripts_are_found(cast: Cast) -> None:
    estimate(SchoolFactory(name="Škola Čtyři 学校"), cast.coordinator)
    assert "Škola Čtyři 学校" in screened(cast.coordinator, school="skola ctyri")
