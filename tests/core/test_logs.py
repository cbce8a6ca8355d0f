"""Logs as JSON: whatever went wrong with whatever somebody typed, no line holds it."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from astcoord.core import logs, nightly
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Problem, Refused
from tests.cast import Cast
from tests.core.test_settings import ENVIRONMENT, settings_in_production

MARKS = ("Kestrel", "kestrel@marlshire.example", "483920", "quiet-token", "Zephyrine")
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(settings: Any) -> Iterator[Lines]:
    """Everything that is logged from here on, each line read as JSON."""
    settings.LOG_REQUESTS = True
    written: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: written.append(handler.format(record))  # type: ignore[method-assign]
    handler.setFormatter(logs.JsonFormatter())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lambda: [json.loads(line) for line in written]
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def require_clean(found: list[dict[str, Any]]) -> None:
    everything = json.dumps(found, ensure_ascii=False)
    assert not [mark for mark in MARKS if mark.casefold() in everything.casefold()]


@pytest.mark.django_db
def test_a_request_is_told_by_its_number_page_and_row_of_accounts(cast: Cast, client: Client, lines: Lines) -> None:
    client.force_login(cast.coordinator)
    answer = client.get(f"{reverse('schools:list')}?q=Kestrel&code=483920")
    (line,) = [found for found in lines() if found["message"] == "request"]
    assert line["request"] == answer.headers["X-Request-ID"]
    assert (line["view"], line["user"], line["status"]) == ("schools:list", cast.coordinator.pk, 200)
    require_clean(lines())


@pytest.mark.django_db
def test_errors_and_refusals_leave_nothing_of_what_was_typed(
    cast: Cast, client: Client, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any, **__: Any) -> HttpResponse:
        try:
            raise ValueError("Kestrel <kestrel@marlshire.example>")
        except ValueError as error:
            raise RuntimeError("for Zephyrine") from error

    client.force_login(cast.coordinator)
    client.raise_request_exception = False
    monkeypatch.setattr("astcoord.core.home.tasks_for", breaks)
    assert client.get(f"{reverse('tasks')}?code=483920").status_code == 500
    client.get("/nowhere/Zephyrine/quiet-token/?q=Kestrel")
    client.get("/", headers={"Host": "kestrel.example"})
    client.post(reverse("account_request_login_code"), {"email": "kestrel@marlshire.example"})
    found = lines()
    require_clean(found)
    (error,) = [line for line in found if line["level"] == "ERROR" and "error" in line][:1]
    assert [cause["kind"] for cause in error["error"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert "astcoord/core/views.py" in json.dumps(error["error"])
    assert error["user"] == cast.coordinator.pk


@pytest.mark.django_db
def test_a_refusal_of_the_night_is_told_by_its_row(cast: Cast, lines: Lines) -> None:
    def refuse(row: Policy) -> None:
        raise Refused([Problem("Ms Kestrel is away")])

    nightly.each([cast.policy], refuse)
    (line,) = [found for found in lines() if found["logger"] == "astcoord.core.nightly"]
    assert line["message"] == f"core.Policy {cast.policy.pk} was left for next time: Refused"
    require_clean(lines())


def test_words_of_others_are_left_out_and_values_in_gaps_too(lines: Lines) -> None:
    logging.getLogger("somebody.else").warning("Kestrel wrote")
    logging.getLogger("astcoord.x").warning("%s of %s at %s", "Zephyrine", 3, "2026-10-06")
    logging.getLogger("celery.x").info("Task %(name)s got %(args)s", {"name": "placements.tasks.x", "args": "Kestrel"})
    said = [line["message"] for line in lines()]
    assert said == ["…", "… of 3 at 2026-10-06", "Task placements.tasks.x got …"]
    wrong = logging.LogRecord("astcoord.x", logging.INFO, "", 1, "%d people", ("Kestrel",), None)
    assert json.loads(logs.JsonFormatter().format(wrong))["message"] == "%d people"


def test_outside_a_request_there_is_none(lines: Lines) -> None:
    logging.getLogger("astcoord.x").warning("Something")
    (line,) = lines()
    assert set(line) == {"at", "level", "logger", "message"}


def test_a_number_is_ours_and_not_the_visitors() -> None:
    request = HttpRequest()
    request.META["HTTP_X_REQUEST_ID"] = "Kestrel"
    answer = logs.RequestMiddleware(lambda _: HttpResponse())(request)
    assert answer.headers["X-Request-ID"] not in ("", "Kestrel")


@pytest.mark.parametrize(("chosen", "expected"), [("json", "True"), ("line", "False")])
def test_the_format_is_a_setting(chosen: str, expected: str) -> None:
    assert settings_in_production("settings.LOG_REQUESTS", **ENVIRONMENT, LOG_FORMAT=chosen).stdout.strip() == expected


@pytest.mark.parametrize(("chosen", "expected"), [("json", 1), ("line", 0)])
def test_each_request_has_its_line_without_any_setting_of_levels(chosen: str, expected: int) -> None:
    asked = (
        "[__import__('django').setup(), "
        "__import__('astcoord.core.logs').core.logs.RequestMiddleware(lambda _: __import__('django.http').http."
        "HttpResponse())(__import__('django.http').http.HttpRequest())]"
    )
    result = settings_in_production(asked, **ENVIRONMENT, LOG_FORMAT=chosen)
    assert result.returncode == 0, result.stderr
    assert result.stderr.count('"message": "request"') == expected


def test_another_format_is_refused() -> None:
    assert "LOG_FORMAT is" in settings_in_production("settings.DEBUG", **ENVIRONMENT, LOG_FORMAT="xml").stderr
