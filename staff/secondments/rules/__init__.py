"""Pure rules of secondments, by subject."""
