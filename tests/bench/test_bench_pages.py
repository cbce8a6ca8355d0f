"""`manage.py bench_pages`: the pages' cost is counted, and nothing is left behind."""

from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from astcoord.core.models.history import AuditEvent
from tests.cast import Cast
from tests.placements.active import active


@pytest.mark.django_db
def test_lists_and_things_are_counted_for_a_role_and_nothing_is_kept(cast: Cast) -> None:
    active(cast, objectives=1)
    recorded = AuditEvent.objects.count()
    said = StringIO()
    call_command("bench_pages", runs=1, role=["coordinator"], stdout=said)
    rows = {line.split()[1]: line.split() for line in said.getvalue().splitlines() if line.startswith("coordinator")}
    assert {"home", "placements:queue", "placements:placement_detail"} <= set(rows)
    assert 0 < int(rows["placements:queue"][2]) <= 17  # with who could help with each request, in nine of them
    assert 0 < int(rows["placements:placement_detail"][2]) <= 15
    assert (Session.objects.count(), AuditEvent.objects.count()) == (0, recorded)


@pytest.mark.django_db
def test_an_empty_database_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="load_demo"):
        call_command("bench_pages", runs=1, stdout=StringIO())
