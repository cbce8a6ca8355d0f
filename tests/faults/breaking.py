"""What breaks, and is whole again afterwards. Each takes a house in the middle of a round, and returns when it is over.

`FAULTS` has them by name; `ON_SERVICES` and `ON_SERVE` are those of one kind of house only.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from random import Random

from tests.faults.houses import House, ServeHouse, ServicesHouse, eventually

Fault = Callable[[House], None]


def idle_child_killed(house: House) -> None:
    """A child that waits for work: with the mail held back at the relay's pause there is none to do."""
    until_idle(house)
    kill(house.children())


def busy_child_killed(house: House) -> None:
    """A child that speaks with the relay: nobody can know whether that letter went."""
    house.relay.answers["DATA"] = "stall"
    with suppress(AssertionError):  # no letter left to be on the wire
        eventually(lambda: house.letters()["sending"], 10, "a letter on the wire")
        time.sleep(0.3)
    kill(house.children())
    house.relay.answers.clear()


def worker_killed(house: House) -> None:
    """The worker's own process; its children see to their own end."""
    kill([house.worker()])
    eventually(lambda: house.processes("worker") and house.children(), 90, "another worker")


def serve_killed(house: House) -> None:
    """The machine's one process, and started again by whoever looks after the machine: nothing else may live on."""
    assert isinstance(house, ServeHouse)
    house.kill_serve()
    eventually(lambda: not house.processes(), 30, "an end of all that serve had started")
    house.start()


def redis_emptied(house: House) -> None:
    """Somebody's FLUSHALL."""
    assert isinstance(house, ServicesHouse)
    house.redis.empty()


def redis_restarted(house: House) -> None:
    """Killed, away for a moment, and empty."""
    assert isinstance(house, ServicesHouse)
    house.redis.kill()
    time.sleep(2)
    house.redis.start()


def postgres_stopped_hard(house: House) -> None:
    """As when the current goes, and back at once."""
    postgres_away(house, 1)


def postgres_away(house: House, seconds: float = 90) -> None:
    """Gone in the middle of things, and away for longer than anybody waits."""
    assert isinstance(house, ServicesHouse)
    house.postgres.stop_hard()
    time.sleep(seconds)
    house.postgres.start()


def relay_refuses(house: House) -> None:
    """Nobody listens at the relay's port."""
    house.relay.close()
    time.sleep(4)
    house.relay.open()


def relay_defers(house: House) -> None:
    """Not now, says the relay of every letter."""
    answer_for(house, "RCPT", "451 4.3.0 try later", 4)


def relay_stalls(house: House) -> None:
    """The relay takes the whole letter, and then says nothing for longer than anybody waits (EMAIL_TIMEOUT)."""
    answer_for(house, "DATA", "stall", 12)


def line_breaks_before_the_answer(house: House) -> None:
    """The letter was not taken."""
    answer_for(house, "DATA", "hang up", 3)


def line_breaks_after_it_was_taken(house: House) -> None:
    """The letter was taken and nobody was told: the one window that SMTP cannot close."""
    answer_for(house, "DATA", "then hang up", 1)


def two_clocks(house: House) -> None:
    """One more clock, from now on for a while."""
    second = house.second_clock()
    time.sleep(8)
    second.kill()
    second.wait()


def clock_ahead_and_put_right(house: House) -> None:
    """An hour ahead for some seconds, then right again: what was noted meanwhile lies in the future."""
    clock_off(house, 3600)


def clock_behind_and_put_right(house: House) -> None:
    """An hour behind for some seconds."""
    clock_off(house, -3600)


def disk_full(house: House) -> None:
    """Not a byte left, for some seconds."""
    filler = house.disk / "everything-else"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(64 * 1024))
    time.sleep(6)
    filler.unlink()
    house.after_a_full_disk()


def a_third_of_a_core(house: House) -> None:
    """A machine that has other things to do: children start slowly, too."""
    with house.starved():
        kill(house.children())
        time.sleep(20)


FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        idle_child_killed,
        busy_child_killed,
        worker_killed,
        relay_refuses,
        relay_defers,
        relay_stalls,
        line_breaks_before_the_answer,
        line_breaks_after_it_was_taken,
        two_clocks,
        clock_ahead_and_put_right,
        clock_behind_and_put_right,
        disk_full,
        a_third_of_a_core,
    )
}
ON_SERVICES: dict[str, Fault] = {
    fault.__name__: fault for fault in (redis_emptied, redis_restarted, postgres_stopped_hard, postgres_away)
}
ON_SERVE: dict[str, Fault] = {serve_killed.__name__: serve_killed}


def faults_of(house: House) -> dict[str, Fault]:
    """Those that this kind of house can have."""
    return FAULTS | (ON_SERVICES if isinstance(house, ServicesHouse) else ON_SERVE)


def schedule(house: House, seed: int, number: int) -> list[Fault]:
    """`number` faults by this seed: each of the house's once before any comes twice, in an order of the seed's."""
    dice, found = Random(seed), list(faults_of(house).values())
    order: list[Fault] = []
    while len(order) < number:
        dice.shuffle(found)
        order += found
    return order[:number]


def kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def answer_for(house: House, verb: str, answer: str, seconds: float) -> None:
    house.relay.answers[verb] = answer
    time.sleep(seconds)
    house.relay.answers.clear()


def clock_off(house: House, seconds: int) -> None:
    house.put_clock(seconds)
    time.sleep(6)
    house.put_clock(0)


def until_idle(house: House) -> None:
    """The relay is away, so that nothing can be sent, and the children wait."""
    house.relay.close()
    with suppress(AssertionError):
        eventually(lambda: not house.letters()["sending"], 15, "nothing on the wire")
    house.relay.open()
