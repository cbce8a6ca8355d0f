"""Teachers who may become ASTs: who puts them forward, who keeps the list, who reads it (R-2.22)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import retention
from astcoord.core.home import tasks_for
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from schools.succession import actions as succession
from staff.accounts.models import User
from staff.aspirants import actions
from staff.aspirants.actions import ASPIRANTS
from staff.aspirants.models import LINE, Aspirant
from staff.aspirants.reads import from_opening
from staff.openings.models import Opening
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory
from tests.schools.pages import boxes, signed_in
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db

SINCE = date(2026, 9, 14)


def url(name: str, *args: Any) -> str:
    return reverse(f"staff:{name}", args=args)


def answers(cast: Cast, **more: Any) -> dict[str, Any]:
    said = {"name": "Odette Farrow", "subject": "mathematics", "readiness": "soon", "note": "Leads numeracy"}
    return {**said, "school": cast.home.pk, **boxes("since", SINCE), **more}


def add(cast: Cast, *, by: User | None = None, **more: Any) -> Aspirant:
    fields = {"name": "Odette Farrow", "school": cast.home, "subject": "mathematics", "readiness": "soon"}
    return ASPIRANTS.save(by=by or cast.coordinator, **{**fields, "since": SINCE, **more})


def test_r_2_22_given_a_vacancy_in_maths_when_filtered_then_maths_aspirants_show(cast: Cast) -> None:
    add(cast)
    add(cast, name="Lysander Pike", subject="english")
    client = signed_in(cast.coordinator)
    page = client.get(url("aspirants"), {"subject": "mathematics"}).content.decode()
    assert "Odette Farrow" in page
    assert "Lysander Pike" not in page
    lines = b"".join(client.get(url("aspirants"), {"subject": "mathematics", "export": "csv"})).decode().splitlines()
    assert lines[1 : lines.index("")] == [
        "Odette Farrow,Hollowbrook School,Secondary,Mathematics and numeracy,Ready within a year,2026-09-14,On the list"
    ]


def test_r_2_22_a_head_puts_forward_and_the_co_ordinator_puts_on_the_list(cast: Cast) -> None:
    head = signed_in(cast.home_head)
    assert head.post(url("aspirant_add"), answers(cast))["Location"] == url("aspirants")  # type: ignore[index]
    row = Aspirant.objects.get()
    assert (row.waits, row.since) == (True, SINCE)
    assert "Put forward, waits for the co-ordinator" in text(head.get(url("aspirants")))
    (task,) = [t for t in tasks_for(cast.coordinator, date(2026, 10, 6)) if "put forward" in t.title]
    assert task.count == 1
    assert "Odette Farrow" in signed_in(cast.coordinator).get(task.url).content.decode()
    office = signed_in(cast.coordinator)
    assert "Put on the list" in text(office.get(url("aspirant", row.pk)))
    assert "Put on the list" not in text(head.get(url("aspirant", row.pk)))
    office.post(url("aspirant_confirm", row.pk))
    row.refresh_from_db()
    assert row.confirmed_on == date(2026, 10, 6)
    office.post(url("aspirant_confirm", row.pk))  # twice is once
    assert AuditEvent.objects.filter(verb="aspirant: put on the list").count() == 1
    told = Message.objects.get(kind="aspirant-answered")
    assert (told.to_email, told.subject) == (cast.home_head.email, "On the list of aspiring ASTs")
    assert "Odette" not in told.body
    assert head.get(url("aspirant_change", row.pk)).status_code == 403, "on the list it is the co-ordinator’s"
    assert not [t for t in tasks_for(cast.coordinator, date(2026, 10, 6)) if "put forward" in t.title]


def test_r_2_22_a_head_has_no_business_with_another_schools_teachers(cast: Cast) -> None:
    add(cast)
    head = signed_in(cast.outsider)
    said = text(head.post(url("aspirant_add"), answers(cast)))
    assert "school" in said
    assert Aspirant.objects.count() == 1
    with pytest.raises(PermissionDenied):
        add(cast, by=cast.outsider, name="Somebody Else")
    row = Aspirant.objects.get()
    for page in ("aspirant", "aspirant_change", "aspirant_off"):
        assert head.get(url(page, row.pk)).status_code == 404, page
    with pytest.raises(PermissionDenied):
        actions.take_off(row=row, because="withdrew", by=cast.outsider)
    for act in (actions.confirm, actions.put_back):
        with pytest.raises(PermissionDenied):
            act(row=row, by=cast.home_head)


def test_g_who_reads_the_list_of_aspirants(cast: Cast) -> None:
    row = add(cast)
    everybody = (
        *(cast.coordinator, cast.administrator, cast.officer, cast.consultant, cast.home_head, cast.outsider),
        *(cast.host_head, cast.chair, cast.ast),
    )
    seen = {user.name for user in everybody if Aspirant.objects.visible_to(user).exists()}
    assert seen == {cast.coordinator.name, cast.consultant.name, cast.home_head.name}
    Aspirant.objects.update(subject="music")
    assert not Aspirant.objects.visible_to(cast.consultant).exists(), "not of the group"
    for person in (cast.administrator, cast.officer, cast.chair, cast.ast):
        assert signed_in(person).get(url("aspirants")).status_code == 403
    assert row.name not in text(signed_in(cast.officer).get(url("recruitment")))


def test_r_16_3_looks_at_the_list_are_recorded(cast: Cast) -> None:
    row = add(cast)
    signed_in(cast.consultant).get(url("aspirants"))
    signed_in(cast.home_head).get(url("aspirant", row.pk))
    looks = AuditEvent.objects.filter(verb__startswith="Viewed").order_by("pk")
    assert [(e.verb, e.by) for e in looks] == [
        ("Viewed: list of aspirants", cast.consultant),
        ("Viewed: aspirant", cast.home_head),
    ]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Enter teacher’s name"),
        ({"subject": "alchemy"}, "Select"),
        ({"readiness": ""}, "how ready the teacher is"),
        ({"school": ""}, "school"),
        (boxes("since", date(2026, 10, 7)), "The day must be today or in the past"),
        (boxes("since", date(1926, 9, 14)), "Check the year"),
        ({"since_day": "31", "since_month": "2"}, "real date"),
        ({"note": "n" * 501}, "500"),
    ],
)
def test_r_2_22_what_is_wrong_is_said_and_nothing_is_stored(cast: Cast, wrong: dict[str, Any], words: str) -> None:
    response = signed_in(cast.coordinator).post(url("aspirant_add"), answers(cast, **wrong))
    assert words in text(response)
    assert not Aspirant.objects.exists()


def test_r_2_22_nobody_is_on_the_list_twice_for_one_subject(cast: Cast) -> None:
    add(cast)
    with pytest.raises(Refused, match="on the list already"):
        add(cast, name="odette  FARROW")
    add(cast, subject="ict")
    add(cast, school=cast.elsewhere)
    assert Aspirant.objects.count() == 3


def test_r_2_22_a_candidate_leads_on_to_the_post(cast: Cast) -> None:
    row = add(cast, by=cast.home_head)
    post = PostFactory(home=cast.home, status="candidate", passed_on=None, starts_on=None)
    office = signed_in(cast.coordinator)
    told = {"because": "candidate", "post": post.pk, "note": "Interviewed in June"}
    elsewhere = PostFactory(status="candidate", passed_on=None, starts_on=None)
    assert "Select" in text(office.post(url("aspirant_off", row.pk), {**told, "post": elsewhere.pk}))
    assert "Leave the post empty" in text(office.post(url("aspirant_off", row.pk), {**told, "because": "withdrew"}))
    assert "Select why" in text(office.post(url("aspirant_off", row.pk), {**told, "because": ""}))
    assert office.post(url("aspirant_off", row.pk), told)["Location"] == row.get_absolute_url()  # type: ignore[index]
    said = text(office.get(row.get_absolute_url()))
    assert "Became a candidate for an AST post. Interviewed in June" in said
    assert url("post", post.pk) in office.get(row.get_absolute_url()).content.decode()
    card = text(office.get(url("post", post.pk)))
    assert "Before the post" in card
    assert "14 September 2026" in card
    assert Aspirant.objects.visible_to(post.user).get() == row, "the person’s own"
    with pytest.raises(Refused, match="off the list already"):
        actions.take_off(row=row, because="withdrew", by=cast.coordinator)
    with pytest.raises(Refused, match="End the candidature there"):
        actions.put_back(row=row, by=cast.coordinator)
    with pytest.raises(Refused, match="so the entry stays"):
        ASPIRANTS.remove(row=row, by=cast.coordinator)


def test_r_2_22_a_head_says_that_a_teacher_withdraws_and_the_co_ordinator_takes_it_back(cast: Cast) -> None:
    row = add(cast)
    head = signed_in(cast.home_head)
    assert "Is not put on the list now" not in text(head.get(url("aspirant_off", row.pk)))
    head.post(url("aspirant_off", row.pk), {"because": "withdrew"})
    row.refresh_from_db()
    assert (row.off_on, row.off_because) == (date(2026, 10, 6), "withdrew")
    assert head.get(url("aspirant_off", row.pk)).status_code == 403
    page = signed_in(cast.coordinator).get(url("aspirants"), {"state": "off"}).content.decode()
    assert "Odette Farrow" in page
    signed_in(cast.coordinator).post(url("aspirant_back", row.pk))
    row.refresh_from_db()
    assert (row.off_on, row.off_because) == (None, "")
    assert next(e.verb for e in AuditEvent.objects.about(row)) == "aspirant: put back on the list"
    row = actions.take_off(row=row, because="moved", by=cast.coordinator)
    add(cast)
    with pytest.raises(Refused, match="on the list already"):
        actions.put_back(row=row, by=cast.coordinator)


def test_r_2_22_of_two_who_take_one_off_the_second_is_told(cast: Cast) -> None:
    row = add(cast)
    actions.take_off(row=row, because="withdrew", by=cast.home_head)
    stale = Aspirant.objects.get(pk=row.pk)
    stale.off_on = None
    with pytest.raises(Refused, match="Reload the page"):
        actions.take_off(row=stale, because="not_now", by=cast.coordinator)
    with pytest.raises(Refused, match="Reload the page"):
        actions.confirm(row=stale, by=cast.coordinator)


def test_r_2_22_a_head_hears_that_a_teacher_is_not_put_on_the_list(cast: Cast) -> None:
    row = add(cast, by=cast.home_head)
    actions.take_off(row=row, because="not_now", note="Ask again next year", by=cast.coordinator)
    assert "not put on" in Message.objects.get(kind="aspirant-answered").body
    assert "Ask again next year" in text(signed_in(cast.home_head).get(row.get_absolute_url()))
    other = add(cast, name="Lysander Pike", by=cast.home_head)
    actions.take_off(row=other, because="withdrew", by=cast.home_head)
    assert Message.objects.filter(kind="aspirant-answered").count() == 1, "nobody is told what they have done"


def test_r_2_22_a_mistake_is_deleted_and_the_trail_keeps_what_it_said(cast: Cast) -> None:
    row = add(cast)
    signed_in(cast.coordinator).post(url("aspirant_remove", row.pk))
    assert not Aspirant.objects.exists()
    gone = AuditEvent.objects.get(verb="aspirant: removed")
    assert gone.before["name"] == "Odette Farrow"


def test_r_2_22_the_database_holds_what_belongs_together(cast: Cast) -> None:
    row = add(cast)
    for wrong in ({"off_on": SINCE}, {"off_because": "withdrew"}, {"post": cast.post}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Aspirant.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize(
    ("name", "typed"), [("Zoë O’Néill", "oneill zoe"), ("Ольга Ивлева", "ивлева"), ("李 明", "明")]
)
def test_r_17_8_names_are_found_however_they_are_written(cast: Cast, name: str, typed: str) -> None:
    add(cast, name=name)
    add(cast, name="Somebody Else")
    page = signed_in(cast.coordinator).get(url("aspirants"), {"name": typed}).content.decode()
    assert name in page
    assert "Somebody Else" not in page


def test_r_17_6_aspirants_go_with_their_school(cast: Cast) -> None:
    row, gone = add(cast), add(cast, name="Lysander Pike")
    actions.take_off(row=gone, because="moved", by=cast.coordinator)
    new = SchoolFactory(name="Hollowbrook Academy")
    cast.home.status = "closed"
    cast.home.save()
    succession.settle(school=cast.home, successor=new, on=date(2026, 10, 6), by=cast.coordinator)
    row.refresh_from_db()
    gone.refresh_from_db()
    assert (row.school, gone.school) == (new, cast.home)


def test_whoever_is_off_the_list_for_two_years_is_forgotten(cast: Cast) -> None:
    row, kept = add(cast), add(cast, name="Lysander Pike")
    for each in (row, kept):
        actions.take_off(row=each, because="withdrew", by=cast.coordinator)
    Aspirant.objects.filter(pk=row.pk).update(off_on=date(2024, 10, 5))
    Aspirant.objects.filter(pk=kept.pk).update(off_on=date(2024, 10, 6))
    (line,) = [line for line in retention.schedule() if line.what == LINE]
    assert line.apply is not None
    line.apply(date(2026, 10, 6))
    assert list(Aspirant.objects.all()) == [kept]


def test_the_list_costs_the_same_at_one_and_at_thirty(cast: Cast) -> None:
    client = signed_in(cast.coordinator)
    row = add(cast)

    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    addresses = [url("aspirants"), url("aspirant", row.pk)]
    one = [queries(address) for address in addresses]
    for number in range(29):
        add(cast, name=f"Teacher {number}", school=SchoolFactory())
    assert [queries(address) for address in addresses] == one
    assert one[0] <= 12
    assert one[1] <= 15
    assert Post.objects.count() == 1


def test_r_2_22_a_post_to_fill_leads_to_the_aspirants_of_its_subject(cast: Cast) -> None:
    opening = Opening.objects.create(school=cast.home, subject="mathematics")
    (link,) = from_opening(opening, cast.coordinator)
    assert link == ("Aspiring ASTs of this subject", f"{url('aspirants')}?subject=mathematics")
    assert not list(from_opening(opening, cast.administrator))
