"""Whole installations, with servers of their own, while things break: `make faults` (issue: letters survive)."""
