"""A message broker for one machine that is nothing but a folder: a real worker without Redis.

kombu's own filesystem transport writes a message in place, so that a reader may find half of one, and an empty file
ends the worker. Here a message appears by being renamed, whole, and is taken by being renamed, by one reader only.

A worker reads it in its event loop, as it would read Redis. Celery then gives each child a line of its own. Without an
event loop all children share one, and whoever is killed while waiting for work keeps its lock for ever: no later child
gets any.
"""

import os
import time
import uuid
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem, virtual
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    """Names that start with a dot are not (or no longer) messages: half-written ones, and those in somebody's hand.

    Which queue is bound to what each process knows by itself: kombu's file of it is written in place, and half of one
    would keep every later worker from starting. The price is that no command can be sent to all workers.
    """

    supports_fanout = False
    get_table = virtual.Channel.get_table  # type: ignore[assignment]

    def _put(self, queue: Any, message: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        # The wall clock, unlike the monotonic one, keeps the order across a restart of the machine.
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        draft = folder / f".{name}.draft"
        try:
            draft.write_text(dumps(message))  # type: ignore[no-untyped-call]
            draft.replace(folder / name)
        except OSError as error:
            raise ChannelError(f"cannot add {name} to {folder}: {error}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):
            if name.startswith(".") or name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = folder / f".{name}.{os.getpid()}.taken"
            try:
                (folder / name).rename(taken)
            except FileNotFoundError:
                continue  # another worker was quicker
            payload = taken.read_text()
            taken.unlink()
            return loads(payload)  # type: ignore[no-untyped-call]
        raise Empty


class Transport(filesystem.Transport):
    Channel = Channel
    implements = filesystem.Transport.implements.extend(asynchronous=True, exchange_type=frozenset(["direct", "topic"]))

    def register_with_event_loop(self, connection: Any, loop: Any) -> None:
        """Look into the folder again and again; the loop logs an error, and the next look comes all the same."""
        loop.call_repeatedly(self.polling_interval, self._take)

    def _take(self) -> None:
        """Hand over what is there, as many as the worker may have in hand."""
        with suppress(Empty):
            while self.cycle:  # there is none once the line is closed
                self.cycle.get(self._deliver)  # type: ignore[no-untyped-call]
