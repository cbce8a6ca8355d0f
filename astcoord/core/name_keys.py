"""Names as people look for them and as lists sort them, the same on every database (R-17.8)."""

import re
import unicodedata
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u00b4`"))
"""Left out: O’Neill is found as oneill."""

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "&": " and "}
)
"""Signs that do not come apart into a letter and an accent."""

SHORT = {"saint": "st"}
"""Words that are written in two ways, long and short."""

MOST_WORDS = 10


def name_key(text: str) -> str:
    """What is left of a name for looking up and sorting: plain words in small letters, with a blank before each.

    Case, accents, kinds of apostrophe and hyphen, punctuation, and "Saint" for "St" make no difference:
    "St. Mary-le-Bow" is " st mary le bow".
    """
    bare = unicodedata.normalize("NFKD", text.translate(APOSTROPHES).casefold()).translate(LETTERS)
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return "".join(f" {SHORT.get(word, word)}" for word in re.findall(r"[^\W_]+", letters))


def starts_a_word(column: str, text: str) -> Q:
    """Each word of `text` is the start of a word in the name whose key is `column`. No words, no row is left out."""
    found = Q()
    for word in name_key(text).split()[:MOST_WORDS]:
        found &= Q(**{f"{column}__contains": f" {word}"})
    return found


class NameKeyField(models.CharField):  # type: ignore[type-arg]  # Django’s is not a generic when it runs
    """The key of the model's `name`. Compared sign by sign, so that both databases sort it in one way."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 400, "editable": False, "default": "", **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = name_key(model_instance.name)[: self.max_length]  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, key)
        return key

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        sign_by_sign = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": sign_by_sign}


class Named(models.Model):
    """Something with a name that people look for; its key is stored whenever the name is."""

    name_key = NameKeyField()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        stored = kwargs.get("update_fields")
        if stored is not None and "name" in stored:
            kwargs["update_fields"] = {*stored, "name_key"}
        super().save(*args, **kwargs)
