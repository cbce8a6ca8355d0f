"""A world that is written from memory is the one that was built, for every test anew."""

import pytest
import time_machine
from django.apps import apps

from astcoord.core.models.history import AuditEvent
from schools.register.models import School
from tests.cast import Cast, make_cast
from tests.conftest import NOW
from tests.factories import SchoolFactory, person
from tests.worlds import kept, put_back

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}


def test_from_memory_come_the_rows_that_building_makes() -> None:
    with put_back(), time_machine.travel(NOW, tick=False):
        make_cast()
        built = counts()
    kept(make_cast, NOW)
    assert counts() == built


def test_what_one_test_does_to_it_the_next_does_not_find() -> None:
    with put_back():
        cast = kept(make_cast, NOW)
        cast.ast.name, cast.policy.authority_name = "Changed", "Changed"
        cast.ast.save()
        cast.policy.save()
    cast = kept(make_cast, NOW)
    for thing, field, value in (
        (cast.ast, "name", "Wren Castellow"),
        (cast.policy, "authority_name", "Marlshire County Council"),
    ):
        assert getattr(thing, field) == value
        thing.refresh_from_db()
        assert getattr(thing, field) == value


def test_who_comes_to_it_gets_a_number_that_nobody_has(cast: Cast) -> None:
    before = set(type(cast.ast).objects.values_list("pk", flat=True))
    assert person("Nobody Yet", "nobody-yet@marlshire.example", "officer").pk not in before
    assert SchoolFactory().urn not in {cast.home.urn, cast.host.urn, cast.elsewhere.urn}


def test_what_a_test_does_comes_after_it(cast: Cast) -> None:
    assert not AuditEvent.objects.filter(at__gt=NOW).exists()


def test_where_there_is_something_already_it_is_built_on_top() -> None:
    there = SchoolFactory(name="Already There")
    cast = kept(make_cast, NOW)
    assert set(School.objects.values_list("pk", flat=True)) == {
        there.pk, cast.home.pk, cast.host.pk, cast.elsewhere.pk,
    }  # fmt: skip
