"""Two people load the same list at the same moment: needs a database that really runs two transactions at once."""

import pytest
from django.db import connection, transaction

from astcoord.core.loading import Entry, Outcome
from staff.accounts.models import User
from staff.posts.imports.asts import AstsFile
from staff.posts.models import Post
from tests.cast import make_cast
from tests.placements.letters.test_letters_race import at_once
from tests.staff.posts.test_asts_import import FIELDS, line

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]


def test_r_17_3_two_people_load_the_same_list_and_each_ast_has_one_post() -> None:
    cast = make_cast()
    before = Post.objects.count()
    rows = [[str(cell or "") for cell in line(cast, n, starts_on="1/9/2024")] for n in (2, 4)]
    entries = [Entry(n, dict(zip(FIELDS, cells, strict=True))) for n, cells in enumerate(rows, start=2)]

    @transaction.atomic
    def load() -> Outcome:
        return AstsFile().store(entries, by=cast.coordinator)

    found = at_once(load, times=3)
    assert sorted((len(each.changes), each.unchanged, len(each.errors)) for each in found) == [
        (0, 2, 0),
        (0, 2, 0),
        (2, 0, 0),
    ]
    assert Post.objects.count() == before + 2
    assert User.objects.filter(email__startswith="ast").count() == 2
