"""ASTs whom the scheme has already, from a file: one row for each (R-17.3)."""
