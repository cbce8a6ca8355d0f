"""ASTs as a share of teachers, held against the advised three to five per cent (R-14.3). Pure."""

LEAST, MOST = 3, 5


def words(asts: int, teachers: int) -> str:
    """The share and how it stands to the advice, which binds nobody; judged as it is shown, to a tenth.

    >>> words(4, 100)
    '4%, within'
    >>> words(16, 595)
    '2.7%, below'
    """
    if not teachers:
        return "Number of teachers not known"
    share = round(100 * asts / teachers, 1)
    where = "below" if share < LEAST else "above" if share > MOST else "within"
    return f"{share:g}%, {where}"
