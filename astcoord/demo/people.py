"""Who works with Marlshire's scheme. All invented; every address ends in a name reserved for examples."""

from typing import NamedTuple

from astcoord.core.roles import Role

DOMAIN = "marlshire.example"


class Person(NamedTuple):
    name: str
    email: str
    role: str
    urn: int | None = None
    subjects: tuple[str, ...] = ()


class Teacher(NamedTuple):
    name: str
    urn: int
    weekday: int | None
    subjects: tuple[tuple[str, int], ...]
    key_stages: tuple[str, ...]
    works: tuple[str, ...]
    fte: str = "1"
    inducted: bool = True


def address(name: str) -> str:
    """`Wren Castellow` is wren.castellow at the example domain."""
    return f"{name.lower().replace(' ', '.').replace('’', '')}@{DOMAIN}"


OFFICE = [
    Person("Bryony Quill", address("Bryony Quill"), Role.COORDINATOR),
    Person("Idris Fenwick-Moss", address("Idris Fenwick-Moss"), Role.ADMINISTRATOR),
    Person("Greta Larkwood", address("Greta Larkwood"), Role.OFFICER),
    Person("Orla Thistlethwaite", address("Orla Thistlethwaite"), Role.CONSULTANT, subjects=("mathematics",)),
]

ALL = ("materials", "practice", "model_lesson", "subject_leader", "advise", "willing_teachers", "inset", "cpd")
SOME = ("materials", "model_lesson", "willing_teachers", "nqt")

TEACHERS = [
    Teacher("Wren Castellow", 990201, 1, (("mathematics", 3), ("assessment", 2)), ("ks2", "ks3"), ALL),
    Teacher("Linnet Farraday", 990202, 2, (("english", 3), ("drama", 2)), ("ks3", "ks4"), ALL),
    Teacher("Corin Blythe", 990203, 3, (("science", 3), ("assessment", 1)), ("ks2", "ks3", "ks4"), ALL),
    Teacher("Maris Holloway-Penn", 990110, 1, (("early_years", 3), ("english", 2)), ("fs", "ks1"), SOME),
    Teacher("Tansy Orchard", 990105, 4, (("english", 3), ("eal", 2)), ("ks1", "ks2"), ALL),
    Teacher("Ewan Silverlock", 990205, 0, (("languages", 3),), ("ks2", "ks3", "ks4"), SOME),
    Teacher("Perdita Vale", 990109, 2, (("mathematics", 2), ("ict", 2)), ("ks1", "ks2"), SOME, "0.6"),
    Teacher("Alaric Munday", 990204, 1, (("ict", 3), ("design", 2)), ("ks3", "ks4", "post16"), ALL),
    Teacher("Sage Kittering", 990301, 3, (("sen", 3), ("behaviour", 3)), ("ks1", "ks2", "ks3"), ALL),
    Teacher("Rosalind Tarn", 990202, 3, (("history", 3), ("geography", 1)), ("ks3", "ks4"), SOME),
    Teacher("Felix Underbrook", 990112, 4, (("music", 3), ("art", 2)), ("fs", "ks1", "ks2"), SOME),
    Teacher("Juniper Oakes", 990203, 0, (("pe", 3),), ("ks2", "ks3"), SOME, "0.8"),
    Teacher("Caspian Rudge", 990206, 2, (("mathematics", 3), ("leadership", 2)), ("ks3", "ks4"), ALL),
    Teacher("Briar Lindqvist", 990111, None, (("science", 2), ("gifted", 2)), ("ks1", "ks2"), SOME),
    Teacher("Ondine Pascoe", 990205, 2, (("assessment", 3), ("english", 2)), ("ks2", "ks3"), ALL),
    Teacher("Hazel Montrose", 990108, 1, (("re", 2), ("citizenship", 2)), ("ks1", "ks2"), SOME, "1", False),
]
