"""What attainment is measured by, where a figure comes from, and whose it is (R-11.10).

A measure keeps its name longer than its meaning. `MEANINGS` says of each in which years it meant the same: two figures
are compared within one of these spans only. Of every measure here, a higher figure is better.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import models

from staff.expertise.vocabulary import KeyStage, Subject


class Area(models.TextChoices):
    """Whose figure it is: one school's, or one to compare with."""

    SCHOOL = "school", "School"
    AUTHORITY = "authority", "Authority"
    NATIONAL = "national", "England"


class Source(models.TextChoices):
    OWN = "own", "School’s own figures"
    PUBLISHED = "published", "Published tables"
    FFT = "fft", "Fischer Family Trust"


class Unit(models.TextChoices):
    PERCENT = "percent", "percentage of pupils"
    SCORE = "score", "points"
    PROGRESS = "progress", "points of progress"


class Measure(models.TextChoices):
    """The codes; their labels are as short as a table needs them."""

    GCSE_5AC = "gcse_5ac", "5 or more GCSEs at A* to C"
    GCSE_5ACEM = "gcse_5acem", "5 or more GCSEs at A* to C, with English and mathematics"
    GCSE_AC = "gcse_ac", "GCSE at A* to C in the subject"
    GCSE_4 = "gcse_4", "GCSE at grade 4 or above in the subject"
    GCSE_5 = "gcse_5", "GCSE at grade 5 or above in the subject"
    BASICS_AC = "basics_ac", "English and mathematics at A* to C"
    BASICS_4 = "basics_4", "English and mathematics at grade 4 or above"
    BASICS_5 = "basics_5", "English and mathematics at grade 5 or above"
    EXPECTED_PROGRESS = "expected_progress", "Expected progress from key stage 2 to 4"
    EBACC_ENTERED = "ebacc_entered", "Entered for the English Baccalaureate"
    EBACC_AC = "ebacc_ac", "English Baccalaureate at A* to C"
    EBACC_5 = "ebacc_5", "English Baccalaureate at grade 5 or above"
    EBACC_AREA = "ebacc_area", "English Baccalaureate subject area at A* to C"
    EBACC_APS = "ebacc_aps", "English Baccalaureate average point score"
    ATTAINMENT_8 = "attainment_8", "Attainment 8"
    PROGRESS_8 = "progress_8", "Progress 8"
    VALUE_ADDED = "value_added", "Value added, best 8 subjects"
    KS3_5 = "ks3_5", "Key stage 3, level 5 or above"
    KS2_4_ENGLISH = "ks2_4_english", "Key stage 2 English, level 4 or above"
    KS2_4_READING = "ks2_4_reading", "Key stage 2 reading, level 4 or above"
    KS2_4_WRITING = "ks2_4_writing", "Key stage 2 writing, level 4 or above"
    KS2_4_MATHS = "ks2_4_maths", "Key stage 2 mathematics, level 4 or above"
    KS2_READING = "ks2_reading", "Key stage 2 reading, expected standard"
    KS2_READING_HIGH = "ks2_reading_high", "Key stage 2 reading, higher standard"
    KS2_READING_SCORE = "ks2_reading_score", "Key stage 2 reading, average scaled score"
    KS2_READING_PROGRESS = "ks2_reading_prog", "Key stage 2 reading, progress"
    KS2_WRITING = "ks2_writing", "Key stage 2 writing, expected standard"
    KS2_WRITING_HIGH = "ks2_writing_high", "Key stage 2 writing, greater depth"
    KS2_WRITING_PROGRESS = "ks2_writing_prog", "Key stage 2 writing, progress"
    KS2_MATHS = "ks2_maths", "Key stage 2 mathematics, expected standard"
    KS2_MATHS_HIGH = "ks2_maths_high", "Key stage 2 mathematics, higher standard"
    KS2_MATHS_SCORE = "ks2_maths_score", "Key stage 2 mathematics, average scaled score"
    KS2_MATHS_PROGRESS = "ks2_maths_prog", "Key stage 2 mathematics, progress"
    KS2_ALL = "ks2_all", "Key stage 2 reading, writing and mathematics, expected standard"
    KS2_ALL_HIGH = "ks2_all_high", "Key stage 2 reading, writing and mathematics, higher standard"


SHORT: dict[str, str] = {
    Measure.GCSE_5AC: "5 A* to C",
    Measure.GCSE_5ACEM: "5 A* to C, with E and M",
    Measure.GCSE_AC: "A* to C",
    Measure.GCSE_4: "grade 4 up",
    Measure.GCSE_5: "grade 5 up",
    Measure.BASICS_AC: "E and M, A* to C",
    Measure.BASICS_4: "E and M, grade 4 up",
    Measure.BASICS_5: "E and M, grade 5 up",
    Measure.EXPECTED_PROGRESS: "progress",
    Measure.EBACC_ENTERED: "EBacc entered",
    Measure.EBACC_AC: "EBacc, A* to C",
    Measure.EBACC_5: "EBacc, grade 5 up",
    Measure.EBACC_AREA: "EBacc area",
    Measure.EBACC_APS: "EBacc points",
    Measure.VALUE_ADDED: "Value added",
    Measure.KS3_5: "KS3 level 5 up",
    Measure.KS2_4_ENGLISH: "KS2 level 4 up",
    Measure.KS2_4_READING: "Reading, level 4 up",
    Measure.KS2_4_WRITING: "Writing, level 4 up",
    Measure.KS2_4_MATHS: "KS2 level 4 up",
    Measure.KS2_READING: "Reading, expected",
    Measure.KS2_READING_HIGH: "Reading, higher",
    Measure.KS2_READING_SCORE: "Reading, score",
    Measure.KS2_READING_PROGRESS: "Reading, progress",
    Measure.KS2_WRITING: "Writing, expected",
    Measure.KS2_WRITING_HIGH: "Writing, greater depth",
    Measure.KS2_WRITING_PROGRESS: "Writing, progress",
    Measure.KS2_MATHS: "Maths, expected",
    Measure.KS2_MATHS_HIGH: "Maths, higher",
    Measure.KS2_MATHS_SCORE: "Maths, score",
    Measure.KS2_MATHS_PROGRESS: "Maths, progress",
    Measure.KS2_ALL: "All three, expected",
    Measure.KS2_ALL_HIGH: "All three, higher",
}
"""As a drawing has room for; the others are short enough."""

Span = tuple[int, int | None]
"""First and last year, by the summer they end in; None is until now."""
ANY: frozenset[str] = frozenset(Subject.values)
WHOLE: frozenset[str] = frozenset([""])
ENGLISH: frozenset[str] = frozenset([Subject.ENGLISH])
MATHS: frozenset[str] = frozenset([Subject.MATHEMATICS])
CORE: frozenset[str] = ENGLISH | MATHS
HUNDRED = (Decimal(0), Decimal(100))


@dataclass(frozen=True)
class Meaning:
    """Of one measure: the key stage, the years in which it meant the same, of which subjects it can be, its range."""

    stage: KeyStage
    spans: tuple[Span, ...]
    subjects: frozenset[str] = WHOLE
    unit: Unit = Unit.PERCENT
    between: tuple[Decimal, Decimal] = field(default=HUNDRED)

    def span_of(self, year: int) -> Span | None:
        """The span that a year lies in; None where the measure did not exist."""
        return next((span for span in self.spans if span[0] <= year and (span[1] is None or year <= span[1])), None)


def _ks4(*spans: Span, subjects: frozenset[str] = WHOLE) -> Meaning:
    return Meaning(KeyStage.KS4, spans, subjects)


def _ks2(*spans: Span, subjects: frozenset[str] = WHOLE) -> Meaning:
    return Meaning(KeyStage.KS2, spans, subjects)


def _score(stage: KeyStage, low: int, high: int, *spans: Span, subjects: frozenset[str] = WHOLE) -> Meaning:
    return Meaning(stage, spans, subjects, Unit.SCORE, (Decimal(low), Decimal(high)))


def _progress(stage: KeyStage, furthest: int, *spans: Span, subjects: frozenset[str] = WHOLE) -> Meaning:
    return Meaning(stage, spans, subjects, Unit.PROGRESS, (Decimal(-furthest), Decimal(furthest)))


# Grades of 2020 and 2021 were teachers' assessments, those of 2022 were set between these and the years before; of key
# stage 2 nothing was tested in 2020 and 2021.
GRADES: tuple[Span, ...] = ((2017, 2019), (2020, 2021), (2022, 2022), (2023, None))
TESTS: tuple[Span, ...] = ((2016, 2019), (2022, None))
# What counts as teachers assess writing was changed for 2018, and with it the figure of all three together.
WRITING: tuple[Span, ...] = ((2016, 2017), (2018, 2019), (2022, None))
# From 2014 tables count the first entry alone, and no longer most qualifications that were counted like GCSEs.
HEADLINES: tuple[Span, ...] = ((1996, 2013), (2014, 2016))
# Points were given anew for 2017 and 2018, as subjects got grades 9 to 1.
EIGHT: tuple[Span, ...] = ((2016, 2016), (2017, 2017), (2018, 2019), (2020, 2021), (2022, 2022), (2023, None))
# Pupils of 2025 and 2026 had no earlier tests to start from, at 16 as at 11.
EIGHT_PROGRESS: tuple[Span, ...] = ((2016, 2016), (2017, 2017), (2018, 2019), (2022, 2022), (2023, 2024))
TEST_PROGRESS: tuple[Span, ...] = ((2016, 2019), (2022, 2023))

MEANINGS: dict[str, Meaning] = {
    Measure.GCSE_5AC: _ks4(*HEADLINES),
    Measure.GCSE_5ACEM: _ks4(*HEADLINES),
    Measure.GCSE_AC: _ks4((1988, 2016), subjects=ANY),
    Measure.GCSE_4: _ks4(*GRADES, subjects=ANY),
    Measure.GCSE_5: _ks4(*GRADES, subjects=ANY),
    Measure.BASICS_AC: _ks4(*HEADLINES),
    Measure.BASICS_4: _ks4(*GRADES),
    Measure.BASICS_5: _ks4(*GRADES),
    Measure.EXPECTED_PROGRESS: _ks4((2009, 2013), (2014, 2015), subjects=CORE),
    Measure.EBACC_ENTERED: _ks4((2010, 2013), (2014, None)),
    Measure.EBACC_AC: _ks4((2010, 2013), (2014, 2016)),
    Measure.EBACC_5: _ks4(*GRADES),
    Measure.EBACC_AREA: _ks4((2010, 2013), (2014, 2016), subjects=CORE),
    Measure.EBACC_APS: _score(KeyStage.KS4, 0, 10, *EIGHT[2:]),
    Measure.ATTAINMENT_8: _score(KeyStage.KS4, 0, 100, *EIGHT),
    Measure.PROGRESS_8: _progress(KeyStage.KS4, 10, *EIGHT_PROGRESS),
    Measure.VALUE_ADDED: _score(KeyStage.KS4, 700, 1300, (2011, 2013), (2014, 2015)),
    Measure.KS3_5: Meaning(KeyStage.KS3, ((1995, 2008), (2009, 2013)), ANY),
    Measure.KS2_4_ENGLISH: _ks2((1995, 2012), subjects=ENGLISH),
    Measure.KS2_4_READING: _ks2((1997, 2015), subjects=ENGLISH),
    Measure.KS2_4_WRITING: _ks2((1997, 2011), (2012, 2015), subjects=ENGLISH),
    Measure.KS2_4_MATHS: _ks2((1995, 2015), subjects=MATHS),
    Measure.KS2_READING: _ks2(*TESTS, subjects=ENGLISH),
    Measure.KS2_READING_HIGH: _ks2(*TESTS, subjects=ENGLISH),
    Measure.KS2_READING_SCORE: _score(KeyStage.KS2, 80, 120, *TESTS, subjects=ENGLISH),
    Measure.KS2_READING_PROGRESS: _progress(KeyStage.KS2, 40, *TEST_PROGRESS, subjects=ENGLISH),
    Measure.KS2_WRITING: _ks2(*WRITING, subjects=ENGLISH),
    Measure.KS2_WRITING_HIGH: _ks2(*WRITING, subjects=ENGLISH),
    Measure.KS2_WRITING_PROGRESS: _progress(
        KeyStage.KS2, 40, (2016, 2017), (2018, 2019), (2022, 2023), subjects=ENGLISH
    ),
    Measure.KS2_MATHS: _ks2(*TESTS, subjects=MATHS),
    Measure.KS2_MATHS_HIGH: _ks2(*TESTS, subjects=MATHS),
    Measure.KS2_MATHS_SCORE: _score(KeyStage.KS2, 80, 120, *TESTS, subjects=MATHS),
    Measure.KS2_MATHS_PROGRESS: _progress(KeyStage.KS2, 40, *TEST_PROGRESS, subjects=MATHS),
    Measure.KS2_ALL: _ks2(*WRITING),
    Measure.KS2_ALL_HIGH: _ks2(*WRITING),
}
"""By `Measure`."""

PERCENTAGES: list[str] = sorted(code for code, meaning in MEANINGS.items() if meaning.unit == Unit.PERCENT)
FIRST_YEAR = min(span[0] for meaning in MEANINGS.values() for span in meaning.spans)
