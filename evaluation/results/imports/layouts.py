"""The layouts of files of results, as data: one table each, by the columns that name it (R-11.10).

The published tables have changed their columns nearly every year. A layout says which columns are read and as what;
all other columns are left out. A column that has kept its name while its measure changed gives several measures: the
one that was there in the file's year is meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluation.results.lifecycle import Area, Measure, Span
from staff.expertise.vocabulary import Subject

ENGLISH, MATHS = str(Subject.ENGLISH), str(Subject.MATHEMATICS)
AREAS: Mapping[str, Area] = {
    **dict.fromkeys(("1", "2", "SCH"), Area.SCHOOL),
    **dict.fromkeys(("4", "LA"), Area.AUTHORITY),
    **dict.fromkeys(("5", "7", "NAT"), Area.NATIONAL),
}
"""What the column RECTYPE says a row is of; schools are mainstream (1) or special (2)."""

CODES: Mapping[str, str] = {
    "": "no figure",
    "SUPP": "suppressed, because few pupils could be known by it",
    "C": "suppressed, because few pupils could be known by it",
    "LOWCOV": "too few of the pupils are covered",
    "NE": "no pupil was entered",
    "NP": "not published",
    "NA": "does not apply",
    "N/A": "does not apply",
    "Z": "does not apply",
    "NEW": "a new school",
    "X": "not available",
}
"""What stands in place of a figure, and what it means."""


@dataclass(frozen=True)
class Column:
    """What one column holds: its measures, of which one was there in any year, and the subject."""

    measures: tuple[Measure, ...]
    subject: str = ""


@dataclass(frozen=True)
class Layout:
    """One layout of published tables. `years` are those it was published in; `year` is the column that says which."""

    name: str
    years: Span
    figures: Mapping[str, Column]
    cohort: str = ""
    year: str = ""
    kind: str = ""
    authority: str = ""
    urn: str = field(default="URN")

    @property
    def needed(self) -> tuple[str, ...]:
        """A file of this layout has all of these."""
        return (self.urn, *filter(None, (self.cohort, self.year, self.kind, self.authority)), *self.figures)


def _of(*measures: Measure, subject: str = "") -> Column:
    return Column(measures, subject)


KS2_TABLES = Layout(
    "Key stage 2, with an academic year in each row",
    (2016, 2018),
    {
        "Reading Progress": _of(Measure.KS2_READING_PROGRESS, subject=ENGLISH),
        "Reading Score": _of(Measure.KS2_READING_SCORE, subject=ENGLISH),
        "Reading Meet Std": _of(Measure.KS2_READING, subject=ENGLISH),
        "Reading Exceed Std": _of(Measure.KS2_READING_HIGH, subject=ENGLISH),
        "Writing Progress": _of(Measure.KS2_WRITING_PROGRESS, subject=ENGLISH),
        "Writing Meet Std": _of(Measure.KS2_WRITING, subject=ENGLISH),
        "Writing Exceed Std": _of(Measure.KS2_WRITING_HIGH, subject=ENGLISH),
        "Maths Progress": _of(Measure.KS2_MATHS_PROGRESS, subject=MATHS),
        "Maths Score": _of(Measure.KS2_MATHS_SCORE, subject=MATHS),
        "Maths Meet Std": _of(Measure.KS2_MATHS, subject=MATHS),
        "Maths Exceed Std": _of(Measure.KS2_MATHS_HIGH, subject=MATHS),
        "Overall Meet Std": _of(Measure.KS2_ALL),
        "Overall Exceed Std": _of(Measure.KS2_ALL_HIGH),
    },
    cohort="KS2 Pupils",
    year="Academic Year",
)
"""Writing is assessed by teachers and has no scaled score: the column “Writing Score” is left out."""

KS2_PROGRESS = Layout(
    "Key stage 2, progress alone",
    (2018, 2023),
    {
        "READPROG": _of(Measure.KS2_READING_PROGRESS, subject=ENGLISH),
        "WRITPROG": _of(Measure.KS2_WRITING_PROGRESS, subject=ENGLISH),
        "MATPROG": _of(Measure.KS2_MATHS_PROGRESS, subject=MATHS),
    },
    kind="RECTYPE",
)

KS4_2014 = Layout(
    "Key stage 4, 2014",
    (2014, 2014),
    {
        "PTAC5EM_PTQ": _of(Measure.GCSE_5ACEM),
        "PTEBACC_PTQ": _of(Measure.EBACC_AC),
        "PTEBACENG_PTQ": _of(Measure.EBACC_AREA, subject=ENGLISH),
        "PTEBACMAT_PTQ": _of(Measure.EBACC_AREA, subject=MATHS),
        "PT24ENGPRG_PTQ": _of(Measure.EXPECTED_PROGRESS, subject=ENGLISH),
        "PT24MATHPRG_PTQ": _of(Measure.EXPECTED_PROGRESS, subject=MATHS),
        "B8VAMEA_PTQ": _of(Measure.VALUE_ADDED),
    },
    cohort="TPUP",
    kind="RECTYPE",
    authority="LEA",
)

KS4_TABLES = Layout(
    "Key stage 4, with an academic year in each row",
    (2016, 2018),
    {
        "Progress 8": _of(Measure.PROGRESS_8),
        "Attainment 8": _of(Measure.ATTAINMENT_8),
        "Eng Maths Grade 5": _of(Measure.BASICS_5, Measure.BASICS_AC),
        "Entering EBacc": _of(Measure.EBACC_ENTERED),
        "EBacc Avg Score": _of(Measure.EBACC_APS),
        "EBacc Grade 5": _of(Measure.EBACC_5, Measure.EBACC_AC),
    },
    cohort="KS4 Pupils",
    year="Academic Year",
)

KS4_LATER = Layout(
    "Key stage 4, from 2018 on",
    (2018, None),
    {
        "P8MEA": _of(Measure.PROGRESS_8),
        "ATT8SCR": _of(Measure.ATTAINMENT_8),
        "PTL2BASICS_95": _of(Measure.BASICS_5),
        "PTEBACC_E_PTQ_EE": _of(Measure.EBACC_ENTERED),
        "EBACCAPS": _of(Measure.EBACC_APS),
    },
    kind="RECTYPE",
)

LAYOUTS = (KS2_TABLES, KS2_PROGRESS, KS4_2014, KS4_TABLES, KS4_LATER)

OWN = ("URN", "School", "Subject", "Measure", "Year", "Figure", "Number of pupils", "Source")
"""A row for each figure, as our own list gives it as a file; `OWN_NEEDED` have to be there."""
OWN_NEEDED = ("URN", "Subject", "Measure", "Year", "Figure")
