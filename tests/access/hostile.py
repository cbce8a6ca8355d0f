"""Values that nobody would enter by mistake, and where to put them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import quote_from_bytes

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from hypothesis import strategies as st

from astcoord.ui.kept import NOT_ANSWERS

LONG = "x" * 10_000
VALUES: tuple[bytes, ...] = tuple(
    value.encode() if isinstance(value, str) else value
    for value in (
        "",
        " ",
        "\x00",
        "a\x00b",
        "-1",
        "0",
        "1",
        "9" * 30,
        "9223372036854775808",
        "2147483648",
        "-0.25",
        "0.1",
        "1e400",
        "NaN",
        "-Infinity",
        "1,5",
        "٣",
        "²",
        "31/02/2026",
        "2026-02-31",
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "2026-13-45T99:99",
        "on",
        "None",
        "null",
        "[]",
        "../../etc/passwd",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "{{ 7*7 }}{% debug %}",
        "=HYPERLINK(1)",
        "\u202eesrever",
        "A\u0300" * 50,
        "\ud7ff\ue000\ufffe\uffff",
        "🦉" * 300,
        "a\r\nSet-Cookie: b=c",
        "a@b\r\nBcc: c@d.example",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"%",
        LONG,
    )
)
PLAUSIBLE: tuple[bytes, ...] = (b"1", b"3", b"12", b"2026", b"0.5", b"2026-11-10", b"on", b"all", b"Some words")
FILES: tuple[bytes, ...] = (
    b"",
    b"\x00" * 2000,
    b"\xff\xfe\x00U",
    b"URN,email\n",
    b"URN,email\n\x00,\x00\n",
    b"URN,email,head_name\n990101,a@b,c,d,e\n990101\n" + b"9" * 40 + b",x\n",
    b'URN,email\n"unclosed,\n',
    b"URN\n" * 3,
    b"PK\x03\x04" + b"\x00" * 100,
    b"a" * 200_000,
)

values = st.one_of(
    st.sampled_from(VALUES),
    st.sampled_from(PLAUSIBLE),
    st.binary(max_size=40),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.integers().map(lambda number: str(number).encode()),
    st.decimals(allow_nan=True).map(lambda number: str(number).encode()),
    st.dates().map(lambda day: day.isoformat().encode()),
)

INPUT = re.compile(r"<(?:input|select|textarea|button)\b[^>]*>", re.IGNORECASE)
NAME = re.compile(r'\bname="([^"]+)"')
TYPE = re.compile(r'\btype="([^"]+)"')
VALUE = re.compile(r'\bvalue="([^"]*)"')
OPTION = re.compile(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
AREA = re.compile(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', re.DOTALL)


def fields_of(page: str) -> tuple[dict[str, list[bytes]], set[str]]:
    """What a page's forms ask for: names with the values that they offer, and which of them take files."""
    found: dict[str, list[bytes]] = {}
    files = set()
    for tag in INPUT.findall(page):
        name = NAME.search(tag)
        if name is None or name[1] in NOT_ANSWERS:
            continue
        offered = found.setdefault(unescape(name[1]), [])
        kind = TYPE.search(tag)
        if kind and kind[1] == "file":
            files.add(name[1])
        value = VALUE.search(tag)
        if value:
            offered.append(unescape(value[1]).encode())
    for name, options in OPTION.findall(page):
        found.setdefault(name, []).extend(unescape(value).encode() for value in VALUE.findall(options))
    for name, text in AREA.findall(page):
        found.setdefault(name, []).append(unescape(text).strip().encode() or b"Some words")
    return found, files


def encoded(pairs: list[tuple[str, bytes]]) -> str:
    """As a browser would send it, for bytes that no browser would send."""
    return "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs)


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("schools\u202e.csv", content, content_type="text/csv")


@contextmanager
def as_strict_as_postgresql() -> Iterator[None]:
    """SQLite stores what PostgreSQL refuses: text with a NUL in it ends the request here as it would there."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        for row in params if many and params else [params or ()]:
            for value in row.values() if isinstance(row, dict) else row:
                if isinstance(value, str) and "\x00" in value:
                    raise ValueError(f"NUL in {sql[:60]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
