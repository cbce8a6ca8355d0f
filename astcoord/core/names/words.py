"""Words that say how a text or the box for a name is to be read."""

from pathlib import Path

TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "rev", "revd", "prof", "professor", "madam", "madame"}
    | {"lady", "lord", "sister", "brother", "father", "canon", "imam", "rabbi", "sheikh", "messrs"}
)
ALSO_WORDS = frozenset({"miss", "sister", "brother", "father", "lord", "lady", "canon", "madam"})
"""Titles only with a capital: “pupils who miss may catch up”."""

ROLES = frozenset(
    {"teacher", "teachers", "teaching", "assistant", "assistants", "head", "headteacher", "headteachers", "leader"}
    | {"leaders", "lead", "leads", "year", "years", "subject", "class", "classes", "staff", "team", "teams", "group"}
    | {"groups", "nqt", "nqts", "ect", "ects", "department", "trainee", "trainees", "member", "members", "colleague"}
    | {"colleagues", "coordinator", "coordinators", "manager", "practitioner", "mentor", "tutor", "post", "vacancy"}
    | {"hlta", "hltas", "ta", "tas", "lsa", "senco", "sendco", "deputy", "student", "appointment", "somebody", "person"}
    | {"tbc", "tba", "tbd", "unknown", "nobody", "anybody", "none"}
)
"""What stands in the box where nobody is named yet: “Teacher A”, “Year 5 team”, “TBC”."""

ABOUT_ROLES = frozenset(
    {"of", "the", "and", "for", "in", "new", "to", "be", "one", "two", "three", "four", "five", "six", "other", "all"}
    | {"first", "second", "third", "senior", "middle", "upper", "lower", "key", "stage", "ks", "phase", "eyfs"}
    | {"primary", "secondary", "infant", "junior", "nursery", "reception", "foundation", "supply", "cover", "support"}
    | {"maths", "mathematics", "english", "science", "history", "geography", "art", "music", "computing", "ict", "pe"}
    | {"re", "mfl", "languages", "literacy", "numeracy", "phonics", "confirmed", "named", "appointed", "not", "yet"}
)
"""What goes with such a word and names nobody either."""

NEVER_ALONE = frozenset({"st", "of", "the", "and"})
"""Parts of names that say nothing by themselves: St John, Smith of Leeds."""

DATED = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"}
    | {"december", "spring", "summer", "autumn", "winter"}
)
"""No names beside a number: “12 May 2027”."""

ABBREVIATIONS = frozenset(
    {"pe", "re", "rs", "it", "dt", "cs", "ict", "mfl", "eal", "sen", "send", "ta", "ast", "nqt", "ect", "ppa", "slt"}
    | {"smt", "tlr", "lea", "la", "cpd", "inset", "ks", "eyfs", "pshe", "rse", "gcse", "sats", "ofsted", "uk", "eu"}
    | {"us", "ai", "pc", "tv", "cd", "id", "am", "pm", "ad", "bc", "ba", "ma", "qts", "ok", "cv", "hr", "dfe", "pta"}
    | {"as", "fe", "he", "hmi", "mat", "dsl", "p", "q", "qa"}
)
"""Not taken for somebody's initials, unless they are written with dots: “PE” beside a Paula Ellis."""

ORDINARY = frozenset((Path(__file__).parent / "ordinary_words.txt").read_text(encoding="utf-8").split())
"""Words that reports on teaching use: written small, and alone, they name nobody (“they will mark the head’s plan”)."""


def is_ordinary(word: str) -> bool:
    """Whether it is one of these words, or several of them."""
    return word in ORDINARY or (word.endswith("s") and word[:-1] in ORDINARY)
