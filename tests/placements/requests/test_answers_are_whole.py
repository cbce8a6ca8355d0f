"""An answer that is added to the request is asked for, shown, and taken over by "request again", or a test says so."""

from typing import Any

import pytest
from django.db import models

from astcoord.core.fields import ChoiceSetField
from placements.requests.actions.asking import COPIED
from placements.requests.forms.steps import STEPS
from placements.requests.models import OutreachRequest
from placements.requests.reads import rows_of
from tests.factories import RequestFactory

KEPT_BY_THE_SOFTWARE = {
    *("id", "host", "route", "status", "created_by", "created_at", "submitted_at", "confirmed_by", "again_from"),
    *("realism", "realism_by", "questions", "ending", "ending_note", "look_again_on", "owner"),
}
ALL_OR_NOTHING = {"exclusions": "Yes, all of it"}


def test_every_field_is_an_answer_of_the_school_or_kept_by_the_software() -> None:
    fields = {field.name for field in OutreachRequest._meta.get_fields() if getattr(field, "concrete", False)}
    assert fields == {*OutreachRequest.ANSWERS, *KEPT_BY_THE_SOFTWARE}


def test_every_answer_has_its_page() -> None:
    asked = set().union(*(step.fields for step in STEPS)) - {"people"}
    assert asked == set(OutreachRequest.ANSWERS)


def test_request_again_takes_over_all_but_what_is_of_this_time() -> None:
    left = set(OutreachRequest.ANSWERS) - set(COPIED) - {"priorities"}
    assert left == OutreachRequest.ONLY_THIS_TIME


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize("name", [a for a in OutreachRequest.ANSWERS if a != "priorities"])
def test_every_answer_is_shown(name: str) -> None:
    field: Any = OutreachRequest._meta.get_field(name)
    request = RequestFactory(priorities=[], no_priority_reason="")
    if isinstance(field, ChoiceSetField):
        chosen = [code for code, _ in field.options] if name in ALL_OR_NOTHING else [field.options[-1][0]]
        setattr(request, name, chosen)
        wanted = ALL_OR_NOTHING.get(name, str(field.options[-1][1]))
    elif field.choices:
        setattr(request, name, field.choices[-1][0])
        wanted = str(field.choices[-1][1])
    elif isinstance(field, models.CharField | models.TextField):
        setattr(request, name, "ZQANSWER")
        wanted = "ZQANSWER"
    else:
        value = getattr(request, name)
        wanted = f"{value.day} {value:%B %Y}" if isinstance(field, models.DateField) else f"{value.normalize():f} day"
    assert any(wanted in str(row.value) for row in rows_of(request))
