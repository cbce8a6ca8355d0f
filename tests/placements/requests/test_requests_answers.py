"""What a head may not ask for, of whom and when: refused on its page, with what to do instead."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from astcoord.core import presets
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.policy import Policy
from placements.requests.models import RequestedStaff
from schools.register.models import SchoolStatus
from tests.cast import Cast
from tests.placements.requests.asking import PAGES, PERSON, begun, errors, url, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(client: Client, cast: Cast) -> Client:
    client.force_login(cast.host_head)
    return client


@pytest.mark.parametrize("preset", list(presets.NAMES))
def test_r_6_4_cover_for_absence_is_refused_in_every_preset(head: Client, cast: Cast, preset: str) -> None:
    Policy.objects.create(valid_from=date(2026, 9, 1), **presets.settings_of(preset))
    draft = begun(head)
    page = head.get(url("request_step", draft.pk, "work")).content.decode()
    assert "Cover for an absent teacher" in page
    response = head.post(url("request_step", draft.pk, "work"), {"work_types": ["supply", "practice"]})
    assert "Ask instead" in errors(response)["work_types"][0]
    draft.refresh_from_db()
    assert draft.work_types == ()


def test_r_6_4_all_exclusions_must_be_ticked(head: Client) -> None:
    draft = begun(head)
    response = head.post(url("request_step", draft.pk, "exclusions"), {"exclusions": ["supply", "references"]})
    assert "exclusions" in errors(response)


def test_r_6_6_appraisal_typed_as_work_is_refused(head: Client) -> None:
    draft = begun(head)
    answers = {"work_types": ["practice"], "other_work": "performance observation for appraisal"}
    assert "other_work" in errors(head.post(url("request_step", draft.pk, "work"), answers))


def test_r_6_6_targets_are_offered_only_where_the_policy_has_them(head: Client, cast: Cast) -> None:
    draft = begun(head)
    work = url("request_step", draft.pk, "work")
    assert b'value="targets"' in head.get(work).content
    Policy.objects.update(pm_support="none")
    assert b'value="targets"' not in head.get(work).content
    assert "work_types" in errors(head.post(work, {"work_types": ["targets"]}))


@pytest.mark.parametrize(("policy", "saved"), [("block", 0), ("override", 1), ("allow", 1)])
def test_r_6_7_serious_difficulty_follows_policy(head: Client, cast: Cast, policy: str, saved: int) -> None:
    Policy.objects.update(teacher_difficulty=policy)
    draft = begun(head)
    head.post(url("request_person_add", draft.pk), {**PERSON, "situation": "serious"})
    assert draft.staff.count() == saved


def test_r_6_7_capability_is_refused_and_never_stored(head: Client, cast: Cast) -> None:
    Policy.objects.update(teacher_difficulty="allow")
    draft = begun(head)
    response = head.post(url("request_person_add", draft.pk), {**PERSON, "situation": "capability"})
    assert "capability" in errors(response)["situation"][0]
    assert not RequestedStaff.objects.exists()
    assert not AuditEvent.objects.filter(about_id=draft.pk, after__icontains="capability").exists()


def test_r_6_7_some_difficulty_is_always_allowed(head: Client) -> None:
    draft = begun(head)
    head.post(url("request_person_add", draft.pk), {**PERSON, "situation": "some"})
    assert draft.staff.get().situation == "some"


def test_r_6_8_a_host_in_a_category_is_refused_with_the_alternatives(head: Client, cast: Cast) -> None:
    draft = whole(head)
    SchoolStatus.objects.create(school=cast.host, kind="category", name="special_measures", starts_on=date(2026, 9, 1))
    response = head.post(url("request_check", draft.pk))
    [error] = response.context["errors"]
    assert "special measures" in error["text"]
    assert "inreach" in error["text"]
    assert "refer" in error["text"]
    response = head.post(url("request_new"))
    assert "inreach" in response.content.decode()


def test_r_6_8_the_category_counts_on_the_first_day_wanted(head: Client, cast: Cast) -> None:
    draft = whole(head)
    SchoolStatus.objects.create(
        school=cast.host,
        kind="category",
        name="special_measures",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 11, 1),
    )
    assert head.post(url("request_check", draft.pk)).status_code == 302


def test_r_6_8_override_and_programmes_let_the_request_through(head: Client, cast: Cast) -> None:
    Policy.objects.update(host_difficulty="override")
    SchoolStatus.objects.create(school=cast.host, kind="category", name="special_measures", starts_on=date(2026, 9, 1))
    assert head.post(url("request_check", whole(head).pk)).status_code == 302


def test_r_6_10_recommended_with_only_one_point_is_refused(head: Client) -> None:
    draft = begun(head)
    person = {**PERSON, "selection": "head", "willingness": ["develop"]}
    response = head.post(url("request_person_add", draft.pk), person)
    assert list(errors(response)) == ["willingness"]
    head.post(url("request_person_add", draft.pk), {**person, "willingness": ["develop", "continue"]})
    saved = draft.staff.get()
    assert saved.willing_to_develop
    assert saved.willing_to_continue


def test_r_6_10_the_head_agrees_to_each_person(head: Client) -> None:
    draft = begun(head)
    response = head.post(url("request_person_add", draft.pk), {**PERSON, "head_agrees": ""})
    assert list(errors(response)) == ["head_agrees"]


@pytest.mark.parametrize("kind", ["teacher", "subject_leader", "nqt", "trainee", "teaching_assistant", "group"])
def test_r_6_13_all_kinds_of_staff_are_accepted(head: Client, kind: str) -> None:
    draft = begun(head)
    head.post(url("request_person_add", draft.pk), {**PERSON, "kind": kind})
    assert draft.staff.get().kind == kind


def test_people_can_be_changed_and_removed(head: Client) -> None:
    draft = whole(head)
    person = draft.staff.get()
    change = url("request_person", draft.pk, person.pk)
    assert "Juno Pettifer" in head.get(change).content.decode()
    head.post(change, {**PERSON, "name": "Juno Pettifer-Vale"})
    assert draft.staff.get().name == "Juno Pettifer-Vale"
    remove = url("request_person_remove", draft.pk, person.pk)
    assert head.get(remove).status_code == 200
    assert draft.staff.exists()
    head.post(remove)
    assert not draft.staff.exists()
    response = head.post(url("request_people", draft.pk))
    assert response.status_code == 200
    assert "Add at least one person" in response.content.decode()


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"days": "0"}, "days"),
        ({"days": "-2"}, "days"),
        ({"days": "1.1"}, "days"),
        ({"days": "40"}, "days"),
        ({"days": "NaN"}, "days"),
        ({"days": "1e9"}, "days"),
        ({"wanted_from_year": "2025"}, "wanted_from"),
        ({"wanted_until_year": "2025"}, "wanted_until"),
        ({"wanted_until_year": "2199"}, "wanted_until"),
        ({"wanted_from_day": "32"}, "wanted_from"),
        ({"weekdays": ["9"]}, "weekdays"),
    ],
)
def test_r_4_3_days_and_dates_must_make_sense(head: Client, change: dict[str, Any], field: str) -> None:
    draft = begun(head)
    response = head.post(url("request_step", draft.pk, "dates"), {**PAGES["dates"], **change})
    assert response.status_code == 200
    assert field in errors(response)
