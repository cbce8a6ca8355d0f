"""Names that nobody has, from invented syllables of many scripts; the same ones every time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

SYLLABLES = {
    "Latin with accents": "bré lón fía gûr niç pór sàl tèm vúl zër çin ñol",
    "Cyrillic": "бра вол гор дин жуп кис лем мот нар пев рус тиш",
    "Greek": "βρα γελ δίν θορ κέμ λύς μαρ νίκ πόλ ρέτ σύμ τάν",
    "Arabic": "بر تم جل در زن سف شم طل فر كم مر نس",
    "Hebrew": "בר גל דן זם טל כר לב נם סר פל קד שן",
    "Devanagari": "बृ तिम गोल दूर नेस पाल मिर राष्ट सूम लेन वीर हंस",
    "Bengali": "বৃ তিম গোল দূর নেস পাল মির রাষ সূম লেন য়ার হাস",
    "Gujarati": "બ્ર તિમ ગોલ દૂર નેસ પાલ મિર રાષ સૂમ લેન વીર હંસ",
    "Gurmukhi": "ਬਰ ਤਿਮ ਗੋਲ ਦੂਰ ਨੇਸ ਪਾਲ ਮਿਰ ਰਾਸ਼ ਸੂਮ ਲੇਨ ਵੀਰ ਹੰਸ",
    "Tamil": "பிர தீம் கோல் தூர் நேச பால் மிர் ராஷ் சூம் லேன் வீர் ஹம்",
    "Thai": "บาน ติม โกล ดูร เนส ปาล มีร ราช ซูม เลน วีร หาญ",
    "Chinese": "岚 桐 澈 铮 霁 蘅 昀 骁 翎 砚 旻 峤",
    "Japanese": "さむ ねら とほ みけ るり 森 峠 榊 凪 ヒノ ソメ ユキ",
    "Korean": "범 솔 담 윤 혜 찬 결 림 봄 탁 훈 슬",
    "Vietnamese": "Đườ Ngh Tầm Lộc Quỳ Thể Bình Ước Khả Trề Giữ Vạn",
    "Yoruba": "ọlẹ ṣọ̀ adé gbẹ̀ tún wọ́ níkẹ̀ bọ́ kẹ́m fẹ̀ lá rì",
    "Welsh": "llŷr gwên dwyf rhôn bryth ceir eirl ffyn hŵl iolwy môrg tegf",
    "Polish": "bąk ćwił dżeń gęś jłom krzą łoś mróż ńek ścib wąż żół",
    "Turkish": "ığd çöl şür güm İpt öze ülk ışı ğan yıl kış tuğ",
    "Pinyin": "lüe niu qiao xuez zhuo jiong shuai pian cuo fen gong hui",
}
ONE_WORD = frozenset({"Korean", "Chinese"})
CASELESS = frozenset(
    {"Arabic", "Hebrew", "Devanagari", "Bengali", "Gujarati", "Gurmukhi", "Tamil", "Thai", "Chinese", "Japanese"}
    | {"Korean"}
)


@dataclass(frozen=True)
class Invented:
    script: str
    given: str
    surname: str

    @property
    def whole(self) -> str:
        """As it stands in the box: in Chinese and Korean the family's name first, without a space."""
        return f"{self.surname}{self.given}" if self.script in ONE_WORD else f"{self.given} {self.surname}"

    @property
    def has_case(self) -> bool:
        return self.script not in CASELESS


def invented(each: int, seed: int = 10) -> Iterator[Invented]:
    """So many names of each script."""
    dice = random.Random(seed)
    for script in SYLLABLES:
        for _ in range(each):
            yield Invented(script, _word(dice, script), _word(dice, script, last=True))


def _word(dice: random.Random, script: str, *, last: bool = False) -> str:
    """Two or three syllables; a Chinese or Korean family’s name has one."""
    count = (1 if last else 2) if script in ONE_WORD else dice.choice((2, 3))
    word = "".join(dice.sample(SYLLABLES[script].split(), count))
    return word if script in CASELESS else word[0].upper() + word[1:].lower()
