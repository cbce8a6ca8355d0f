"""What inspectors found of the scheme in the whole country, long ago: for context, never a target (R-14.8)."""

from dataclasses import dataclass

from astcoord.core.words import say_later

YEAR = "2002/03"
SOURCE = (
    "These are findings of a national survey of the year 2002/03. They are shown for context. None of them is a target."
)
NOT_WORKED_OUT = "Not worked out here"


@dataclass(frozen=True)
class Benchmark:
    """One finding, and under which code our own figure is worked out, if it is."""

    what: str
    found: str
    own: str = ""


BENCHMARKS = (
    Benchmark("Impact good or very good, secondary", "Over three quarters"),
    Benchmark("Impact good or very good, primary", "Two thirds"),
    Benchmark("Authority gave input to performance management, secondary", "1 in 5"),
    Benchmark("Recruited from the school’s own staff", "Over 90%", "internal"),
    Benchmark("Permanent appointments", "About 60%", "permanent"),
    Benchmark("Mean pay point, secondary", "Point 13", "point_secondary"),
    Benchmark("Pay point, primary", "Mostly points 2 to 8", "point_primary"),
    Benchmark(say_later("ASTs trained for the role"), "About half"),
    Benchmark("Ten years of teaching or fewer, primary", "Two fifths", "ten_primary"),
    Benchmark("Ten years of teaching or fewer, secondary", "A quarter", "ten_secondary"),
    Benchmark("Over 20 years of teaching, primary", "A quarter", "twenty_primary"),
    Benchmark("Over 20 years of teaching, secondary", "Almost half", "twenty_secondary"),
)
