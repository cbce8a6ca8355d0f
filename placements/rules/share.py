"""ASTs as a share of teachers, held against the advised three to five per cent (R-14.3). Pure."""

LEAST, MOST = 3, 5


def percent(asts: int, teachers: int) -> int | None:
    """The share in whole per cent; None where the number of teachers is not known.

    >>> percent(4, 100)
    4
    """
    return round(100 * asts / teachers) if teachers else None


def words(asts: int, teachers: int) -> str:
    """The share and how it stands to the advice, which binds nobody: “4%, within”.

    >>> words(4, 100)
    '4%, within'
    """
    if not teachers:
        return "Number of teachers not known"
    share = 100 * asts / teachers
    where = "below" if share < LEAST else "above" if share > MOST else "within"
    return f"{percent(asts, teachers)}%, {where}"
