"""The broker that is a folder: nothing is lost, nothing comes twice, nobody reads half a message."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from django.conf import settings
from kombu import Connection
from kombu.exceptions import ChannelError

from astcoord.settings.worker import EMBEDDED, broker


def connect(folder: Path) -> Connection:
    return Connection(EMBEDDED, transport_options=broker(EMBEDDED, folder)["CELERY_BROKER_TRANSPORT_OPTIONS"])


@pytest.fixture
def name(tmp_path: Path) -> str:
    """A queue of the test's own: within a process, kombu remembers which queues it has made, whatever the folder."""
    return tmp_path.name


def test_first_in_first_out(tmp_path, name):
    with connect(tmp_path) as connection:
        queue = connection.SimpleQueue(name)
        for number in range(5):
            queue.put(number)
        taken = []
        for _ in range(5):
            message = queue.get(timeout=5)
            taken.append(message.payload)
            message.ack()
        assert taken == [0, 1, 2, 3, 4]
        with pytest.raises(queue.Empty):
            queue.get(block=False)


def test_messages_wait_for_the_next_start(tmp_path, name):
    with connect(tmp_path) as connection:
        connection.SimpleQueue(name).put("hello")
    with connect(tmp_path) as connection:
        assert connection.SimpleQueue(name).get(timeout=5).payload == "hello"


def test_a_half_written_message_is_not_seen(tmp_path, name):
    with connect(tmp_path) as connection:
        queue = connection.SimpleQueue(name)
        (tmp_path / "queue" / f".1_x.{name}.msg.draft").write_text('{"bo')
        assert queue.qsize() == 0
        with pytest.raises(queue.Empty):
            queue.get(block=False)


def test_a_folder_that_is_gone_is_an_error_and_not_a_silence(tmp_path, name):
    with connect(tmp_path) as connection:
        queue = connection.SimpleQueue(name)
        for each in (tmp_path / "queue").iterdir():
            each.unlink()
        (tmp_path / "queue").rmdir()
        with pytest.raises(ChannelError):
            queue.put("lost?", retry=False)


def test_many_writers_and_readers_lose_and_double_nothing(tmp_path, name):
    """Two processes write while two others read, until they are told that there is no more."""
    program = textwrap.dedent("""
        import sys
        from pathlib import Path
        from tests.core.test_embedded_broker import connect
        job, name, folder, queue = sys.argv[1:]
        with connect(Path(folder)) as connection:
            letters = connection.SimpleQueue(queue)
            if job == "write":
                for number in range(300):
                    letters.put(f"{name}{number}")
            elif job == "close":
                letters.put("no more")
            else:
                while (message := letters.get(timeout=60)).payload != "no more":
                    print(message.payload)
                    message.ack()
                message.ack()
    """)
    jobs = [("write", "a"), ("write", "b"), ("read", "-"), ("read", "-")]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, *job, str(tmp_path), name],
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
        )
        for job in jobs
    ]
    for writer in running[:2]:
        writer.wait(timeout=60)
    # Said by processes of the present, as the writers are: the queue is read in the order of time, and here it stands.
    for reader in "12":
        close = [sys.executable, "-c", program, "close", reader, str(tmp_path), name]
        subprocess.run(close, cwd=settings.BASE_DIR, check=True)
    outputs = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0, 0]
    read = " ".join(outputs).split()
    assert sorted(read) == sorted(f"{name}{number}" for name in "ab" for number in range(300))
