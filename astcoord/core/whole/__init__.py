"""The whole of an authority's data: taken away as documented files, backed up, and restored (R-17.14)."""
