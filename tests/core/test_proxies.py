"""Whom a request comes from, behind no proxy, one, or two in a row; and that no visitor chooses it."""

from typing import Any

import pytest

from astcoord.core.proxies import Proxies

OUTER, INNER, VISITOR = "10.0.0.1", "10.0.0.2", "192.0.2.7"


def seen(peer: str, trusted: list[str], **headers: str) -> dict[str, Any]:
    """What the application is told."""
    environ = {
        "REMOTE_ADDR": peer,
        "wsgi.url_scheme": "http",
        **{f"HTTP_{name}": text for name, text in headers.items()},
    }
    Proxies(lambda given, start: given, trusted)(environ, None)
    return environ


@pytest.mark.parametrize(
    ("peer", "said", "visitor"),
    [
        (OUTER, VISITOR, VISITOR),
        (INNER, f"{VISITOR}, {OUTER}", VISITOR),
        (INNER, f"{VISITOR},{OUTER},{OUTER}", VISITOR),
        (INNER, f"198.51.100.1, 127.0.0.1, {VISITOR}, {OUTER}", VISITOR),
        (INNER, f"{OUTER}, {VISITOR}, {OUTER}", VISITOR),
        (INNER, f"198.51.100.1, {VISITOR}", VISITOR),
        (INNER, f"{VISITOR}:5123, {OUTER}:80", VISITOR),
        (INNER, f"[2001:db8::7]:443, {OUTER}", "2001:db8::7"),
        (INNER, "2001:db8::7", "2001:db8::7"),
        (f"::ffff:{INNER}", f"::ffff:{VISITOR}", VISITOR),
        (INNER, "", INNER),
        (INNER, "unknown", INNER),
        (INNER, f"{VISITOR}, unknown, {OUTER}", OUTER),
        (INNER, f"{VISITOR}, ' OR 1=1 --", INNER),
        (INNER, f"{OUTER}, {INNER}", OUTER),
    ],
)
def test_the_visitor_is_the_first_from_the_right_that_is_no_proxy_of_ours(peer: str, said: str, visitor: str) -> None:
    for trusted in ([OUTER, INNER], ["10.0.0.0/24"]):
        assert seen(peer, trusted, X_FORWARDED_FOR=said)["REMOTE_ADDR"] == visitor


@pytest.mark.parametrize("trusted", [[], [OUTER]])
def test_what_a_visitor_says_who_comes_past_the_proxies_is_taken_out(trusted: list[str]) -> None:
    said = {"X_FORWARDED_FOR": "203.0.113.9", "X_FORWARDED_PROTO": "https", "FORWARDED": "for=203.0.113.9"}
    environ = seen(VISITOR, trusted, **said, X_FORWARDED_HOST="evil.example", X_FORWARDED_PORT="1")
    assert environ == {"REMOTE_ADDR": VISITOR, "wsgi.url_scheme": "http"}


@pytest.mark.parametrize(
    ("said", "forwarded", "scheme"),
    [
        ("https", VISITOR, "https"),
        ("HTTPS", VISITOR, "https"),
        ("http", VISITOR, "http"),
        ("https, http", f"{VISITOR}, {OUTER}", "https"),
        ("https, http, http", f"{VISITOR}, {OUTER}", "http"),  # the first is the visitor's own word
        ("gopher", VISITOR, "http"),
        ("", VISITOR, "http"),
    ],
)
def test_how_the_visitor_came_is_what_the_outermost_proxy_says(said: str, forwarded: str, scheme: str) -> None:
    environ = seen(INNER, [OUTER, INNER], X_FORWARDED_FOR=forwarded, X_FORWARDED_PROTO=said)
    assert environ["wsgi.url_scheme"] == scheme
    assert environ.get("HTTP_X_FORWARDED_PROTO", "http") == scheme


@pytest.mark.parametrize("peer", ["", "localhost", "not an address"])
def test_a_peer_without_an_address_is_no_proxy_of_ours(peer: str) -> None:
    assert seen(peer, ["10.0.0.0/8"], X_FORWARDED_FOR=VISITOR)["REMOTE_ADDR"] == peer


@pytest.mark.parametrize("wrong", ["*", "proxy.example", "10.0.0.1/8"])
def test_only_addresses_and_networks_are_proxies(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"does not appear|has host bits"):
        Proxies(None, [wrong])
