"""What summaries say in sentences: what has changed since last term, and what governors may ask."""
