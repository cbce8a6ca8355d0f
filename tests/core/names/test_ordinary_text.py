"""What names nobody stays as it is, and a long or hostile text costs no more than its length (section G)."""

import re
import time

import pytest

from astcoord.core.names import names_somebody, without_names, without_whole_names
from astcoord.core.names.folding import fold
from astcoord.core.names.people import people
from astcoord.core.names.words import is_ordinary
from tests.core.names.invented import invented

SENTENCES = """
Pupils explain their method to a partner before they write it down.
We will mark the books together and joy in small steps may grow with grace.
The head of the department can hope for more faith in the new scheme.
Two of the teachers plan each unit with the assistant, and share the page on the wall.
In the spring term the class will read a long story and write a short poem.
More of the boys should ask a question at the end of the lesson.
The leader of the year team has asked for a model lesson on fractions.
It is not clear whether the group can be taught in the hall on a wet day.
Behaviour at the start of the lesson has been fair, and the pace is better now.
They need to see how somebody else would lead the talk with the parents.
By the end of the second half term the mean score rose from low to good.
The chair of governors will be told once the contract is signed by all.
She would like to try out the new tracking sheet and to look at the data.
Staff have had no training in phonics for three years, so the gap is wide.
An early visit helps, as long as cover can be found and the head agrees.
He may use the interactive whiteboard well, but the tasks are too hard for some.
Let us keep the focus narrow: one aim, one class, and one hour a week.
The science store is a mess, and there is no list of what is in it.
Feedback is given at once, in green ink, and the child has time to answer it.
What we want is a calm room where everybody can hear and be heard.
Some of the older pupils do not yet know their tables; others are bright and bored.
The planning is done on a Monday, the review on the last Friday of the month.
I will bring the draft next week, and we can go over it line by line.
Would it be best to set by ability, or to mix the groups as we do now?
After the break the art room is free until ten past three.
The reading age of the lowest five has gone up by half a year.
Reading, writing and number all need a fresh look before the inspection.
This is a strong team that is open to change and keen to learn.
Please say on the form which days suit you, and which do not.
The trainee observes first, then plans a part, then teaches with support.
""".strip().split("\n")
"""As heads, ASTs and officers write them, each word of which may also be somebody's name."""

WORDS = sorted({word for line in SENTENCES for word in re.findall(r"[a-z]+", line.casefold())})
CAST = [
    *(
        "Will Page",
        "Mark Hall",
        "Joy Head",
        "Grace May",
        "Faith Day",
        "Hope Green",
        "Dean Wall",
        "May Story",
        "Art Head",
    ),
    *("Di Al", "Le Van", "Thi As", "Hi Wa", "Jo So", "Bright Long", "An To", "Be In", "O Of", "Ling Me", "Rose Early"),
    *("Chase Reading", "Christian Young", "Olive Leader", "Ink Past", "Up Do", "Mean Low", "Free Best", "Good Hope"),
]


def test_lower_case_words_of_ordinary_sentences_are_never_taken_for_a_name() -> None:
    assert len(WORDS) > 200
    text = "\n".join(SENTENCES).casefold()
    assert without_names(text, [f"Zebedine {word.capitalize()}" for word in WORDS]) == text
    assert without_names(text, [f"{word.capitalize()} Zebedine" for word in WORDS]) == text
    assert without_whole_names(text, [f"{word.capitalize()} Zebedine" for word in WORDS]) == text


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_text_that_names_nobody_stays_as_it_is(sentence: str) -> None:
    first = sentence.split(maxsplit=1)[0].strip(",")
    others = [name for name in CAST if first not in name.split()]
    assert without_names(sentence, others) == sentence
    assert without_names(sentence, [name.whole for name in invented(1)]) == sentence


def test_only_a_capital_hides_too_much() -> None:
    """At the start of a sentence nobody can tell: that is the price, and it is known."""
    hidden = [line for line in SENTENCES if names_somebody(line, [f"Zebedine {line.split()[0].strip(',')}"])]
    assert [line for line in SENTENCES if line not in hidden] == [SENTENCES[22]]  # “I” alone is nobody’s name
    assert without_names(SENTENCES[1], ["Will We"]).startswith("A colleague will mark")


def test_words_that_are_no_names_are_words() -> None:
    for word in ("mark", "will", "may", "head", "leader", "van", "al", "marks", "heads"):
        assert is_ordinary(word)
    for name in ("juno", "siân", "di", "jo", "smith", "ng"):
        assert not is_ordinary(name)


NAMES = [name.whole for name in invented(2)][:30]
HOSTILE = {
    "a sentence": "They plan each unit together, and more time is left for questions. ",
    "hyphens": "a-",
    "initials": "J. ",
    "names": f"{NAMES[0]} ",
    "beginnings": f"{NAMES[0][:-1]} ",
    "one word": "a",
    "spaces behind a title": " ",
    "titles": "mr. ",
    "addresses": "a@",
    "dots": ".",
    "invisible signs": "\u200b",
    "accents": "e\u0301",
    "humps": "Aa",
    "Chinese": "岚",
    "Chinese with spaces": "岚 ",
    "Arabic": "وال",
    "apostrophes": "o'",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_text_of_twenty_thousand_letters_and_thirty_names_costs_no_more_than_its_length(kind: str) -> None:
    """Four times the text, at most ten times the processor’s time and a little: squares would be sixteen."""
    assert len(NAMES) == 30
    short, long = (HOSTILE[kind] * (length // len(HOSTILE[kind])) for length in (5_000, 20_000))
    without_names(short, NAMES)
    took = [min(_seconds(text) for _ in range(3)) for text in (short, long)]
    assert took[1] < 10 * took[0] + 0.05, took


def _seconds(text: str) -> float:
    start = time.process_time()
    without_names("Mr " + text, NAMES)
    return time.process_time() - start


def test_names_are_made_ready_once() -> None:
    people.cache_clear()
    for text in ("Juno leads", "Orley leads", "nobody"):
        without_names(text, ["Juno Orley", "Di Al"])
    assert people.cache_info().misses == 1


def test_a_box_with_a_whole_story_costs_little() -> None:
    """A box of 150 letters holds at most 75 words, or one word with as many pieces."""
    for box in ("A " * 75, "aB" * 75, "a-" * 75, "岚" * 150, "Aa Bb " * 25, "o'" * 75):
        known = people((box[:150],))
        assert len(known.parts) + len(known.whole) + len(known.initials) + len(known.beginnings) < 20_000, box


def test_every_place_is_known_after_folding() -> None:
    text = "ﬁne İs Ⅷ ½ ㌔ e\u0301 가\u1100\u1161 ㄱ"
    folded = fold(text)
    assert len(folded.plain) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
