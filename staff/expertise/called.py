"""Subjects as people name them when they look for something (R-17.8)."""

from astcoord.core.name_keys import name_key
from staff.expertise.vocabulary import ALSO_CALLED, Subject


def subjects_called(word: str) -> list[str]:
    """The codes of the subjects whose name, or one of whose other names, has a word that begins with this one.

    >>> subjects_called("maths"), subjects_called("french"), subjects_called("&")
    (['mathematics'], ['languages'], [])
    """
    key = name_key(word)
    names = {code: " ".join((str(label), *ALSO_CALLED.get(code, ()))) for code, label in Subject.choices}
    return [code for code, called in names.items() if key and key in name_key(called)]
