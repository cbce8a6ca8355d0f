"""A table with a header, from a file as people have it: CSV of any separator and encoding, or a spreadsheet (R-17.2).

`read` is the one way in. Its parts: `kinds` says what a file is, `text` and `spreadsheet` give its rows, `cells` reads
single cells, `table` finds the header.
"""

from astcoord.core.tablefile.table import Row, RowError, Table, read, unusable

__all__ = ["ACCEPT", "Row", "RowError", "Table", "read", "unusable"]

ACCEPT = ".csv,.tsv,.txt,.xlsx,.xls,.ods,text/csv"
"""What the browser offers when it asks for a file."""
