"""Who ended a placement early: data."""

from astcoord.core.words import say_later

SIDES = {"host": "host school", "ast": say_later("AST")}
"""The party whose decision it was, as the days that are called off keep it (R-10.9)."""
