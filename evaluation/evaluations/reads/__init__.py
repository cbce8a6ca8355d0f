"""What the pages and papers of evaluations show: one form, those of a placement, and all of them level by level."""
