"""A mail relay for tests that answers as it is told: accepts, defers, refuses, or hangs up in the middle."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class Relay:
    """`answers` by SMTP verb override "250 OK": {"RCPT": "451 later"}; "hang up" closes the line instead.

    "DATA" is the answer after the whole message has come; "then hang up" takes the message and says nothing.
    "stall" says nothing for as long as it stands there, and nothing of that message is taken.
    """

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.taken: list[Message] = []
        self.port = 0
        self._server: _Server | None = None

    def open(self) -> None:
        """Listen: on the port of before, if it was open before."""
        self._server = _Server(("127.0.0.1", self.port), _Session)
        self._server.relay = self  # type: ignore[attr-defined]
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        """Refuse connections."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

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
            while answer == "stall":
                time.sleep(0.05)
                if relay.answers.get(verb) != "stall":
                    return  # whoever waited so long is gone
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
    relay.port = port
    relay.open()
    try:
        yield relay
    finally:
        relay.close()
