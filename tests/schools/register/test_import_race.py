"""Two people store the same file at the same moment: needs a database that really runs two transactions at once."""

import pytest
from django.db import connection

from astcoord.core.models.history import AuditEvent
from schools.register.imports.register import read_register
from schools.register.imports.store import Difference, store
from schools.register.models import School
from tests.placements.letters.test_letters_race import at_once
from tests.schools.register.register import register, row

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]


def test_two_people_store_the_same_register_and_the_second_changes_nothing() -> None:
    data = register(*(row(1 + n, f"School {n}") for n in range(600)))

    def take() -> Difference:
        return store(read_register(data, la="999"), by=None)

    found = at_once(take, times=3)
    assert sorted(len(each.created) for each in found) == [0, 0, 600]
    assert sorted(each.unchanged for each in found) == [0, 600, 600]
    assert School.objects.count() == 600
    assert AuditEvent.objects.count() == 1
