"""What a model must say of its texts before the software starts (docs/decisions/0011)."""

from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from astcoord.core import personal_data, retention
from astcoord.core.checks import THIRD_PARTY, every_text_is_declared
from astcoord.core.models.history import AuditEvent
from astcoord.core.personal_data import Own, PersonalData
from placements.placement.models import Objective
from placements.planning.models import PlanPair


def test_every_text_of_ours_is_declared() -> None:
    assert every_text_is_declared(None) == []


def wrong(declared: PersonalData | None) -> list[str]:
    """What the check says of a model with a number, a code, a text and an address."""
    with isolate_apps("astcoord.core"):

        class Thing(models.Model):
            number = models.IntegerField()
            kind = models.CharField(max_length=1, choices=[("a", "A")])
            text = models.TextField()
            email = models.EmailField()

            class Meta:
                app_label = "core"

            def __str__(self) -> str:
                return self.text

        if declared is not None:
            Thing.personal_data = declared  # type: ignore[attr-defined]
        return list(personal_data.problems(Thing))


def test_a_forgotten_text_is_an_error_and_numbers_and_codes_are_not() -> None:
    assert [each.split()[0] for each in wrong(None)] == ["text", "email"]
    own = (Own(("email",), "x", "y"),)
    assert [each.split()[0] for each in wrong(PersonalData(own=own))] == ["text"]
    assert wrong(PersonalData(own=own, not_personal={"why": ("text",)})) == []
    assert wrong(PersonalData(own=own, case="pk", may_name=("text",))) == []


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (PersonalData(own=(Own(("email", "text"), "x", "y"),), not_personal={"z": ("text",)}), "text is declared 2"),
        (PersonalData(not_personal={"z": ("text", "email", "colour")}), "colour is declared, but there is no such"),
        (PersonalData(may_name=("text", "email")), "a case and columns"),
        (PersonalData(case="pk", not_personal={"z": ("text", "email")}), "a case and columns"),
    ],
)
def test_a_wrong_declaration_is_an_error_too(declared: PersonalData, said: str) -> None:
    [problem] = wrong(declared)
    assert problem.startswith(said)


def test_the_software_does_not_start_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Objective, "personal_data")
    found = [error for error in run_checks() if error.id == "astcoord.E002"]
    assert {error.obj for error in found} == {Objective}
    assert found[0].is_serious()


def test_a_table_for_ever_that_would_not_be_cleaned_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    plain: Any = models.Manager()
    plain.model = PlanPair
    monkeypatch.setattr(PlanPair._meta, "default_manager", plain)
    [error] = every_text_is_declared(None)
    assert "AppendOnlyQuerySet" in error.msg


def test_how_long_is_a_line_of_the_schedule_or_is_said_here() -> None:
    """Five things are kept for as long as they are true, and the schedule has no line for them."""
    lines = {line.what for line in retention.schedule()}
    ours = [model for model in apps.get_models() if not model.__module__.startswith(THIRD_PARTY)]
    assert {own.kept for model in ours for own in personal_data.of(model).own} - lines == {
        "until the next one is entered",
        "until it is confirmed",
        "as long as the row; of supported staff, as long as their names",
        "until the person, or the office, takes it away",
        "until whoever saved it takes it away",
    }


@pytest.mark.django_db
def test_a_row_of_history_has_the_case_of_what_it_is_about() -> None:
    assert personal_data.case_of(None) is None
    assert personal_data.case_of(AuditEvent()) is None
    assert personal_data.case_of(PlanPair(request_id=7)) == 7
    assert personal_data.case_of(AuditEvent(about=PlanPair(request_id=7))) == 7
