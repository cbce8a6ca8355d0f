"""A mail relay for tests that answers as it is told: accepts, defers, refuses, or hangs up in the middle."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any


class Relay:
    """`answers` by SMTP verb override "250 OK": {"RCPT": "451 later"}; "hang up" closes the line instead.

    "DATA" is the answer after the whole message has come; "then hang up" takes the message and says nothing.
    """

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.taken: list[Message] = []
        self.port = 0

    @property
    def recipients(self) -> list[str]:
        return [str(message["To"]) for message in self.taken]


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        relay: Relay = self.server.relay  # type: ignore[attr-defined]
        self._say(relay.answers.get("CONNECT", "220 here"))
        while line := self.rfile.readline():
            verb = line.split()[0].decode().upper()
            if verb == "DATA":
                self._say("354 go on")
                message = message_from_bytes(self._message())
                answer = relay.answers.get("DATA", "250 taken")
                if answer.startswith("250") or answer == "then hang up":
                    relay.taken.append(message)
            else:
                answer = relay.answers.get(verb, "250 OK")
            if answer in ("hang up", "then hang up"):
                return
            self._say("221 bye" if verb == "QUIT" else answer)
            if verb == "QUIT":
                return

    def _message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def running(port: int = 0) -> Iterator[Relay]:
    """A relay on this machine for as long as the block lasts."""
    relay = Relay()
    with _Server(("127.0.0.1", port), _Session) as server:
        server.relay = relay  # type: ignore[attr-defined]
        relay.port = server.server_address[1]
        thread: Any = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield relay
        server.shutdown()
