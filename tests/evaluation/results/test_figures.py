"""Figures: entered, refused, corrected, taken away, and of two the one that counts (R-11.10)."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from evaluation.results import actions, home
from evaluation.results.models import AttainmentResult
from tests.cast import Cast
from tests.evaluation.results.figures import BOTH, entered, example
from tests.evaluation.results.loading import load
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db
ADD = "/results/add/"
MATHS = {"subject": "mathematics", "measure": "gcse_ac", "year": "2009", "value": "68.1", "cohort": "180"}


def page(client: Client, user: Any, url: str, **answers: Any) -> str:
    client.force_login(user)
    response = client.post(url, answers, follow=True) if answers else client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_r_11_10_a_head_enters_by_department_for_the_own_school_alone(client: Client, cast: Cast) -> None:
    said = page(client, cast.host_head, ADD, **{**MATHS, "value": " 68.1 %"})
    assert "The figure is saved." in said
    row = AttainmentResult.objects.get()
    assert (row.school, row.of, row.value, row.cohort, row.source) == (
        cast.host,
        "Mathematics and numeracy",
        Decimal("68.1"),
        180,
        "own",
    )
    assert row.entered_by == cast.host_head
    with pytest.raises(PermissionDenied):
        entered(cast.host_head, cast.elsewhere, 2009, "mathematics", "gcse_ac", "50")
    for other in (cast.officer, cast.consultant, cast.ast, cast.chair):
        client.force_login(other)
        assert client.get(ADD).status_code == 403
    event = AuditEvent.objects.get(verb="result: entered")
    assert event.after["figure"] == "68.1%"


def test_r_11_10_the_office_enters_for_any_school_and_says_the_source(client: Client, cast: Cast) -> None:
    school = SchoolFactory(name="Ysgol Œuvre Łódź")
    page(client, cast.administrator, ADD, school=str(school.pk), source="fft", **MATHS)
    assert AttainmentResult.objects.get().source == "fft"
    assert "Ysgol Œuvre Łódź" in page(client, cast.coordinator, "/results/?school=ysgol+oeuvre")


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"value": "130"}, "must be between 0 and 100"),
        ({"value": "-1"}, "must be between 0 and 100"),
        ({"value": "many"}, "Figure must be a number"),
        ({"value": "59.125"}, "2 decimal places"),
        ({"year": "2031"}, "The year must be 2026 or earlier"),
        ({"year": "2017"}, "it was measured from 1988 to 2016"),
        ({"year": "99999999"}, "The year must be 2026 or earlier"),
        ({"measure": ""}, "Select the measure"),
        ({"measure": "ks9"}, "Select"),
        ({"subject": ""}, "is of one subject: select it"),
        ({"subject": "music", "measure": "ks2_maths", "year": "2019"}, "is of Mathematics and numeracy: select it"),
        ({"measure": BOTH}, "is of the whole school: select “Whole school”"),
        ({"cohort": "2"}, "fewer than 3 pupils is not kept"),
        ({"cohort": "5000"}, "2,000 or fewer"),
        ({"cohort": "0"}, "fewer than 3 pupils is not kept"),
    ],
)
def test_r_11_10_what_cannot_be_is_refused_in_words(
    client: Client, cast: Cast, wrong: dict[str, str], words: str
) -> None:
    said = page(client, cast.host_head, ADD, **{**MATHS, **wrong})
    assert words in said
    assert "There is a problem" in said
    assert not AttainmentResult.objects.exists()


def test_the_same_figure_twice_is_one(cast: Cast) -> None:
    entered(cast.host_head, cast.host, 2009, "mathematics", "gcse_ac", "68.1")
    with pytest.raises(Refused, match="This figure is there already"):
        entered(cast.host_head, cast.host, 2009, "mathematics", "gcse_ac", "68.10")
    row = AttainmentResult.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_r_11_10_a_second_figure_stands_beside_and_the_office_decides_and_undoes(client: Client, cast: Cast) -> None:
    page(client, cast.host_head, ADD, **MATHS)
    said = page(client, cast.coordinator, ADD, school=str(cast.host.pk), source="published", **{**MATHS, "value": "67"})
    assert "It differs from another one for the same year: both stand" in said
    own, table = AttainmentResult.objects.order_by("pk")
    assert not AttainmentResult.objects.counting().exists()
    assert AttainmentResult.objects.disputed().count() == 2
    assert [task.count for task in home.tasks(cast.coordinator, today())] == [2]
    assert list(home.tasks(cast.host_head, today())) == []
    undecided = page(client, cast.coordinator, "/results/?undecided=on")
    assert "67.0%" in undecided
    assert "68.1%" in undecided

    client.force_login(cast.host_head)
    assert client.get(f"/results/{table.pk}/choose/").status_code == 403
    said = page(client, cast.coordinator, f"/results/{table.pk}/choose/", reason="")
    assert "There is a problem" in page(client, cast.coordinator, f"/results/{table.pk}/choose/", reason=" ")
    said = page(client, cast.coordinator, f"/results/{table.pk}/choose/", reason="It counts late grades, too")
    assert "This figure counts" in said
    assert [row.pk for row in AttainmentResult.objects.counting()] == [table.pk]
    assert not AttainmentResult.objects.disputed().exists()
    assert "It counts late grades, too" in page(client, cast.coordinator, f"/results/{table.pk}/")
    assert "It counts late grades, too" not in page(client, cast.host_head, f"/results/{table.pk}/")

    actions.choose(result=own, reason="The school was right", by=cast.administrator)
    assert [row.pk for row in AttainmentResult.objects.counting()] == [own.pk], "the second who decides overrules"
    client.force_login(cast.coordinator)
    for _ in range(2):
        client.post(f"/results/{own.pk}/undo-choice/")
    assert not AttainmentResult.objects.counting().exists()
    verbs = list(AuditEvent.objects.filter(verb__startswith="result: ch").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["result: chosen", "result: chosen", "result: choice undone"]


def test_a_figure_that_comes_after_the_decision_is_weighed_again(cast: Cast, clock: Any) -> None:
    first = entered(cast.host_head, cast.host, 2009, "mathematics", "gcse_ac", "68.1")
    entered(cast.host_head, cast.host, 2009, "mathematics", "gcse_ac", "66")
    actions.choose(result=first, reason="As published", by=cast.coordinator)
    assert not AttainmentResult.objects.disputed().exists()
    clock.shift(60)
    third = entered(cast.host_head, cast.host, 2009, "mathematics", "gcse_ac", "64")
    assert [row.pk for row in AttainmentResult.objects.disputed()] == [third.pk]
    assert [row.pk for row in AttainmentResult.objects.counting()] == [first.pk], "till then the decision stands"


def test_one_that_no_other_differs_from_needs_no_decision(cast: Cast) -> None:
    row = entered(cast.host_head, cast.host, 2009, "mathematics", "gcse_ac", "68.1")
    with pytest.raises(Refused, match="it counts already"):
        actions.choose(result=row, reason="Why not", by=cast.coordinator)
    with pytest.raises(PermissionDenied):
        actions.choose(result=row, reason="Why not", by=cast.host_head)


def test_r_11_10_corrected_and_taken_away_with_a_reason(client: Client, cast: Cast) -> None:
    row = entered(cast.host_head, cast.host, 2009, "mathematics", "gcse_ac", "68.1", 180)
    url = f"/results/{row.pk}/"
    assert "Enter" in page(client, cast.host_head, f"{url}correct/", value="86.1", cohort="180", reason="")
    drawn = page(client, cast.host_head, f"{url}correct/")
    assert 'value="68.1' in drawn
    page(client, cast.host_head, f"{url}correct/", value="61.8", cohort="180", reason="Two figures were swapped")
    row.refresh_from_db()
    assert row.value == Decimal("61.8")
    event = AuditEvent.objects.get(verb="result: corrected")
    assert (event.before["figure"], event.after["figure"], event.reason) == (
        "68.1%",
        "61.8%",
        "Two figures were swapped",
    )
    for other, code in ((cast.outsider, 404), (cast.chair, 403), (cast.officer, 403), (cast.consultant, 403)):
        client.force_login(other)
        assert client.post(f"{url}take-away/", {"reason": "x"}).status_code == code
    page(client, cast.host_head, f"{url}take-away/", reason="Another school’s")
    assert not AttainmentResult.objects.exists()
    assert AuditEvent.objects.get(verb="result: taken away").before["figure"] == "61.8%"
    with pytest.raises(Refused, match="taken away meanwhile"):
        actions.take_away(result=row, reason="Again", by=cast.host_head)


def test_a_head_changes_nothing_that_was_published(client: Client, cast: Cast) -> None:
    row = entered(cast.coordinator, cast.host, 2009, "mathematics", "gcse_ac", "68.1")
    AttainmentResult.objects.update(source="published")
    client.force_login(cast.host_head)
    assert client.get(f"/results/{row.pk}/correct/").status_code == 403
    assert "Correct the figure" not in page(client, cast.host_head, f"/results/{row.pk}/")
    assert "Correct the figure" in page(client, cast.coordinator, f"/results/{row.pk}/")


def test_r_11_10_a_schools_page_shows_every_measure_by_year(client: Client, cast: Cast) -> None:
    example(cast.host_head, cast.host)
    entered(cast.host_head, cast.host, 2016, "", "attainment_8", "50.1")
    entered(cast.host_head, cast.host, 2017, "", "attainment_8", "46.3")
    url = f"/results/schools/{cast.host.urn}/"
    said = page(client, cast.chair, url)
    assert "5 or more GCSEs at A* to C, with English and mathematics" in said
    assert "The measure changed in 2017: figures from before do not compare with later ones." in said
    assert "Enter a result" not in said
    only = page(client, cast.consultant, url)
    assert "68.1%" in only
    assert "71.7%" not in only
    client.force_login(cast.host_head)
    file = b"".join(client.get(f"{url}?export=csv").streaming_content).decode()
    assert "Mathematics and numeracy: GCSE at A* to C in the subject,2009,68.1%,Not entered" in file
    for other, code in ((cast.outsider, 404), (cast.home_head, 404), (cast.ast, 403)):
        client.force_login(other)
        assert client.get(url).status_code == code
    assert f'href="{url}"' in page(client, cast.host_head, cast.host.get_absolute_url())


def test_the_list_is_filtered_and_its_file_loads_again(
    client: Client, cast: Cast, tmp_path: Any, django_assert_max_num_queries: Any
) -> None:
    example(cast.host_head, cast.host)
    for n in range(30):
        entered(cast.coordinator, SchoolFactory(), 2009, "music", "gcse_ac", str(50 + n))
    client.force_login(cast.coordinator)
    with django_assert_max_num_queries(12):
        said = client.get("/results/").content.decode()
    assert len(said) < 40_000
    assert "36 figures" in said
    assert "1 figure<" in page(client, cast.coordinator, "/results/?subject=mathematics&year=2009&measure=gcse_ac")
    assert "2 figures" in page(client, cast.coordinator, "/results/?subject=whole")
    assert "6 figures" in page(client, cast.host_head, "/results/")
    file = b"".join(client.get("/results/?export=csv").streaming_content)
    path = tmp_path / "results.csv"
    path.write_bytes(file)
    assert load(path)[0] == "created=0 unchanged=6 beside=0 repeated=0 left_out=0 errors=0"
