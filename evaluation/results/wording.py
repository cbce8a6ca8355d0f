"""How figures and changes are written, and that any gain is told as a contribution (R-11.10, R-11.11)."""

from decimal import Decimal

from evaluation.results.lifecycle import MEANINGS, SHORT, Measure, Unit
from staff.expertise.vocabulary import Subject

CONTRIBUTION = (
    "Outreach is one contribution among other factors, above all the school’s own work. "
    "No change described here is claimed as the result of outreach alone."
)

MINUS = "−"
TENTH = Decimal("0.1")
POINTS = {Unit.PERCENT: "percentage points", Unit.SCORE: "points", Unit.PROGRESS: "points of progress"}
"""In which a change is counted, by the measure’s unit."""


def plain(value: Decimal) -> Decimal:
    """With one decimal place, or two where the second says something.

    >>> plain(Decimal("59.00")), plain(Decimal("-0.37")), plain(Decimal(62))
    (Decimal('59.0'), Decimal('-0.37'), Decimal('62.0'))
    """
    tenths = value.quantize(TENTH)
    return tenths if tenths == value else value.normalize()


def figure_words(value: Decimal, unit: str) -> str:
    """A figure as a table shows it.

    >>> figure_words(Decimal("59.00"), "percent"), figure_words(Decimal("46.3"), "score")
    ('59.0%', '46.3')
    >>> figure_words(Decimal("-0.37"), "progress"), figure_words(Decimal("0.50"), "progress")
    ('−0.37', '+0.5')
    """
    if unit == Unit.PROGRESS:
        return signed(value)
    return f"{plain(value)}%" if unit == Unit.PERCENT else str(plain(value))


def signed(change: Decimal) -> str:
    """A change, with a minus sign that is one.

    >>> signed(Decimal("9.10")), signed(Decimal("-3.00")), signed(Decimal("0.00"))
    ('+9.1', '−3.0', '0.0')
    """
    sign = "+" if change > 0 else MINUS if change < 0 else ""
    return f"{sign}{abs(plain(change))}"


def change_words(change: Decimal, unit: str) -> str:
    """With what it is counted in.

    >>> change_words(Decimal("9.1"), "percent")
    '+9.1 percentage points'
    """
    return f"{signed(change)} {POINTS[Unit(unit)]}"


def short_words(subject: str, measure: str) -> str:
    """What a figure is of, as a drawing has room for.

    >>> short_words("mathematics", "gcse_ac"), short_words("", "attainment_8"), short_words("english", "ks2_reading")
    ('Mathematics, A* to C', 'Attainment 8', 'Reading, expected')
    """
    said = SHORT.get(measure, str(Measure(measure).label))
    if len(MEANINGS[measure].subjects) == 1 or not subject:
        return said
    name = "ICT" if subject == Subject.ICT else str(Subject(subject).label).split(" and ")[0]
    return f"{name}, {said}"
