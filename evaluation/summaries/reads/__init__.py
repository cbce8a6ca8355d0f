"""What governing bodies read: of a placement, of a term, of the school’s own ASTs."""
