"""A supported person's name is found however it is written, and taken out (R-13.2, section G, R-16.3)."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from astcoord.core import protected
from astcoord.core.names import COLLEAGUE, names_somebody, without_names, without_whole_names
from astcoord.core.names.folding import fold
from astcoord.core.names.words import ROLES, TITLES, is_ordinary

NAMES = ["Juno Pettifer", "Siân O’Hara-Lyle", "Mr R. Castellow", "Will Mark"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Juno Pettifer plans each unit.", "A colleague plans each unit."),
        ("Work with JUNO  PETTIFER on units", "Work with a colleague on units"),
        ("Coach Mrs Pettifer. Juno leads.", "Coach a colleague. A colleague leads."),
        ("Juno’s class and Pettifer's books", "A colleague’s class and a colleague's books"),
        ("Pettifer Juno", "A colleague"),
        ("with Pettifer, Juno today", "with a colleague today"),
        ("Ms J. Pettifer leads", "A colleague leads"),
        ("Juno M. Pettifer leads", "A colleague leads"),
        ("with Sian O'Hara Lyle", "with a colleague"),
        ("with SIÂN", "with a colleague"),
        ("with Sia\u0302n today", "with a colleague today"),
        ("with Dr Castellow", "with a colleague"),
        ("Juno and Siân plan", "A colleague and a colleague plan"),
        ("Junotown is a place", "Junotown is a place"),
        ("Pupils explain their method.", "Pupils explain their method."),
        ("", ""),
    ],
)
def test_r_13_2_names_become_a_colleague(text: str, told: str) -> None:
    assert without_names(text, NAMES) == told
    assert names_somebody(text, NAMES) == (text != told)


OTHER = {"we", "saw", "today", "the", "'", "'s", "老师", "선생님", "plan", "_plan", ".docx", "2"}


@pytest.mark.parametrize(
    ("name", "mentions"),
    [
        ("Di Al", ["Di", "AL", "di", "Di's", "di al", "Al Di", "Al’s"]),
        ("Van Castellow", ["Van", "Mr van", "castellow", "V. Castellow"]),
        ("Le Van", ["Le", "Van", "le van", "VAN LE"]),
        ("Orla Head", ["Mrs Head", "mrs head", "O. Head", "Head", "orla", "Ms O Head", "Head, Orla", "O.H."]),
        ("Odo Leader", ["Leader", "Mr leader", "O. leader", "Leader O", "odo_leader"]),
        ("Mark Teacher", ["Mark", "Teacher", "mark teacher", "Teacher, Mark", "Miss Teacher"]),
        ("A. Head", ["A. Head", "Mr Head", "A Head"]),
        ("O", ["O", "O’s"]),
        ("李", ["李", "李老师"]),
        ("李小龙", ["李小龙", "小龙", "李", "李 小龙"]),
        ("Jane Orley", ["J.O.", "J. O.", "J.O", "JO", "J O", "J. Orley", "J Orley", "Orley J", "Orley, J.", "JOrley"]),
        ("Jane Orley", ["jorley", "orleyj", "jane.orley@marlshire.example", "j.orley@x.example", "JaneOrley.docx"]),
        (
            "Jane Orley",
            ["planOrley", "orley_plan", "Orley2", "JANEORLEY", "Orleys", "the Orleys", "Orleys’"],
        ),
        ("Ada Jonas", ["Jonas'", "Jonas’s", "the Jonases", "Jonas", "Ada's"]),
        (
            "Siobhan O’Neill",
            ["S. O'N", "S. O’N.", "S O'N", "ONeill", "O Neill", "oneill", "O´Neill", "Neill"],
        ),
        ("Rhona McFee", ["Mcfee", "MCFEE", "Mc Fee", "R McFee", "rmcfee"]),
        ("Anne-Marie Ostler", ["Anne Marie", "Annemarie", "Anne\u2011Marie", "anne–marie", "AnneMarie", "A-M. Ostler"]),
        ("Annemarie Ostler", ["Anne-Marie", "Anne Marie"]),
        ("Ada Orley-Finch", ["Orley Finch", "Orley", "Finch", "OrleyFinch", "Ms A. Orley–Finch", "AOF", "A.O-F."]),
        ("Faith May", ["Faith", "FAITH", "May", "Ms May", "Miss faith", "May, Faith"]),
        ("Łucja Ørsted", ["Lucja", "orsted", "ØRSTED", "Łucja"]),
        ("Jörg Müller", ["Joerg", "Mueller", "muller", "MÜLLER"]),
        ("İpek Işık", ["ipek", "IPEK", "ışık", "isik", "IŞIK"]),
        ("محمد الحسن", ["محمّد", "الحسن", "حسن", "والحسن", "للحسن", "محمـــد", "ومحمد"]),
        ("דוד כהן", ["דָּוִד", "לדוד", "כהן", "ודוד"]),
        ("Γιώργος Αγγέλου", ["Γιωργος", "ΓΙΏΡΓΟΣ", "ΑΓΓΕΛΟΥ"]),
        ("Иван Петров", ["Ивана", "ПЕТРОВ", "И. Петров", "И.П."]),
        ("김민수", ["김민수", "민수가", "김 선생님", "김민수는"]),
        ("ジェーン・スミス", ["ジェーン", "スミス", "ｼﾞｪｰﾝ", "じぇーん"]),
        ("Nguyễn Thị Mai", ["Nguyen", "NGUYỄN", "Thị Mai", "Mai", "Nguye\u0302\u0303n"]),
    ],
)
def test_r_13_2_no_way_of_mentioning_survives(name: str, mentions: list[str]) -> None:
    for mention in mentions:
        told = without_names(f"we saw {mention} today", [name])
        assert names_somebody(f"we saw {mention} today", [name]), mention
        rest = told.replace(COLLEAGUE, "")
        assert not set(fold(rest).plain.casefold().split()) - {"we", "saw", "today", "the", "'", "'s", *OTHER}, (
            mention,
            told,
        )


OTHER = {"老师", "선생님", "plan", ".docx", "_plan", "2", "'s", "'"}


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u200e", "\u202e", "\u0301", "\ufe0f"]
)
def test_what_nobody_sees_within_a_name_hides_it_from_nobody(hidden: str) -> None:
    for name in ("Jane Orley", "Di Le", "李小龙"):
        for text in (hidden.join(name), f"{name[0]}{hidden}{name[1:]}", f"{hidden}{name}{hidden}"):
            told = without_names(f"Today {text} leads", [name])
            assert told.replace(hidden, "") == f"Today {COLLEAGUE} leads", text


@pytest.mark.parametrize(
    "text", ["Ｊａｎｅ　Ｏｒｌｅｙ", "𝐉𝐚𝐧𝐞 𝐎𝐫𝐥𝐞𝐲", "Ⓙane Orley", "Jane\u00a0Orley", "Jane\n  Orley", "Jane\tOrley"]
)
def test_letters_in_other_dress_are_the_same_letters(text: str) -> None:
    assert without_names(f"so {text} leads", ["Jane Orley"]) == "so a colleague leads"


@pytest.mark.parametrize(
    "box",
    [
        *(
            "Teacher A",
            "Year team",
            "Year 5 team",
            "NQT 2",
            "Head of Maths",
            "A teacher",
            "to be confirmed",
            "TBC",
            "",
            "A",
        ),
        *(
            "Year 6 Teachers",
            "Class teacher, Year 2",
            "Teachers of the Upper Phase",
            "Teaching assistant (Year 4)",
            "A",
        ),
    ],
)
def test_a_description_in_the_box_for_a_name_changes_nothing(box: str) -> None:
    text = (
        "The Teacher plans with the Year 5 Team and the Head of Maths; a teaching assistant confirmed the Upper Phase."
    )
    assert without_names(text, [box]) == text
    assert without_whole_names(text, [box]) == text


@pytest.mark.parametrize(
    ("box", "text", "told"),
    [
        ("Jane Orley, Year 4 teacher", "In Year 4 the Teacher Orley leads", "In Year 4 the Teacher a colleague leads"),
        ("Jane Orley (NQT)", "Jane and another NQT", "A colleague and another NQT"),
        ("Jane Orley / Odo Tarn", "Tarn, then Orley", "A colleague, then a colleague"),
        ("Jane Orley and Odo Tarn", "Tarn and Orley", "A colleague and a colleague"),
        ("Orley, Jane", "Jane Orley leads", "A colleague leads"),
        ("Mrs Head", "Mrs Head leads", "A colleague leads"),
        ("Mrs A", "Mrs A helped. A class saw Mrs. A’s work", "A colleague helped. A class saw a colleague’s work"),
        ("Mr I", "Ask Mr I today, as I do", "Ask a colleague today, as I do"),
        ("Ms P", "Ms P leads; p and P", "A colleague leads; p and P"),
        ("J.O.", "Then JO and J.O. plan", "Then a colleague and a colleague plan"),
    ],
)
def test_what_else_stands_in_the_box_is_no_name(box: str, text: str, told: str) -> None:
    assert without_names(text, [box]) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("they will mark the head’s books, and may joy in it with grace", None),
        ("On 12 May 2027, May 2027, the 3rd of May and May 12", None),
        ("Ask May in May, and Mark the date", "Ask a colleague in a colleague, and a colleague the date"),
        ("Pupils who miss may catch up; Miss May leads", "Pupils who miss may catch up; a colleague leads"),
        ("so mr will and dr. head", "so a colleague and a colleague"),
        ("the PE lesson; P.E. leads", "the PE lesson; a colleague leads"),
        ("Don’t, don't, won’t", None),
        (
            "This is his as it was; the Marks and the Mays came",
            "This is his as it was; the a colleague and the a colleague came",
        ),
    ],
)
def test_a_word_that_is_a_name_too_is_one_with_a_capital_or_beside_a_title(text: str, told: str | None) -> None:
    names = ["Anna May", "Will Grace", "Mark Joy", "Pia Ede", "Don Won", "Odo Head", "Thi As", "Hi Wa"]
    assert without_names(text, names) == (told or text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *(("Rowan leads", None), ("Mrs Orley and J.O.", None), ("Orley-Tarn", None), ("Dear Rowan Castle,", None)),
        ("Rowan Orley leads", "A colleague leads"),
        ("Rowan\n Orley", "A colleague"),
        ("see Orley, Rowan; R. Orley and R Orley", "see a colleague; a colleague and a colleague"),
        ("Ro\u200bwan ORLEY’s", "A colleague’s"),
        ("to rowan.orley@x.example, rorley", "to a colleague, a colleague"),
        ("RowanOrley.pdf", "A colleague.pdf"),
        ("Ms R. Orley", "A colleague"),
        ("Rowan M. Orley", "A colleague"),
        ("See 李小龙老师", "See a colleague老师"),
        ("The head may decide, and a head can", None),
        ("Odo Head and O. Head", "A colleague and a colleague"),
        ("Mr Tarn came; Tarn came", "A colleague came; Tarn came"),
    ],
)
def test_a_message_is_without_whole_names_and_keeps_a_part_that_others_may_share(text: str, told: str | None) -> None:
    names = ["Rowan Orley", "李小龙", "Odo Head", "Mr Tarn", "May Head", "A. Head"]
    assert without_whole_names(text, names) == (text if told is None else told)


def test_a_reader_is_called_by_the_own_name_even_if_it_is_made_of_somebody_elses() -> None:
    text = "Dear Rowan Orley,\nO. Rowan and Orley Rowan have confirmed."
    told = "Dear Rowan Orley,\nA colleague and a colleague have confirmed."
    assert without_whole_names(text, ["Orley Rowan"], keep="Rowan ORLEY") == told


def test_the_name_of_a_file_is_cleaned_like_any_text_and_codes_stay() -> None:
    told = {"file": "juno-pettifer.pdf", "state": "host_head_asked", "on": "2026-11-24", "days": "0.5"}
    assert protected.cleaned(told, NAMES) == {**told, "file": "A colleague.pdf"}


name_part = st.text(string.ascii_letters + "éüßñøÅ", min_size=3, max_size=12)


@given(
    first=name_part,
    last=name_part,
    before=st.text(max_size=30),
    between=st.sampled_from([" ", "  ", "\u00a0", "-", " M. "]),
    after=st.text(max_size=30),
    change=st.sampled_from([str, str.upper, str.lower, str.title]),
)
def test_r_13_2_no_name_survives_whatever_surrounds_it(
    first: str, last: str, before: str, between: str, after: str, change: object
) -> None:
    words = {fold(part).plain.casefold() for part in (first, last)}
    assume(not any(is_ordinary(word) or word in ROLES | TITLES for word in words))
    name = f"{first} {last}"
    text = f"{before} {change(first)}{between}{change(last)} {after}"  # type: ignore[operator]
    told = without_names(text, [name])
    assert not names_somebody(told.replace(COLLEAGUE, "·").replace(COLLEAGUE.capitalize(), "·"), [name])
    assert COLLEAGUE in told.lower()


@given(st.text(max_size=200), st.lists(st.text(max_size=20) | name_part, max_size=4))
def test_any_text_with_any_names_is_survived(text: str, names: list[str]) -> None:
    assert isinstance(without_names(text, names), str)
    assert isinstance(without_whole_names(text, names), str)
    assert without_names(text, []) == text


@given(st.text(max_size=120))
def test_texts_without_names_stay_as_they_are(text: str) -> None:
    assume(not names_somebody(text, NAMES))
    assert without_names(text, NAMES) == text
