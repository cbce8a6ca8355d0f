"""What must be true of a round in the end: counted at the relay, and compared with what the software says."""

from collections import Counter

from tests.faults.houses import House, eventually

PATIENCE = 240
"""Seconds in which a round of letters is out, after whatever went wrong: a lease (150) and the wait before a retry."""


def wait_for(house: House, number: int, seconds: float = 120) -> None:
    """Until the relay has taken `number` letters."""
    eventually(lambda: len(house.relay.taken) >= number, seconds, f"{number} letters at the relay")


def require_each_once(house: House, number: int, rounds: int = 1, seconds: float = PATIENCE) -> Counter[str]:
    """Every letter was sent, once; a second copy only of those that the software itself calls doubtful.

    How often each address got its letter.
    """
    total = number * rounds
    eventually(lambda: house.letters()["sent"] == total, seconds, f"{total} letters sent; log: {house.log()}")
    got = Counter(str(message["Message-ID"]) for message in house.relay.taken)
    sent = dict(house.sql(LETTERS))
    assert set(got) >= set(sent), f"{len(set(sent) - set(got))} letters are called sent and never came"
    twice = {sent[mark] for mark, count in got.items() if count > 1 and mark in sent}
    assert twice <= house.doubtful(), f"came twice without a word: {sorted(twice - house.doubtful())}"
    return got


LETTERS = "SELECT message_id, to_email FROM core_message WHERE kind LIKE '%letter%'"
