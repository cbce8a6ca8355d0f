"""The schedule goes on past a line that meets an error, undoes that line whole, and tells who looks after it."""

import logging
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astcoord.core import retention, tasks
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.retention import RetentionFailure
from astcoord.core.models.tries import Tries
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 6)
BROKEN = "What cannot be removed"
WORDS = "juno@marlshire.example is still referred to"
TOLD = f"Over its time and not removed: {BROKEN}"


def removed_and_then_raised(today: date) -> int:
    Tries.objects.all().delete()
    raise ValueError(WORDS)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> str:
    """A line before all others that removes something and then fails."""
    line = retention.Line(BROKEN, "whose", "why", "long", "then", "seen", order=0, apply=removed_and_then_raised)
    monkeypatch.setitem(retention._lines, BROKEN, line)
    return BROKEN


@pytest.fixture
def over(db: None) -> Tries:
    """Something that a later line removes."""
    return Tries.objects.create(key="k", until=timezone.now() - timedelta(days=1))


def test_g_a_line_that_fails_keeps_no_other_from_its_turn(broken: str, over: Tries) -> None:
    done = {each.line.what: each for each in retention.apply(ON)}
    assert (done[BROKEN].count, done[BROKEN].failed) == (0, "ValueError")
    assert not Tries.objects.exists()
    assert [each.line.what for each in done.values() if each.failed] == [BROKEN]
    assert tasks.apply_retention() == 0, "the night goes on, too"


def test_g_a_line_that_fails_is_undone_whole(broken: str) -> None:
    kept = Tries.objects.create(key="k", until=timezone.now() + timedelta(days=1))
    retention.apply(ON)
    assert Tries.objects.filter(pk=kept.pk).exists()


def test_g_what_failed_is_told_by_its_kind_and_none_of_its_words(
    broken: str, cast: Cast, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        retention.apply(ON)
    assert BROKEN in caplog.text
    assert "ValueError" in caplog.text
    client.force_login(cast.coordinator)
    home, schedule = (client.get(page).content.decode() for page in ("/tasks/", reverse("staff:retention")))
    assert TOLD in home
    assert "over their time and not removed: 1" in client.get("/").content.decode()
    assert TOLD in schedule
    assert "ValueError" in schedule
    assert WORDS not in caplog.text + home + schedule + str(RetentionFailure.objects.values())


@pytest.mark.parametrize("name", ["administrator", "host_head", "ast"])
def test_nobody_else_reads_of_it(broken: str, cast: Cast, client: Client, name: str) -> None:
    retention.apply(ON)
    client.force_login(getattr(cast, name))
    assert TOLD not in "".join(client.get(page).content.decode() for page in ("/", reverse("staff:retention")))


def test_it_is_told_since_when_and_until_the_line_is_carried_out(
    broken: str, monkeypatch: pytest.MonkeyPatch, clock: Any
) -> None:
    retention.apply(ON)
    first = RetentionFailure.objects.get().since
    clock.shift(timedelta(days=1))
    retention.apply(ON)
    assert RetentionFailure.objects.get().since == first
    assert AuditEvent.objects.filter(verb=retention.NOT_APPLIED).count() == 1, "not one a night"
    monkeypatch.delitem(retention._lines, BROKEN)
    retention.apply(ON)
    assert retention.failures() == []


def test_the_command_carries_out_the_rest_and_ends_with_an_error(broken: str, over: Tries) -> None:
    told = StringIO()
    with pytest.raises(CommandError, match=rf"{BROKEN} \(ValueError\)"):
        call_command("apply_retention", stdout=told)
    assert not Tries.objects.exists()
    assert "Done." not in told.getvalue()


def test_a_line_that_deletes_says_beforehand_how_many(over: Tries) -> None:
    line = retention.deleting(
        lambda today: Tries.objects.filter(until__lt=timezone.now()),
        **{name: name for name in ("what", "whose", "why", "how_long", "then", "seen_by")},
    )
    assert line.due
    assert line.apply
    assert (line.due(ON), line.apply(ON), line.due(ON)) == (1, 1, 0)
    assert (line.what, line.seen_by) == ("what", "seen_by")
