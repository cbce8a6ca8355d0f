"""One colour per meaning: grey draft, blue submitted, yellow waiting on someone, green done, red problem."""

from typing import Any

BY_WORD = {
    "red": "declin refus reject overdue fail cancel lapse terminat error breach",
    "yellow": "wait pending propos request due offer held hold review partial meeting",
    "grey": "draft planned not_ closed withdrawn archive supersede void left",
    "green": "complet active accept agree approv sign deliver done matched fulfil confirm current",
    "blue": "submit receiv triage open progress schedul queue issue sent new",
}
"""Stems, strongest meaning first."""


def colour(obj: Any) -> str:
    """The tag colour of `obj.status`: from `STATUS_COLOURS`, the machine's `colours`, or by the word."""
    for table in (
        getattr(type(obj), "STATUS_COLOURS", None),
        getattr(getattr(type(obj), "machine", None), "colours", None),
    ):
        if table and obj.status in table:
            return str(table[obj.status])
    return colour_of_word(str(obj.status))


def colour_of_word(word: str) -> str:
    """A colour for a state that nobody gave one: problems first, then whose turn it is."""
    low = word.lower().replace(" ", "_")
    for name, stems in BY_WORD.items():
        if any(stem in low for stem in stems.split()):
            return name
    return "grey"


def words(obj: Any) -> str:
    """What the tag says: `obj.status_words` where it tells whose turn it is, else the state's label."""
    own = getattr(obj, "status_words", None)
    if own is not None:
        return str(own() if callable(own) else own)
    return str(obj.get_status_display())
