"""Codes on SQLite, in a file as an installation has it: forty at once are judged no more often than one by one.

The same on PostgreSQL is in `tests/services/test_codes_races.py`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from tests.cast import Cast, make_cast
from tests.services.test_codes_races import AT_ONCE, CONFIRM, asked, others, send_all, signed_in, watched
from tests.services.test_races import at_once
from tests.staff.accounts.test_signin import ask

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_file"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL: tests/services/test_codes_races.py"),
]


@pytest.fixture
def a_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """The test's database as a file: threads on one in memory lock each other out."""
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "data.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        in_memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = in_memory, name


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return watched(monkeypatch)


@pytest.fixture
def cast(a_file: None) -> Cast:
    return make_cast()


def test_of_forty_codes_at_once_three_are_judged_on_sqlite(cast: Cast, judged: list[str]) -> None:
    browser, code = asked(cast.host_head.email)
    answers = send_all(browser, CONFIRM, others(code))
    assert {status for _, status in answers} <= {200, 302}, answers
    assert len(judged) == 3
    browser.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in browser.session, "nor is the right one, afterwards"


def test_one_right_code_sent_forty_times_at_once_signs_in_once_on_sqlite(cast: Cast) -> None:
    browser, code = asked(cast.host_head.email)
    answers = send_all(browser, CONFIRM, [code] * AT_ONCE)
    # A fourth that is sent while the first signs in is one try too many, of a session that has just been replaced.
    assert {status for _, status in answers} <= {302, 400}, answers
    assert signed_in(answers) == 1


def test_a_right_code_sent_by_a_double_click_signs_in_once_on_sqlite(cast: Cast) -> None:
    browser, code = asked(cast.host_head.email)
    answers = send_all(browser, CONFIRM, [code] * 3)
    assert {status for _, status in answers} == {302}, answers
    assert signed_in(answers) == 1


def test_of_forty_asked_for_at_once_three_codes_are_sent_on_sqlite(cast: Cast) -> None:
    answers = at_once(AT_ONCE, lambda: ask(Client(), cast.host_head.email).status_code)
    assert set(answers) == {200}
    assert len(mail.outbox) == 3
