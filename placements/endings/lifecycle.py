"""Who ended a placement early: data."""

SIDES = {"host": "host school", "ast": "AST"}
"""The party whose decision it was, as the days that are called off keep it (R-10.9)."""
