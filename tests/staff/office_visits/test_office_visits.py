"""The co-ordinator’s own visits: logged, corrected, taken away, counted by school and term (R-3.22)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core.models.history import AuditEvent
from astcoord.core.roles import Role
from staff.accounts.actions.merging import merge
from staff.office_visits.actions import OFFICE_VISITS
from staff.office_visits.models import OfficeVisit
from tests.cast import Cast
from tests.factories import SchoolFactory, person
from tests.schools.pages import boxes
from tests.staff.openings.sending import At
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db
ON, SAID = date(2026, 9, 22), "The head asks two teachers."


def logged(cast: Cast, **said: Any) -> OfficeVisit:
    given = {"kind": "recruiting", "school": cast.host, "post": None, "on": ON, "outcome": SAID, "by": cast.coordinator}
    return OFFICE_VISITS.save(**{**given, **said})


def sent(cast: Cast, **said: Any) -> dict[str, Any]:
    """What the form sends."""
    given = {"kind": "recruiting", "school": cast.host.pk, "post": "", "outcome": SAID}
    return {**boxes("on", said.pop("on", ON)), **given, **said}


def file_of(cast: Cast, **query: str) -> list[str]:
    response = At(cast.coordinator).client.get(At.url("office_visit_figures"), query)
    return b"".join(response).decode("utf-8-sig").splitlines()


def test_r_3_22_a_recruiting_visit_is_counted_by_school_and_term(cast: Cast) -> None:
    """Given a recruiting visit, when reported, then counted by school and term: on the page, in the file, on paper."""
    office = At(cast.coordinator)
    assert "The visit is saved" in office.send("office_visit_add", **sent(cast))
    logged(cast, kind="support", school=cast.home, post=cast.post, on=date(2026, 10, 1))
    logged(cast, school=cast.home, on=date(2026, 9, 30))
    said = office.sees("office_visit_figures")
    assert "Autumn term" in said
    header, *lines = (line.split(",") for line in file_of(cast, export="csv"))
    assert header[0] == "School"
    assert header[-1] == "All"
    counted = {line[0]: (line[1], line[-1]) for line in lines}
    assert counted == {cast.host.name: ("1", "1"), cast.home.name: ("2", "2"), "All visits": ("3", "3")}
    recruiting = {"year": cast.year.slug, "kind": "recruiting", "export": "csv"}
    assert {line.split(",")[0]: line.split(",")[-1] for line in file_of(cast, **recruiting)[1:]} == {
        cast.host.name: "1",
        cast.home.name: "1",
        "All visits": "2",
    }
    kinds = {line.split(",")[0]: line.split(",")[-1] for line in file_of(cast, export="kinds")[1:]}
    assert kinds == {"Support": "1", "Recruiting": "2", "All visits": "3"}
    paper = office.client.get(office.url("office_visit_figures"), {"export": "pdf"})
    assert b"".join(paper)[:4] == b"%PDF"


def test_r_3_22_a_visit_in_the_holidays_is_in_no_term(cast: Cast) -> None:
    logged(cast, on=date(2026, 9, 1))
    cast.year.terms.filter(season="autumn").update(starts_on=date(2026, 9, 3))
    header, first, _ = (line.split(",") for line in file_of(cast, export="csv"))
    assert dict(zip(header, first, strict=True))["Between terms"] == "1"


def test_no_visit_and_a_year_that_is_none(cast: Cast) -> None:
    office = At(cast.coordinator)
    assert "No visit is logged of this school year." in office.sees("office_visit_figures")
    assert "No visit is logged yet." in office.sees("office_visits")
    assert "2026/27" in office.sees("office_visit_figures", query="?year=1066-67&kind=lunch")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on": date(2026, 10, 7)}, "The day of the visit must be today or in the past"),
        ({"on": date(2021, 10, 7)}, "more than three years ago"),
        ({"outcome": "  "}, "Enter what came of the visit"),
        ({"kind": ""}, "There is a problem"),
        ({"school": ""}, "Select the school"),
    ],
)
def test_r_3_22_what_makes_a_visit_wrong(cast: Cast, wrong: dict[str, Any], said: str) -> None:
    assert said in At(cast.coordinator).send("office_visit_add", **sent(cast, **wrong))
    assert not OfficeVisit.objects.exists()


def test_r_3_22_sent_twice_it_is_logged_once(cast: Cast) -> None:
    office = At(cast.coordinator)
    office.send("office_visit_add", **sent(cast))
    assert "This visit is logged already" in office.send("office_visit_add", **sent(cast))
    assert "The visit is saved" in office.send("office_visit_add", **sent(cast, kind="support")), "for something else"
    assert OfficeVisit.objects.count() == 2


def test_r_3_22_a_visit_is_corrected_and_taken_away(cast: Cast) -> None:
    """By another co-ordinator, too; who made it stays."""
    visit = logged(cast, school=cast.home, post=cast.post, kind="support")
    other = At(person("Éloïse Ng", "eloise@marlshire.example", Role.COORDINATOR))
    page = other.client.get(other.url("office_visit_change", visit))
    given = page.context["form"].initial
    assert (given["post"], given["school"]) == (cast.post.pk, cast.home.pk)
    changed = sent(cast, outcome="Nobody was there.", kind="marketing")
    answer = other.client.post(other.url("office_visit_change", visit), changed, follow=True)
    assert "The visit is saved" in text(answer)
    visit.refresh_from_db()
    assert (visit.outcome, visit.post, visit.school, visit.visitor) == (
        "Nobody was there.",
        None,
        cast.host,
        cast.coordinator,
    )
    assert "Nobody was there." in other.sees("office_visit", visit)
    assert "is taken away" in other.send("office_visit_remove", visit)
    assert not OfficeVisit.objects.exists()
    verbs = set(AuditEvent.objects.filter(verb__startswith="visit: ").values_list("verb", flat=True))
    assert verbs == {"visit: added", "visit: changed", "visit: removed"}


def test_r_3_22_what_was_logged_of_a_school_that_closed_can_be_corrected(cast: Cast) -> None:
    visit = logged(cast)
    cast.host.status = "closed"
    cast.host.save()
    assert "The visit is saved" in At(cast.coordinator).send("office_visit_change", visit, **sent(cast, outcome="Yes."))
    assert "There is a problem" in At(cast.coordinator).send("office_visit_add", **sent(cast, kind="support"))


@pytest.mark.parametrize("who", ["administrator", "officer", "consultant", "host_head", "home_head", "ast", "chair"])
def test_r_3_22_nobody_else_reads_or_logs(cast: Cast, who: str) -> None:
    visit = logged(cast, school=cast.home, post=cast.post)
    reader = At(getattr(cast, who))
    for page in ("office_visits", "office_visit_add", "office_visit_figures"):
        assert reader.status(page) == 403, page
    for page in ("office_visit", "office_visit_change"):
        assert reader.status(page, visit) == 403, page
    with pytest.raises(PermissionDenied):
        logged(cast, by=getattr(cast, who))
    with pytest.raises(PermissionDenied):
        OFFICE_VISITS.remove(row=visit, by=getattr(cast, who))


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_ask_the_same_of_the_database_however_many_there_are(cast: Cast, count: int) -> None:
    for number in range(count):
        logged(cast, school=SchoolFactory(name=f"School {number}"), post=cast.post)
    office = At(cast.coordinator)
    office.sees("office_visits")
    for page, most in (("office_visits", 12), ("office_visit_figures", 12)):
        with CaptureQueriesContext(connection) as asked:
            office.sees(page)
        assert len(asked) <= most, (page, len(asked))


def test_r_1_7_visits_go_over_to_the_account_that_goes_on(cast: Cast) -> None:
    twice = person("Bryony Q", "bryony.q@marlshire.example", Role.COORDINATOR)
    visit = logged(cast, by=twice)
    merge(keep=cast.coordinator, other=twice, reason="Entered twice", by=cast.coordinator)
    visit.refresh_from_db()
    assert visit.visitor == cast.coordinator
