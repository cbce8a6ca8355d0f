"""Who the visitor is behind one proxy or several: only what our own proxies say is believed.

Stands around the whole application, whatever server runs it: waitress knows one proxy or every one, and no list. Each
proxy adds on the right whom it was asked by, so `X-Forwarded-For` is read from the right, past those we know; what a
visitor has put into it stands further left and is never reached. Nobody chooses the address that limits and the audit
trail go by.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

Network = IPv4Network | IPv6Network
SAID = ("X_FORWARDED_FOR", "X_FORWARDED_PROTO", "X_FORWARDED_HOST", "X_FORWARDED_PORT", "X_FORWARDED_BY", "FORWARDED")
"""What proxies say, and visitors may pretend."""


class Proxies:
    """A WSGI application around another. `trusted` holds addresses and networks, as in `10.0.0.5` or `10.0.0.0/24`.

    Raises ValueError for anything else.
    """

    def __init__(self, application: Any, trusted: Iterable[str]) -> None:
        self.application = application
        self.trusted = networks(trusted)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        said = {name: environ.pop(f"HTTP_{name}", "") for name in SAID}
        peer = _address(environ.get("REMOTE_ADDR", ""))
        if peer is not None and self._knows(peer):
            visitor, hops = self._visitor(peer, said["X_FORWARDED_FOR"])
            environ["REMOTE_ADDR"] = environ["REMOTE_HOST"] = str(visitor)
            scheme = _of_the_outermost(said["X_FORWARDED_PROTO"], hops)
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = environ["HTTP_X_FORWARDED_PROTO"] = scheme
        return self.application(environ, start_response)

    def _visitor(self, peer: IPv4Address | IPv6Address, said: str) -> tuple[IPv4Address | IPv6Address, int]:
        """The first from the right that is none of ours, and how many of ours it came through."""
        visitor, hops = peer, 1
        for word in reversed(said.split(",")):
            found = _address(word)
            if found is None:
                break
            visitor = found
            if not self._knows(found):
                break
            hops += 1
        return visitor, hops

    def _knows(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self.trusted)


def networks(trusted: Iterable[str]) -> list[Network]:
    """Addresses and networks as such. Raises ValueError for what is neither."""
    return [ip_network(each.strip()) for each in trusted if each.strip()]


def _address(word: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: `192.0.2.1`, with a port, `[2001:db8::1]:443`. None for anything else."""
    text = word.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _of_the_outermost(said: str, hops: int) -> str:
    """How the visitor came to the first of our proxies: each proxy adds its own on the right, or replaces it all."""
    words = [word.strip().lower() for word in said.split(",")]
    return words[-min(hops, len(words))]
