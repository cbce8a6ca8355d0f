"""This room's line of the retention schedule (section G)."""

from astcoord.core.retention import Line
from astcoord.core.words import say_later

LINES = (
    Line(
        what="What supported staff write in evaluation forms",
        whose="Teachers who are supported",
        why=say_later("Because evaluation never rests on the AST’s own word alone"),
        how_long=say_later("As long as the placement’s evaluation is kept"),
        then="The answers stay, and are no longer anybody’s: the name is replaced by a number, and taken out of the "
        "text, when the names of supported staff are.",
        seen_by=say_later(
            "The person by a personal link; the co-ordinator’s office and the subject’s consultant; the AST if "
            "the person agrees. The headteacher reads sums only, and those from three answers on."
        ),
        rule="R-11.3",
        order=25,
    ),
)
