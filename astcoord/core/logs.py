"""Logs as lines of JSON, without personal data by construction (LOG_FORMAT=json).

What a program writes into a log may hold anything: an error quotes what somebody typed, an address has a query. So
nothing is searched for and taken out. Only what cannot be about a person is let through: the words of the source,
numbers, times, names of our own code. A text in a place for a value becomes “…”, an error is told by its kind and its
place.
"""

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from enum import Enum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

LEFT_OUT = "…"
OURS = ("astcoord", "schools", "staff", "placements", "evaluation")
KNOWN = (*OURS, "django", "celery", "kombu", "waitress")
"""Loggers whose messages are words of their source, with what varies apart. Of others only the name is written."""
PLAIN = (int, float, date, datetime, clock_time, timedelta, Enum, type(None))
CODE = re.compile(r"(?:astcoord|core|schools|staff|placements|evaluation|celery|django)(?:\.\w+)+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.+]+)?")

request_now: ContextVar[HttpRequest | None] = ContextVar("request_now", default=None)


class RequestMiddleware:
    """Gives each request a number of its own, which its lines in the log and its answer carry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = uuid.uuid4().hex  # type: ignore[attr-defined]
        token, started = request_now.set(request), time.monotonic()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request.number  # type: ignore[attr-defined]
            if settings.LOG_REQUESTS:
                taken = int((time.monotonic() - started) * 1000)
                facts = {"method": request.method, "status": response.status_code, "milliseconds": taken}
                logger.info("request", extra={"facts": facts})
            return response
        finally:
            request_now.reset(token)


class JsonFormatter(logging.Formatter):
    """One object a line: when, level, logger, words, and of a request its number, page and whose row of accounts."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _words(record),
            **_of_request(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = list(_errors(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def _words(record: logging.LogRecord) -> str:
    """The source's words, with nothing in their gaps that somebody may have typed."""
    whose = record.name.partition(".")[0]
    if whose not in KNOWN or not isinstance(record.msg, str):
        return LEFT_OUT
    if not record.args:
        return record.msg if whose in OURS else LEFT_OUT  # Django's words of a refused address quote it
    try:
        return str(record.msg % _values(record.args))
    except (TypeError, ValueError, KeyError):
        return record.msg


def _values(given: Any) -> Any:
    if isinstance(given, Mapping):
        return {key: _value(value) for key, value in given.items()}
    return tuple(_value(value) for value in given)


def _value(value: Any) -> Any:
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, str) and not isinstance(value, Enum):
        return value if CODE.fullmatch(value) or MOMENT.fullmatch(value) else LEFT_OUT
    return value if isinstance(value, PLAIN) else LEFT_OUT


def _of_request() -> dict[str, Any]:
    request = request_now.get()
    if request is None:
        return {}
    match, person = request.resolver_match, getattr(request, "_cached_user", None)  # asks the database nothing
    return {
        "request": getattr(request, "number", ""),
        "view": match.view_name if match else "",
        "user": getattr(person, "pk", None),
    }


def _errors(error: BaseException) -> Iterator[dict[str, Any]]:
    """The error and what led to it: kinds and places, never what they say."""
    found: BaseException | None = error
    while found is not None:
        frames = traceback.extract_tb(found.__traceback__)
        places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        yield {"kind": f"{type(found).__module__}.{type(found).__qualname__}", "at": places}
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(settings.BASE_DIR):
        return str(path.relative_to(settings.BASE_DIR))
    return "/".join(path.parts[-3:])
