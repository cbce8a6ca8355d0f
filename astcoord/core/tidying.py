"""Names and addresses of a file as we write them (R-17.2). With care: what may be right already is left alone."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from astcoord.core.addresses import UNSENDABLE, validate

TITLES = {
    "MR",
    "MRS",
    "MS",
    "MISS",
    "MX",
    "DR",
    "PROF",
    "PROFESSOR",
    "REV",
    "REVD",
    "SIR",
    "DAME",
    "CANON",
    "FR",
    "FATHER",
}
LETTERS_AFTER = {"OBE", "MBE", "CBE", "BA", "BSC", "BED", "MA", "MSC", "MED", "PHD", "NPQH", "PGCE", "JP", "II", "III"}
SHORT_NAMES = {"AL", "AN", "BO", "CY", "DI", "ED", "JO", "LI", "LU", "MO", "SU", "TY", "VI"}
POSTS = (
    r"acting|interim|temporary|temp|executive|associate|co-?head|joint|job ?share|vacant|maternity( cover)?|"
    r"head ?teacher|head|principal|chair( of governors)?|designate|from .*|until .*"
)
AFTER = re.compile(rf"\s*(?:\((?:{POSTS})(?: (?:{POSTS}))*\)|[,–-]\s+(?:{POSTS})(?: (?:{POSTS}))*)\s*$", re.IGNORECASE)
ADDRESS = re.compile(r"[^\s<>;,/()\[\]\"“”|:]+@[^\s<>;,/()\[\]\"“”|:]+")


def tidy_name(text: str) -> str:
    """“MR J SMITH (Acting)” is “Mr J Smith”. Names in ordinary capitals, and in other scripts, stay as they are."""
    words = AFTER.sub("", " ".join(text.split())).split()
    if words and words[0].rstrip(".").upper() in TITLES:
        words[0] = words[0].capitalize() if words[0].isupper() else words[0]
        first = 1
    else:
        first = 0
    rest = words[first:]
    if not any(_shouts(word) for word in rest) or not all(_shouts(word) or _is_initial(word) for word in rest):
        return " ".join(words)
    last = len(rest) - 1
    return " ".join([*words[:first], *(_ordinary(word, last=place == last) for place, word in enumerate(rest))])


def addresses(text: str) -> list[str]:
    """All e-mail addresses in a cell, each once, in order. ValueError, saying what to do, where there is none."""
    found: dict[str, str] = {}
    wrong = []
    for each in ADDRESS.findall(text):
        address = each.strip(".'’‘`*")
        try:
            validate(address)
        except ValidationError as error:
            wrong += error.messages if error.code == UNSENDABLE else []
            continue
        found.setdefault(address.casefold(), address)
    if not found and wrong:
        raise ValueError(f"“{text[:80]}”: {wrong[0]}.")
    if not found:
        raise ValueError(f"“{text[:80]}” is not an e-mail address: write it like office@school.example.")
    return list(found.values())


def _shouts(word: str) -> bool:
    """Two capitals or more of the Latin alphabet and no small letter, but for “Mc” and “Mac”."""
    letters = [sign for sign in re.sub(r"^(Mc|Mac)(?=[A-Z])", "", word) if sign.isalpha()]
    return len(letters) > 1 and all(sign.isupper() and "LATIN" in unicodedata.name(sign, "") for sign in letters)


def _is_initial(word: str) -> bool:
    return sum(sign.isalpha() for sign in word) <= 1


def _ordinary(word: str, *, last: bool) -> str:
    bare = word.rstrip(".,")
    short = len(bare) == 2 and not last and bare not in SHORT_NAMES
    if bare in LETTERS_AFTER or short or "." in bare:
        return word
    if word.startswith(("Mc", "Mac")) and not word.isupper():
        head = "Mac" if word.startswith("Mac") else "Mc"
        return head + word[len(head) :].capitalize()
    capital = re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), word.lower())
    return re.sub(r"\bMc([a-z])", lambda found: f"Mc{found[1].upper()}", capital)
