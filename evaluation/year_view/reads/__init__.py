"""The year in one look: where its days are, who waits longest, what is late."""
