"""What the annual report needs, and how shares are said without small groups (R-15.16, section G). Pure."""

from datetime import date

from astcoord.core.problems import Problem
from astcoord.core.suppression import SMALLEST_GROUP, count_words
from astcoord.core.words import say

NOTHING_RECORDED = "Nothing is recorded"
TOO_FEW = f"Fewer than {SMALLEST_GROUP} are recorded: not shown"


def issue_problems(starts_on: date, *, name: str, today: date) -> list[Problem]:
    """A report on a year that has not begun says nothing.

    >>> [p.message for p in issue_problems(date(2027, 9, 1), name="2027/28", today=date(2027, 7, 1))]
    ['The school year 2027/28 has not begun. Choose an earlier one.']
    """
    if starts_on <= today:
        return []
    return [Problem(f"The school year {name} has not begun. Choose an earlier one.", "year", "R-15.16")]


def share_words(part: int, whole: int) -> str:
    """So many of all, and as a percentage; never so that one or two could be told from it.

    >>> share_words(9, 12), share_words(0, 4)
    ('9 of 12 (75%)', '0 of 4 (0%)')
    >>> share_words(2, 12), share_words(11, 12)
    ('fewer than 3 of 12', 'all but fewer than 3 of 12')
    """
    if not whole:
        return NOTHING_RECORDED
    if whole < SMALLEST_GROUP:
        return TOO_FEW
    if 0 < part < SMALLEST_GROUP:
        return f"{count_words(part)} of {whole}"
    if 0 < whole - part < SMALLEST_GROUP:
        return f"all but {count_words(whole - part)} of {whole}"
    return f"{part} of {whole} ({round(100 * part / whole)}%)"


def mean_words(points: list[int]) -> str:
    """The mean of pay points to a tenth, of three or more.

    >>> mean_words([12, 13, 14]), mean_words([13]), mean_words([])
    ('13, of 3 ASTs', 'Fewer than 3 are recorded: not shown', 'Nothing is recorded')
    """
    if not points:
        return NOTHING_RECORDED
    if len(points) < SMALLEST_GROUP:
        return TOO_FEW
    return f"{round(sum(points) / len(points), 1):g}, of {len(points)} {say('ASTs', within=True)}"
