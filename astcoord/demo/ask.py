"""A school's request in the demonstration, as data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ask:
    """What a school asks for, in its head's words. `serves`: numbers of the authority's priorities; else why none."""

    urn: int
    subject: str
    aspect: str
    key_stages: tuple[str, ...]
    task: str
    need: str
    training_need: str
    outcome: str
    criterion: str
    baseline: str
    shows: str
    people: tuple[tuple[str, str, str], ...]
    days: str = "6"
    works: tuple[str, ...] = ("willing_teachers", "model_lesson")
    priorities: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    why_none: str = "It serves a priority of our own school plan."
